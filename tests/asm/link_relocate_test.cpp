// Every relocation type: the number it writes, the limits of its field, and what it refuses.
#include "tests/asm/object_builder.h"

#include "asm/link/relocate.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace xs3::assembler::test {
namespace {

using testing::AllOf;
using testing::HasSubstr;

constexpr Address kBase = 0x80000;
constexpr PoolBases kPools{0x90000, 0xA0000};

/// Patches the word at kBase; gives the word, or fails the test with the complaint.
std::uint32_t patched(std::uint8_t type, std::uint32_t word, std::int64_t target) {
  Bytes bytes = words({word});
  const auto problem = relocate(type, bytes, kBase, 0, target, "sym", kPools);
  EXPECT_EQ(problem.value_or(""), "");
  return littleEndian<std::uint32_t>(bytes, 0);
}

std::string refusal(std::uint8_t type, std::uint32_t word, std::int64_t target) {
  Bytes bytes = words({word});
  const std::string problem =
      relocate(type, bytes, kBase, 0, target, "sym", kPools).value_or("accepted");
  EXPECT_EQ(bytes, words({word})) << "a refused relocation changed its place";
  return problem;
}

TEST(Relocate, DataWordsHoldTheAddress) {
  EXPECT_EQ(patched(1, 0xffffffff, 0x80123), 0x80123u);
  EXPECT_EQ(patched(1, 0, -4), 0xfffffffcu);
}

TEST(Relocate, HalfwordDataHoldsTheLowBits) {
  EXPECT_EQ(patched(15, 0xAAAA0000, 0x1234), 0xAAAA1234u);
}

TEST(Relocate, DpOperandsCountWordsFromDp) {
  // ldw r1, dp[n], long: HI 0101101 0001 iiiiii as in the tables; only its immediate matters here.
  EXPECT_EQ(patched(3, 0x5840F000, kPools.dp), 0x5840F000u);
  EXPECT_EQ(patched(3, 0x587FF3FF, kPools.dp + 4), 0x5841F000u); // overwritten, not added to
  EXPECT_EQ(patched(3, 0x5840F000, kPools.dp + 262140), 0x587FF3FFu);
  EXPECT_THAT(refusal(3, 0x5840F000, kPools.dp + 262144),
              HasSubstr("the dp[] operand for sym needs 262144 bytes, but reaches only 262140; put "
                        "large objects into .dp.data.large"));
  EXPECT_THAT(refusal(3, 0x5840F000, kPools.dp + 2), HasSubstr("no multiple of 4"));
  EXPECT_THAT(refusal(3, 0x5840F000, kPools.dp - 4), HasSubstr("4 bytes below the pool's base"));
}

TEST(Relocate, CpOperandsReach16Or20Bits) {
  EXPECT_EQ(patched(5, 0x6C40F000, kPools.cp + 4 * 64), 0x6C40F001u);
  EXPECT_THAT(refusal(5, 0x6C40F000, kPools.cp + 262144), HasSubstr(".cp.rodata.large"));
  EXPECT_EQ(patched(7, 0xE000F000, kPools.cp + 4 * 1025), 0xE001F001u);
  EXPECT_EQ(patched(7, 0xE000F000, kPools.cp + 4 * 0xFFFFF), 0xE3FFF3FFu);
  EXPECT_THAT(refusal(7, 0xE000F000, kPools.cp + 4 * 0x100000), HasSubstr("reaches only 4194300"));
}

TEST(Relocate, LongBranchesGoBothWays) {
  // isa/encoding.md section 7: { ; bt r3, 5 packets back from the next packet } = 74C5F000.
  EXPECT_EQ(patched(19, 0x74C0F000, kBase + 4 - 5 * 4), 0x74C5F000u);
  EXPECT_EQ(patched(19, 0x74C0F000, kBase + 4 + 5 * 4), 0x70C5F000u); // bit 10 cleared
  EXPECT_EQ(patched(19, 0x70C0F000, kBase + 4 - 5 * 4), 0x74C5F000u); // and set
  EXPECT_EQ(patched(9, 0x7700F000, kBase + 4), 0x7300F000u);          // distance 0 is forward
  EXPECT_EQ(patched(9, 0x7700F000, kBase + 4 + 2 * 64), 0x7300F001u);
}

TEST(Relocate, ShortBranchesCountFromTheNextInstructionOrPacket) {
  // Single issue: from the place + 2. Dual issue: from the next packet, also out of lane 1.
  EXPECT_EQ(patched(8, 0x00007700, kBase + 2 + 2 * 3), 0x7303u);
  EXPECT_EQ(patched(8, 0x00007300, kBase + 2 - 2 * 63), 0x773Fu);
  Bytes lane1 = words({0x770017FF});
  EXPECT_EQ(relocate(18, lane1, kBase, 2, kBase + 4 + 4 * 7, "sym", kPools), std::nullopt);
  EXPECT_EQ(lane1, words({0x730717FF}));
}

TEST(Relocate, CallsAndLdapHaveTenOrTwentyBits) {
  EXPECT_EQ(patched(10, 0x0000D400, kBase + 2 - 2 * 1023), 0xD7FFu);
  EXPECT_EQ(patched(11, 0xD400F000, kBase + 4 + 2 * 1024), 0xD000F001u);
  EXPECT_EQ(patched(20, 0x0000D800, kBase + 4 + 4 * 1), 0xD801u);
  EXPECT_EQ(patched(21, 0xDC00F000, kBase + 4 - std::int64_t{4} * 0xFFFFF), 0xDFFFF3FFu);
}

struct Reach {
  std::uint8_t type;
  std::uint32_t word;
  std::int64_t next, unit, steps;
};

class BranchReach : public testing::TestWithParam<Reach> {};

TEST_P(BranchReach, EndsExactlyWhereTheFieldEnds) {
  const auto [type, word, next, unit, steps] = GetParam();
  patched(type, word, next + unit * steps);
  patched(type, word, next - unit * steps);
  EXPECT_THAT(refusal(type, word, next + unit * (steps + 1)), HasSubstr("but reaches only"));
  EXPECT_THAT(refusal(type, word, next - unit * (steps + 1)), HasSubstr("but reaches only"));
  EXPECT_THAT(refusal(type, word, next + unit / 2), HasSubstr("no multiple of"));
}

INSTANTIATE_TEST_SUITE_P(Types, BranchReach,
                         testing::Values(Reach{8, 0x7700, kBase + 2, 2, 63},
                                         Reach{9, 0x7700F000, kBase + 4, 2, 65535},
                                         Reach{10, 0xD400, kBase + 2, 2, 1023},
                                         Reach{11, 0xD400F000, kBase + 4, 2, 0xFFFFF},
                                         Reach{18, 0x7700, kBase + 4, 4, 63},
                                         Reach{19, 0x7700F000, kBase + 4, 4, 65535},
                                         Reach{20, 0xDC00, kBase + 4, 4, 1023},
                                         Reach{21, 0xDC00F000, kBase + 4, 4, 0xFFFFF}));

TEST(Relocate, LdcHoldsANumberOf16Bits) {
  EXPECT_EQ(patched(12, 0x6840F000, 65535), 0x687FF3FFu);
  EXPECT_THAT(refusal(12, 0x6840F000, 65536), HasSubstr("the number of ldc for sym needs 65536"));
  EXPECT_THAT(refusal(12, 0x6840F000, -1), HasSubstr("would be negative"));
}

TEST(Relocate, ReferencesThatKeepABlockPatchNothing) {
  EXPECT_TRUE(isKeepOnly(22));
  EXPECT_EQ(patched(22, 0x12345678, 0x80000), 0x12345678u);
}

TEST(Relocate, WhatCannotBeIsRefused) {
  EXPECT_THAT(refusal(2, 0, 0), HasSubstr("relocation type 2 is unknown"));
  EXPECT_THAT(refusal(9, 0x12345678, kBase), HasSubstr("there is no prefixed instruction"));
  Bytes bytes = words({0});
  for (const std::uint32_t offset : {1u, 4u, 0xfffffffcu})
    EXPECT_THAT(relocate(1, bytes, kBase, offset, 0, "sym", kPools).value_or(""),
                HasSubstr("lies outside its section"));
}

TEST(Relocate, TheLinkerNamesObjectSectionOffsetAndSymbol) {
  ObjectBuilder object = function("_start");
  const auto text = object.text(words({0x17FF17FF, 0x7700F000}));
  object.relocation(text, 4, 9, object.symbol("far", elf::kAbsolute, 0x1080000), 6);

  EXPECT_THAT(linkError({object.input("a.o")}),
              HasSubstr("a.o: error: section .text + 0x4: the branch for far + 6 needs 1677"));
}

TEST(Relocate, AddendsCount) {
  ObjectBuilder object = function("_start");
  const auto data = object.data(".dp.data", words({0}), elf::kAlloc | elf::kWrite | elf::kFromDp);
  object.relocation(data, 0, 1, 1, -2);

  const Program program = linked({object.input("a.o")});

  EXPECT_EQ(wordAt(program, addressOf(program, "_dp")), kBase - 2);
}

} // namespace
} // namespace xs3::assembler::test
