// Program files: ELF and .xe there and back, foreign .xe files, and looking things up.
#include "asm/link/program_file.h"
#include "tests/asm/object_builder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace xs3::assembler::test {
namespace {

using testing::HasSubstr;

/// A program with everything a program can hold.
Program sample() {
  Program program;
  program.entry = 0x80004;
  program.segments = {{".text", 0x80000, words({0x17FF17FF, 0x7700F000}), 8, true, false},
                      {".cp", 0x80008, {1, 2, 3}, 3, false, false},
                      {".dp", 0x80010, words({7}), 64, false, true},
                      {".arena", 0x80080, {}, 32, false, true}};
  program.symbols = {{"number", 0x1234, 0, SymbolKind::None, true, true},
                     {"f", 0x80000, 8, SymbolKind::Function, true, false},
                     {"inner", 0x80004, 0, SymbolKind::None, false, false},
                     {"array", 0x80010, 4, SymbolKind::Object, true, false},
                     {"__bss_end", 0x80050, 0, SymbolKind::None, true, false},
                     {"_sp", 0xFFFF8, 0, SymbolKind::None, true, false}};
  program.notes = {{".xs3.network", {'{', '}'}}, {".note.xs3.other", {}}};
  program.codeMarks = {{0x80000, CodeMark::Kind::Single},
                       {0x80002, CodeMark::Kind::Dual},
                       {0x80004, CodeMark::Kind::Data},
                       {0x80006, CodeMark::Kind::Unknown}};
  return program;
}

std::string readError(const Bytes &file, unsigned tile = 0) {
  try {
    readProgram(file, "p", tile);
  } catch (const Error &error) {
    return error.what();
  }
  return "";
}

TEST(ProgramFile, ElfThereAndBackIsTheSameProgram) {
  EXPECT_EQ(readProgram(writeElf(sample()), "p"), sample());
}

TEST(ProgramFile, XeThereAndBackIsTheSameProgram) {
  EXPECT_EQ(readProgram(writeXe(sample()), "p"), sample());
}

TEST(ProgramFile, ALinkedProgramSurvivesToo) {
  ObjectBuilder object = function("_start");
  object.local("$d.0", 1);
  object.zeros(".dp.bss", 4);
  const Program program = linked({object.input("a.o")});
  EXPECT_EQ(readProgram(writeXe(program), "p"), program);
}

TEST(ProgramFile, SymbolsAreFoundGlobalFirst) {
  Program program = sample();
  program.symbols.insert(program.symbols.begin(), {"f", 1, 0, SymbolKind::None, false, true});
  EXPECT_EQ(program.find("f")->value, 0x80000u);
  EXPECT_EQ(program.find("inner")->value, 0x80004u);
  EXPECT_EQ(program.find("nothing"), nullptr);
}

TEST(ProgramFile, AddressesAreDescribedInsideTheirSegmentOnly) {
  const Program program = sample();
  EXPECT_EQ(program.describe(0x80000), "f");
  EXPECT_EQ(program.describe(0x80003), "f + 0x3");
  EXPECT_EQ(program.describe(0x80004), "inner");
  EXPECT_EQ(program.describe(0x80008), ""); // .cp has no symbol of its own
  EXPECT_EQ(program.describe(0x80012), "array + 0x2");
  EXPECT_EQ(program.describe(0xFFFF8), ""); // beyond all segments
}

TEST(ProgramFile, AddressesAreDescribedByTheNameThatSaysMost) {
  Program program = sample();
  program.symbols.push_back({"__array_start", 0x80010, 0, SymbolKind::None, true, false});
  program.symbols.push_back({"table", 0x80014, 0, SymbolKind::None, false, false});
  program.symbols.push_back({"__array_end", 0x80014, 0, SymbolKind::None, true, false});
  sortSymbols(program.symbols);
  EXPECT_EQ(program.describe(0x80010), "array");
  EXPECT_EQ(program.describe(0x80015), "table + 0x1");
}

TEST(ProgramFile, MappingSymbolsAreRecognised) {
  EXPECT_EQ(codeMarkKind("$d"), CodeMark::Kind::Dual);
  EXPECT_EQ(codeMarkKind("$s.17"), CodeMark::Kind::Single);
  EXPECT_EQ(codeMarkKind("$a.0"), CodeMark::Kind::Data);
  EXPECT_EQ(codeMarkKind("$x.0"), std::nullopt);
  EXPECT_EQ(codeMarkKind("$double"), std::nullopt);
}

// Foreign .xe files, built sector by sector.

void appendSector(Bytes &file, std::uint16_t type, const Bytes &body, std::uint8_t padding = 0) {
  appendLittleEndian<std::uint16_t>(file, type);
  appendLittleEndian<std::uint16_t>(file, 0xabcd);
  appendLittleEndian<std::uint64_t>(file, body.empty() ? 0 : body.size() + padding + 8);
  if (body.empty())
    return;
  appendLittleEndian<std::uint32_t>(file, padding);
  file.insert(file.end(), body.begin(), body.end());
  file.resize(file.size() + padding + 4); // a checksum of 0
}

Bytes target(std::uint16_t tile, std::uint64_t address, const Bytes &rest = {}) {
  Bytes body;
  appendLittleEndian<std::uint16_t>(body, 0);
  appendLittleEndian<std::uint16_t>(body, tile);
  appendLittleEndian<std::uint64_t>(body, address);
  body.insert(body.end(), rest.begin(), rest.end());
  return body;
}

Bytes elfWithEntry(Address entry) {
  Program program = sample();
  program.entry = entry;
  return writeElf(program);
}

/// Node descriptor, then for both tiles a boot image that is called and a program.
Bytes typicalXe() {
  Bytes file{'X', 'M', 'O', 'S', 2, 0, 0, 0};
  appendSector(file, 3, {'<', 'x', '>'}, 1);
  appendSector(file, 4, {0, 0, 0x33, 0x56, 0, 0});
  for (std::uint16_t tile = 0; tile < 2; ++tile) {
    appendSector(file, 2, target(tile, 0, elfWithEntry(0x80000)), 3);
    appendSector(file, 6, target(tile, 0x80000));
  }
  for (std::uint16_t tile = 0; tile < 2; ++tile) {
    appendSector(file, 2, target(tile, 0, elfWithEntry(0x80000)));
    appendSector(file, 5, target(tile, tile == 0 ? 0x80002 : 0x80004));
  }
  appendSector(file, 0x5555, {});
  return file;
}

TEST(Xe, TheProgramOfEachTileIsTheOneThatIsStarted) {
  EXPECT_EQ(readProgram(typicalXe(), "p", 0).entry, 0x80002u);
  EXPECT_EQ(readProgram(typicalXe(), "p", 1).entry, 0x80004u);
  EXPECT_THAT(readError(typicalXe(), 2), HasSubstr("no program for tile 2"));
}

TEST(Xe, OurContainerHasTheLayoutOfTheNotes) {
  const Bytes file = writeXe(sample());
  EXPECT_EQ(littleEndian<std::uint16_t>(file, 4), 2);    // version
  EXPECT_EQ(littleEndian<std::uint16_t>(file, 8), 4);    // node descriptor
  EXPECT_EQ(littleEndian<std::uint64_t>(file, 12), 16u); // 8 bytes in their frame
  EXPECT_EQ(littleEndian<std::uint16_t>(file, 36), 2);   // ELF
  EXPECT_EQ(littleEndian<std::uint16_t>(file, file.size() - 12), 0x5555);
  EXPECT_EQ(littleEndian<std::uint64_t>(file, file.size() - 8), 0u);
  // CRC-32 of eight zero bytes, as zlib gives it.
  EXPECT_EQ(littleEndian<std::uint32_t>(file, 32), 0x6522DF69u);
}

TEST(Xe, DamageIsNamed) {
  Bytes file = typicalXe();
  file[4] = 9;
  EXPECT_THAT(readError(file), HasSubstr("version 9"));
  file = typicalXe();
  file[12 + 7] = 0x80; // the length of the first sector
  EXPECT_THAT(readError(file), HasSubstr("the sector at offset 0x8 would have"));
  file = typicalXe();
  putLittleEndian<std::uint64_t>(file, 12, 5);
  EXPECT_THAT(readError(file), HasSubstr("too short for its own padding"));
  file = typicalXe();
  file.resize(file.size() - 12);
  EXPECT_THAT(readError(file), HasSubstr("is cut off"));
}

TEST(ProgramFile, WhatIsNoProgramIsNamed) {
  EXPECT_THAT(readError({}), HasSubstr("p: error: the file is empty"));
  EXPECT_THAT(readError({0x89, 'P', 'N', 'G'}), HasSubstr("no ELF file"));
  EXPECT_THAT(readError(function("f").build()), HasSubstr("link it first"));
  Bytes file = writeElf(sample());
  file[18] = 62;
  EXPECT_THAT(readError(file), HasSubstr("for machine 62"));
}

TEST(ProgramFile, OverlappingSegmentsAreRefused) {
  Program program = sample();
  program.segments[1].address = 0x80004;
  EXPECT_THAT(readError(writeElf(program)), HasSubstr("0x80000 and 0x80004 overlap"));
}

TEST(ProgramFile, ASegmentBeyondTheLastAddressIsRefused) {
  Program program = sample();
  program.segments.back() = {".far", 0xfffffff0, {}, 16, false, true};
  EXPECT_THAT(readError(writeElf(program)), HasSubstr("reach the end of the address space"));
}

} // namespace
} // namespace xs3::assembler::test
