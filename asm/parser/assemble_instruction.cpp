// Instructions and packets by themselves: one a line, encoded without an object.
#include "asm/parser/asm_parser.h"
#include "asm/parser/diagnostics.h"
#include "base/error.h"

#include <llvm/ADT/StringExtras.h>
#include <llvm/BinaryFormat/ELF.h>
#include <llvm/MC/MCContext.h>
#include <llvm/MC/MCSectionELF.h>

namespace xs3::assembler {

namespace mc = isa::mc;

namespace {

// Notes the bits and the line of each instruction.
class Recorder : public MCStreamer {
public:
  Recorder(MCContext &context, const SourceMgr &sources, std::vector<EncodedLine> &lines)
      : MCStreamer(context), sources_(sources), lines_(lines) {}

  void emitInstruction(const MCInst &inst, const MCSubtargetInfo &subtarget) override {
    SmallVector<char, 4> bytes;
    SmallVector<MCFixup, 1> none;
    emitter_->encodeInstruction(inst, bytes, none, subtarget);
    Encoded &encoded = lines_[sources_.FindLineNumber(inst.getLoc()) - 1].encoded;
    encoded = {.word = 0, .bytes = static_cast<unsigned>(bytes.size())};
    for (unsigned i = 0; i < encoded.bytes; ++i)
      encoded.word |= static_cast<std::uint32_t>(static_cast<std::uint8_t>(bytes[i])) << (8 * i);
  }
  bool emitSymbolAttribute(MCSymbol *, MCSymbolAttr) override { return true; }
  void emitCommonSymbol(MCSymbol *, std::uint64_t, Align) override {}
  void emitZerofill(MCSection *, MCSymbol *, std::uint64_t, Align, SMLoc) override {}

private:
  const SourceMgr &sources_;
  std::vector<EncodedLine> &lines_;
  std::unique_ptr<MCCodeEmitter> emitter_ = mc::createCodeEmitter();
};

// Whether the line is one instruction or packet by its looks: nothing in it can reach beyond it.
bool looksAlone(StringRef line) {
  constexpr StringRef kSigns = " \t_,[]{}:+-().<>*&|^~%;";
  const bool packet = line.starts_with("{");
  StringRef inner = line;
  if (packet && (!inner.consume_front("{") || !inner.consume_back("}")))
    return false;
  if (inner.contains('{') || inner.contains('}') || (!packet && inner.contains(';')))
    return false;
  for (std::size_t i = 0; i < inner.size(); ++i)
    if (!(isAlnum(inner[i]) || kSigns.contains(inner[i])) ||
        (inner[i] == ':' && (i == 0 || inner[i - 1] != ']')))
      return false;
  SmallVector<StringRef, 2> statements;
  inner.split(statements, ';');
  bool any = packet;
  for (const StringRef statement : statements) {
    if (statement.trim().empty())
      continue;
    any = true;
    if (!isAlpha(statement.trim().front()))
      return false;
  }
  return any;
}

} // namespace

std::vector<EncodedLine> assembleInstructions(std::span<const std::string> lines, bool dual) {
  std::vector<EncodedLine> results(lines.size());
  std::string text;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const StringRef line = StringRef(lines[i]).trim();
    if (looksAlone(line))
      text += line;
    else
      results[i].error = "'" + line.str() + "' is not one instruction or packet";
    text += '\n';
  }
  SourceMgr sources;
  const LineMarkers markers("", "");
  DiagnosticCollector diagnostics(sources, markers);
  sources.AddNewSourceBuffer(MemoryBuffer::getMemBuffer(text), SMLoc());
  const MCTargetOptions targetOptions;
  MCContext context(mc::target().triple, mc::target().assembly.get(), mc::target().registers.get(),
                    mc::target().single.get(), &sources, &targetOptions);
  Recorder recorder(context, sources, results);
  recorder.switchSection(
      context.getELFSection(".text", ELF::SHT_PROGBITS, ELF::SHF_ALLOC | ELF::SHF_EXECINSTR));
  const AssembleOptions options;
  std::vector<std::string> filesRead;
  const std::unique_ptr<MCAsmParser> parser(
      createMCAsmParser(sources, context, recorder, *mc::target().assembly));
  XS3AsmParser target(targetOptions, options, filesRead);
  parser->setTargetParser(target);
  target.setDual(dual);
  target.setAlone();
  parser->Run(/*NoInitialTextSection=*/true, /*NoFinalize=*/true);
  for (const Diagnostic &d : diagnostics.take())
    if (d.kind == Diagnostic::Kind::Error && d.line != 0 && results[d.line - 1].error.empty())
      results[d.line - 1].error = d.message;
  for (std::size_t i = 0; i < lines.size(); ++i)
    if (results[i].error.empty() && results[i].encoded.bytes == 0)
      results[i].error = "'" + lines[i] + "' is not one instruction or packet";
  return results;
}

Encoded assembleInstruction(std::string_view text, bool dual) {
  const std::string line(text);
  EncodedLine result = std::move(assembleInstructions({&line, 1}, dual).front());
  if (text.find('\n') != std::string_view::npos || !result.error.empty())
    throw Error(result.error.empty() ? "'" + line + "' is not one instruction or packet"
                                     : result.error);
  return result.encoded;
}

} // namespace xs3::assembler
