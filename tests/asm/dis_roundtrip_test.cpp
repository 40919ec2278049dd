// A listing assembles back to the same bytes: our run-time, our kernels, and every instruction.
#include "asm/dis/listing.h"
#include "asm/link/archive.h"
#include "asm/link/object_file.h"
#include "base/file.h"
#include "isa/decode.h"
#include "isa/rows.h"
#include "kernels/runtime_archive.h"
#include "tests/asm/assembled.h"
#include "tests/asm/object_builder.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <set>

namespace xs3::assembler::test {
namespace {

/// What a relocation asks for, in words that do not depend on the numbering of symbols.
std::string described(const ObjectFile &object, const elf::Relocation &relocation) {
  const elf::Symbol &symbol = object.symbols[relocation.symbol];
  std::string target(symbol.name);
  std::int64_t offset = relocation.addend;
  if (symbol.binding == elf::kLocal && symbol.section < object.sections.size()) {
    target = object.sections[symbol.section].name;
    offset += symbol.value;
  }
  return std::to_string(relocation.offset) + " type " + std::to_string(relocation.type) + " " +
         target + " + " + std::to_string(offset);
}

/// All that a linker sees of an object: bytes, relocations, global symbols.
std::string described(const Bytes &bytes) {
  const auto object = readObject(bytes, "object");
  std::string text;
  for (const InputSection &section : object->sections) {
    if (section.use == SectionUse::Dropped || section.size == 0)
      continue;
    text += std::string(section.name) + " flags " + std::to_string(section.flags) + " size " +
            std::to_string(section.size) + " alignment " + std::to_string(section.alignment) + "\n";
    for (const std::uint8_t byte : section.bytes)
      text += std::to_string(byte) + " ";
    text += "\n";
    std::vector<std::string> relocations;
    for (const elf::Relocation &relocation : section.relocations)
      relocations.push_back(described(*object, relocation));
    std::sort(relocations.begin(), relocations.end());
    for (const std::string &relocation : relocations)
      text += relocation + "\n";
  }
  std::set<std::string> globals;
  for (const elf::Symbol &symbol : object->symbols)
    if (symbol.binding != elf::kLocal && symbol.section != elf::kUndefined)
      globals.insert(std::string(symbol.name) + " " + std::to_string(symbol.value));
  for (const std::string &global : globals)
    text += global + "\n";
  return text;
}

TEST(RoundTrip, EveryObjectOfTheRunTimeAndTheKernels) {
  const LinkInput runtime = kernels::runtimeArchive();
  const Archive archive = readArchive(runtime.bytes, runtime.name);
  ASSERT_GE(archive.members.size(), 4u);
  for (const ArchiveMember &member : archive.members) {
    const std::string text = listing(member.bytes, member.name);
    const LinkInput again = assembled(text, member.name);
    EXPECT_EQ(described(again.bytes), described({member.bytes.begin(), member.bytes.end()}))
        << member.name;
  }
}

TEST(RoundTrip, AWholeProgram) {
  const LinkInput runtime = kernels::runtimeArchive();
  LinkOptions options;
  // Take everything in, so that the program holds all our code. Start-up's own neighbour comes
  // first, as in every program that start-up asks for it.
  options.keep.push_back("_DoException");
  const Archive archive = readArchive(runtime.bytes, runtime.name);
  for (const auto &[symbol, member] : archive.index)
    options.keep.push_back(symbol);
  const std::vector<LinkInput> inputs{
      assembled(".globl main\n.align 4\nmain: entsp_lu6 0\nldc r0, 7\nretsp 0\n"), runtime};
  const Program program = link(inputs, options);

  const LinkInput again = assembled(listing(writeXe(program), "program"));
  const auto object = readObject(again.bytes, "listing");

  for (const Segment &segment : program.segments) {
    const auto section =
        std::find_if(object->sections.begin(), object->sections.end(), [&](const InputSection &s) {
          return s.name == segment.name && s.size == segment.memorySize;
        });
    ASSERT_NE(section, object->sections.end()) << segment.name;
    EXPECT_TRUE(std::equal(segment.bytes.begin(), segment.bytes.end(), section->bytes.begin()))
        << segment.name;
  }
}

/// A listing of code with one mark for all of it, assembled again.
Bytes throughText(const Bytes &code, bool dual) {
  ObjectBuilder object;
  object.local(dual ? "$d.0" : "$s.0", object.text(code));
  const LinkInput again = assembled(listing(object.build(), "code"), "code.S");
  const auto read = readObject(again.bytes, "again");
  for (const InputSection &section : read->sections)
    if (section.name == ".text")
      return {section.bytes.begin(), section.bytes.end()};
  return {};
}

TEST(RoundTrip, EveryShortInstructionInSingleIssue) {
  Bytes code;
  for (std::uint32_t word = 0; word < 0xF000; ++word)
    if (isa::decode(static_cast<std::uint16_t>(word), 0))
      appendLittleEndian<std::uint16_t>(code, static_cast<std::uint16_t>(word));
  ASSERT_GT(code.size(), 2u * 6000);
  EXPECT_EQ(throughText(code, false), code);
}

TEST(RoundTrip, RandomLongInstructionsAndPackets) {
  constexpr std::uint32_t kSeed = 20260402;
  SCOPED_TRACE("seed " + std::to_string(kSeed));
  std::mt19937 random(kSeed);
  Bytes longCode, packets;
  for (int i = 0; i < 400000; ++i) {
    const auto word = static_cast<std::uint32_t>(random());
    const std::uint32_t prefixed = (word & 0xFFFF0FFF) | 0xF000;
    if (isa::decode(static_cast<std::uint16_t>(prefixed),
                    static_cast<std::uint16_t>(prefixed >> 16)))
      appendLittleEndian<std::uint32_t>(longCode, prefixed);
    if (isa::decodePacket(word))
      appendLittleEndian<std::uint32_t>(packets, word);
    if (isa::decodePacket(prefixed))
      appendLittleEndian<std::uint32_t>(packets, prefixed);
  }
  ASSERT_GT(longCode.size(), 4u * 10000);
  ASSERT_GT(packets.size(), 4u * 10000);
  EXPECT_EQ(throughText(longCode, false), longCode);
  EXPECT_EQ(throughText(packets, true), packets);
}

} // namespace
} // namespace xs3::assembler::test
