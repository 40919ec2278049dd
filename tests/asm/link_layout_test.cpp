// Where sections go, and the symbols that the linker defines.
#include "tests/asm/object_builder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace xs3::assembler::test {
namespace {

using testing::HasSubstr;

constexpr std::uint32_t kCp = elf::kAlloc | elf::kFromCp;
constexpr std::uint32_t kDp = elf::kAlloc | elf::kWrite | elf::kFromDp;

/// The names of the segments in the order of memory.
std::vector<std::string> segmentNames(const Program &program) {
  std::vector<std::string> names;
  for (const Segment &segment : program.segments)
    names.push_back(segment.name);
  return names;
}

TEST(LinkLayout, CodeComesFirstThenConstantsThenVariablesThenZeros) {
  ObjectBuilder object = function("_start");
  object.symbol("zeroed", object.zeros(".dp.bss", 12));
  object.symbol("variable", object.data(".dp.data", words({1}), kDp));
  object.symbol("table", object.data(".dp.rodata", words({2}), kDp));
  object.symbol("constant", object.data(".cp.rodata", words({3}), kCp));
  object.symbol("other", object.data(".weights", words({4})));

  const Program program = linked({object.input("a.o")});

  EXPECT_THAT(segmentNames(program), testing::ElementsAre(".text", ".cp", ".weights", ".dp"));
  EXPECT_EQ(addressOf(program, "_start"), 0x80000u);
  EXPECT_EQ(addressOf(program, "constant"), addressOf(program, "_cp"));
  EXPECT_EQ(addressOf(program, "variable"), addressOf(program, "_dp"));
  EXPECT_EQ(addressOf(program, "table"), addressOf(program, "variable") + 4);
  EXPECT_EQ(addressOf(program, "zeroed"), addressOf(program, "__bss_start"));
  EXPECT_GE(addressOf(program, "__bss_end"), addressOf(program, "zeroed") + 12);
  EXPECT_EQ(wordAt(program, addressOf(program, "other")), 4u);
}

TEST(LinkLayout, ZerosCostNoBytesInTheFile) {
  ObjectBuilder object = function("_start");
  object.data(".dp.data", words({1}), kDp);
  object.zeros(".dp.bss", 1000);

  const Segment dp = linked({object.input("a.o")}).segments.at(1);

  EXPECT_EQ(dp.bytes.size(), 4u);
  EXPECT_EQ(dp.memorySize, 1008u); // the zeros begin on a multiple of 8
}

TEST(LinkLayout, SmallObjectsOfAPoolComeBeforeLargeOnes) {
  ObjectBuilder object = function("_start");
  object.symbol("large", object.data(".cp.rodata.large", words({1}), kCp));
  object.symbol("plain", object.data(".cp.rodata", words({2}), kCp));
  object.symbol("pool", object.data(".cp.rodata.cst4", words({3}), kCp));

  const Program program = linked({object.input("a.o")});

  EXPECT_LT(addressOf(program, "pool"), addressOf(program, "plain"));
  EXPECT_LT(addressOf(program, "plain"), addressOf(program, "large"));
}

TEST(LinkLayout, LargeVariablesComeBehindTheZeros) {
  ObjectBuilder object = function("_start");
  object.symbol("large", object.data(".dp.data.large", words({1}), kDp));
  object.symbol("zeroed", object.zeros(".dp.bss", 4));

  const Program program = linked({object.input("a.o")});

  EXPECT_LT(addressOf(program, "zeroed"), addressOf(program, "large"));
  EXPECT_LE(addressOf(program, "__bss_end"), addressOf(program, "large"));
}

TEST(LinkLayout, AllZeroedSectionsButNoinitLieBetweenTheBssSymbols) {
  ObjectBuilder object = function("_start");
  object.symbol("untouched", object.zeros(".noinit", 4));
  object.symbol("arena", object.zeros(".arena", 64, 32));
  object.symbol("variable", object.zeros(".dp.bss", 4));

  const Program program = linked({object.input("a.o")});

  const Address start = addressOf(program, "__bss_start"), end = addressOf(program, "__bss_end");
  EXPECT_EQ(start, addressOf(program, "variable"));
  EXPECT_GE(addressOf(program, "arena"), start);
  EXPECT_LE(addressOf(program, "arena") + 64, end);
  EXPECT_EQ(addressOf(program, "arena") % 32, 0u);
  EXPECT_GE(addressOf(program, "untouched"), end);
  EXPECT_EQ(start % 8, 0u);
  EXPECT_EQ(end % 8, 0u);
}

TEST(LinkLayout, StartFunctionsAreSortedByPriority) {
  ObjectBuilder object = function("_start");
  const auto array = [&](const std::string &name, std::uint32_t value) {
    object.section({.name = name,
                    .type = elf::kInitArray,
                    .flags = elf::kAlloc | elf::kWrite,
                    .bytes = words({value})});
  };
  array(".init_array", 3);
  array(".init_array.102", 2);
  array(".init_array.9", 1);

  const Program program = linked({object.input("a.o")});

  const Address start = addressOf(program, "__init_array_start");
  EXPECT_EQ(addressOf(program, "__init_array_end"), start + 12);
  EXPECT_EQ(wordAt(program, start), 1u);
  EXPECT_EQ(wordAt(program, start + 4), 2u);
  EXPECT_EQ(wordAt(program, start + 8), 3u);
  EXPECT_EQ(addressOf(program, "__fini_array_start"), addressOf(program, "__fini_array_end"));
}

TEST(LinkLayout, SectionsKeepTheOrderOfTheObjectsAndTheirAlignment) {
  ObjectBuilder first, second;
  first.symbol("_start", first.text({0xff, 0x17}));
  second.symbol("aligned", second.text(words({0x17FF17FF}), 128));

  const Program program = linked({first.input("a.o"), second.input("b.o")});

  EXPECT_EQ(addressOf(program, "aligned"), 0x80080u);
  EXPECT_EQ(wordAt(program, 0x80004), 0x17FF17FFu); // the gap is filled with nops
}

TEST(LinkLayout, PiecesOfASectionFollowEachOtherAndHonourTheEmptyPieceBefore) {
  // The alignment of a function stands on the empty piece before it (isa/objects.md section 2).
  ObjectBuilder object;
  const auto root = object.section({.name = ".text", .flags = elf::kAlloc | elf::kExecute});
  const auto piece = [&](Bytes bytes, std::uint32_t alignment) {
    return object.section({.type = elf::kPiece,
                           .flags = elf::kAlloc | elf::kExecute | 0x40,
                           .bytes = std::move(bytes),
                           .alignment = alignment,
                           .info = root,
                           .address = root});
  };
  object.symbol("_start", piece({0xff, 0x17}, 1));
  piece({}, 16);
  object.symbol("second", piece(words({0x12345678}), 1));

  const Program program = linked({object.input("a.o")});

  EXPECT_EQ(addressOf(program, "second"), 0x80010u);
  EXPECT_EQ(wordAt(program, 0x80010), 0x12345678u);
}

TEST(LinkLayout, TheStackPointerIsAPlaceInsideTheMemory) {
  // entsp stores lr at the old sp[0].
  const Program program = linked({function("_start").input("a.o")});

  EXPECT_EQ(addressOf(program, "_sp"), 0x80000u + 512 * 1024 - 8);
  EXPECT_EQ(addressOf(program, "__heap_start"), 0x80008u);
  EXPECT_EQ(addressOf(program, "__heap_end"), addressOf(program, "_sp") - 1024);
}

TEST(LinkLayout, DefinitionsOfObjectsWinOverTheLinkers) {
  ObjectBuilder object = function("_start");
  object.symbol("_sp", elf::kAbsolute, 0x90000);
  const auto word = object.data(".dp.data", words({0}), kDp);
  object.relocation(word, 0, 1, object.undefined("_sp"));

  const Program program = linked({object.input("a.o")});

  EXPECT_EQ(addressOf(program, "_sp"), 0x90000u);
  EXPECT_EQ(wordAt(program, addressOf(program, "_dp")), 0x90000u);
}

TEST(LinkLayout, OverflowSaysByHowMuchAndNamesTheLargestSections) {
  ObjectBuilder object = function("_start");
  object.zeros(".dp.bss", 600000);

  EXPECT_THAT(linkError({object.input("big.o")}),
              testing::AllOf(HasSubstr("is 76752 bytes too large"),
                             HasSubstr(".dp.bss of big.o (600000)")));
}

TEST(LinkLayout, AProgramThatJustFitsIsTaken) {
  // 512 KiB less the last 8 bytes, 1024 of stack and 8 of code.
  const auto program = [](std::uint32_t bytes) {
    ObjectBuilder object = function("_start");
    object.zeros(".dp.bss", bytes);
    return object.input("a.o");
  };
  const std::uint32_t most = 512 * 1024 - 8 - 1024 - 8;

  EXPECT_EQ(linkError({program(most)}), "");
  EXPECT_THAT(linkError({program(most + 1)}), HasSubstr("is 8 bytes too large"));
}

TEST(LinkLayout, WhatLiesBeyondTheReachOfAPoolIsAnError) {
  // 16 bits of words from the base: 256 KiB. In .large the same object is reached by address only.
  const auto error = [](std::string_view section, std::uint32_t flags, std::uint32_t code,
                        std::uint8_t type) {
    ObjectBuilder object = function("_start");
    const auto text = object.text(words({code}));
    object.data(std::string(section), Bytes(262144), flags);
    const auto behind = object.data(std::string(section), words({1}), flags);
    object.relocation(text, 0, type, object.symbol("behind", behind));
    return linkError({object.input("a.o")});
  };
  EXPECT_THAT(error(".cp.rodata", kCp, 0x6C40F000, 5),
              HasSubstr("section .text + 0x0: the cp[] operand for behind needs 262144 bytes"));
  EXPECT_THAT(error(".dp.data", kDp, 0x5840F000, 3),
              HasSubstr("section .text + 0x0: the dp[] operand for behind needs 262144 bytes"));
}

TEST(LinkLayout, EmptyStartArraysBeginWhereTheyEnd) {
  const Program program = linked({function("_start").input("a.o")});
  for (const std::string name : {"preinit", "init", "bothinit", "fini"}) {
    EXPECT_EQ(addressOf(program, "__" + name + "_array_start"),
              addressOf(program, "__" + name + "_array_end"));
    EXPECT_GE(addressOf(program, "__" + name + "_array_start"), 0x80000u);
  }
}

TEST(LinkLayout, SizesThatLieDoNotWrap) {
  ObjectBuilder object = function("_start");
  for (int i = 0; i < 3; ++i)
    object.zeros(".dp.bss", 0xfffffff0);

  EXPECT_THAT(linkError({object.input("a.o")}), HasSubstr("too large for the 524288 bytes"));
}

TEST(LinkLayout, MemoryOfTheMachineIsHonoured) {
  LinkOptions options;
  options.memoryBase = 0x40000;
  options.memoryBytes = 4096;

  const Program program = linked({function("_start").input("a.o")}, options);

  EXPECT_EQ(program.entry, 0x40000u);
  EXPECT_EQ(addressOf(program, "_sp"), 0x40000u + 4096 - 8);
}

TEST(LinkLayout, NotesAreKeptJoinedAndPatchedButNotLoaded) {
  ObjectBuilder first = function("_start"), second;
  const auto note = first.section({.name = ".xs3.network", .bytes = words({0})});
  first.relocation(note, 0, 1, first.undefined("_start"));
  second.section({.name = ".xs3.network", .bytes = {'x'}});
  second.section({.name = ".debug_info", .bytes = {'y'}});

  const Program program = linked({first.input("a.o"), second.input("b.o")});

  ASSERT_EQ(program.notes.size(), 1u);
  EXPECT_THAT(program.notes[0].bytes, testing::ElementsAre(0x00, 0x00, 0x08, 0x00, 'x'));
  EXPECT_EQ(program.segments.size(), 1u);
}

TEST(LinkLayout, MarksDoNotReachIntoSectionsThatHaveNone) {
  ObjectBuilder first = function("_start"), second = function("f"), third = function("g");
  first.local("$d.0", 1);
  third.local("$s.0", 1, 2);

  const Program program = linked({first.input("a.o"), second.input("b.o"), third.input("c.o")});

  EXPECT_THAT(program.codeMarks, testing::ElementsAre(CodeMark{0x80000, CodeMark::Kind::Dual},
                                                      CodeMark{0x80004, CodeMark::Kind::Unknown},
                                                      CodeMark{0x80008, CodeMark::Kind::Data},
                                                      CodeMark{0x8000a, CodeMark::Kind::Single}));
}

TEST(LinkLayout, TheMapNamesSegmentsSectionsAndSymbols) {
  std::vector<Placement> placements;
  const std::vector<LinkInput> inputs{function("_start").input("a.o")};
  const Program program = link(inputs, {}, &placements);

  const std::string map = linkMap(program, placements);

  EXPECT_THAT(map, HasSubstr("Entry 0x80000\n"));
  EXPECT_THAT(map, HasSubstr("00080000          4  .text           r-x\n"));
  EXPECT_THAT(map, HasSubstr("00080000          4  .text           a.o\n"));
  EXPECT_THAT(map, HasSubstr("00080000          0  _start\n"));
}

ObjectBuilder withExternal(std::uint32_t zeros) {
  ObjectBuilder object = function("_start");
  object.symbol("buffer", object.zeros(".ExtMem.bss", zeros));
  object.symbol("weights", object.data(".ExtMem.weights", words({7, 8})));
  object.symbol("constant", object.data(".cp.rodata", words({3}), kCp));
  return object;
}

TEST(LinkLayout, SectionsForExternalMemoryLieThereAndTakeNothingOfSram) {
  LinkOptions options;
  options.externalBytes = 4096;

  const Program program = linked({withExternal(100).input("a.o")}, options);

  EXPECT_EQ(addressOf(program, "weights"), 0x10000000u);
  EXPECT_EQ(wordAt(program, 0x10000004), 8u);
  EXPECT_GE(addressOf(program, "buffer"), 0x10000008u);
  EXPECT_LT(addressOf(program, "constant"), 0x80100u);
}

TEST(LinkLayout, ExternalMemoryThatIsNotThereOrTooSmallIsAnError) {
  LinkOptions options;
  options.externalBytes = 4096;

  EXPECT_THAT(linkError({withExternal(100).input("big.o")}),
              testing::AllOf(HasSubstr("big.o: error: section .ExtMem.bss (100 bytes)"),
                             HasSubstr("which this machine does not have")));
  EXPECT_THAT(linkError({withExternal(5000).input("big.o")}, options),
              testing::AllOf(HasSubstr("912 bytes too large for the 4096 bytes at 0x10000000"),
                             HasSubstr(".ExtMem.bss of big.o (5000)")));
}

} // namespace
} // namespace xs3::assembler::test
