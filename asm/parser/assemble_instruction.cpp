// One instruction or packet by itself.
#include "asm/parser/session.h"
#include "base/error.h"

#include <llvm/MC/MCAssembler.h>

namespace xs3::assembler {

Encoded assembleInstruction(std::string_view text, bool dual) {
  const StringRef trimmed = StringRef(text.data(), text.size()).trim();
  if (trimmed.empty())
    throw Error("an instruction is wanted here");
  const bool isPacket = trimmed.starts_with("{");
  if (trimmed.contains('\n') || trimmed.starts_with(".") || (!isPacket && trimmed.contains(';')))
    throw Error("'" + trimmed.str() + "' is not one instruction or packet");
  const std::string line = trimmed.str() + "\n";
  const AssembleOptions options;
  Session session(line, "", options);
  session.run(dual || isPacket);
  for (const Diagnostic &d : session.diagnostics().take())
    if (d.kind == Diagnostic::Kind::Error)
      throw Error(d.message);
  SmallString<8> bytes;
  raw_svector_ostream out(bytes);
  for (const MCSection &section : session.assembler())
    if (section.getName() == ".text")
      session.assembler().writeSectionData(out, &section);
  if (bytes.size() != 2 && bytes.size() != 4)
    throw Error("'" + trimmed.str() + "' is not one instruction or packet");
  Encoded encoded{.word = 0, .bytes = static_cast<unsigned>(bytes.size())};
  for (unsigned i = 0; i < encoded.bytes; ++i)
    encoded.word |= static_cast<std::uint32_t>(static_cast<std::uint8_t>(bytes[i])) << (8 * i);
  return encoded;
}

} // namespace xs3::assembler
