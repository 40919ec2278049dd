// The decoder against the bit strings: every halfword, and what may not be accepted.
#include "isa/decode.h"
#include "isa/print.h"
#include "isa/rows.h"
#include "tests/isa/described_encoding.h"

#include <gtest/gtest.h>

#include <map>

namespace xs3::tests {
namespace {

TEST(Decode, EveryHalfwordIsWhatTheBitStringsSay) {
  unsigned accepted = 0;
  for (unsigned word = 0; word < 0x10000; ++word) {
    const auto decoded = isa::decode(static_cast<std::uint16_t>(word), 0x0000);
    if (word >= 0xF000)
      continue; // begins four bytes
    const auto described = describe(word, 2);
    ASSERT_EQ(decoded.has_value(), described.has_value()) << std::hex << word;
    if (!decoded)
      continue;
    ++accepted;
    ASSERT_EQ(isa::row(decoded->opcode).format, described->encoding->format) << std::hex << word;
    ASSERT_EQ(isa::encode(*decoded), word);
    std::string text = isa::print(*decoded, {}, false);
    if (text.starts_with("mov "))
      text = "add " + text.substr(4) + ", 0";
    ASSERT_EQ(text, described->encoding->text(described->operands)) << std::hex << word;
  }
  EXPECT_EQ(accepted, 57560u);
}

// The number of accepted halfwords, worked out from the number of operands each format can hold.
TEST(Decode, CountOfHalfwordsFollowsFromTheFormats) {
  std::map<std::string, unsigned> places = {{"3r", 12 * 12 * 12}, {"2rus", 12 * 12 * 12},
                                            {"2r", 12 * 12},      {"rus", 12 * 12},
                                            {"1r", 12},           {"0r", 1},
                                            {"ru6", 16 * 64},     {"u6", 64},
                                            {"u10", 1024}};
  unsigned count = 0;
  for (const DescribedEncoding &encoding : describedEncodings()) {
    if (encoding.bytes() != 2)
      continue;
    std::string format = encoding.format;
    if (format.ends_with('b'))
      format.pop_back();
    const bool twelve =
        encoding.mnemonic == "bt" || encoding.mnemonic == "bf" || encoding.mnemonic == "setc";
    count += twelve ? 12 * 64 : places.at(format);
  }
  EXPECT_EQ(count, 57560u);
}

TEST(Decode, RefusesTheUnusedPrefix) {
  for (unsigned low = 0xF400; low < 0xF800; ++low)
    for (const unsigned high : {0x6800u, 0x7740u, 0xD000u, 0x17ECu, 0x0000u})
      EXPECT_FALSE(isa::decode(static_cast<std::uint16_t>(low), static_cast<std::uint16_t>(high)))
          << low;
}

TEST(Decode, RefusesPrefixesOfWhatHasNoLongForm) {
  for (const unsigned high : {0x1001u, 0x17FFu, 0x9010u, 0x27EFu, 0xF000u})
    EXPECT_FALSE(isa::decode(0xF000, static_cast<std::uint16_t>(high))) << high;
  EXPECT_TRUE(isa::decode(0xF000, 0x7BC0)); // krestsp has only a long form
  EXPECT_FALSE(isa::decode(0x7BC0, 0));
}

TEST(Decode, BranchesAndSetcTakeOnlyTheTwelveRegisters) {
  for (const unsigned opcode : {0x7000u, 0x7400u, 0x7800u, 0x7C00u, 0xE800u})
    for (unsigned a = 0; a < 16; ++a) {
      const auto decoded = isa::decode(static_cast<std::uint16_t>(opcode | a << 6), 0);
      const bool isRow = decoded && decoded->operandCount == 2;
      EXPECT_EQ(isRow, a < 12) << std::hex << opcode << " " << a;
    }
}

TEST(Decode, BitPositionCodes) {
  const auto position = [](unsigned code) {
    // zext r0, code: two operands, the second in field b.
    const unsigned high = 3 * (code / 4);
    const unsigned field = high <= 4 ? (27 + high) << 1 : (22 + high) << 1 | 1;
    return *isa::decode(static_cast<std::uint16_t>(0x4010 | field << 5 | code % 4), 0);
  };
  const int expected[] = {32, 1, 2, 3, 4, 5, 6, 7, 8, 16, 24, 32};
  for (unsigned code = 0; code < 12; ++code) {
    EXPECT_EQ(position(code).operands[1], expected[code]);
    EXPECT_EQ(position(code).alternateCode, code == 11);
  }
}

TEST(DecodePacket, SplitsTwoHalvesAndKeepsLongOnes) {
  const auto two = isa::decodePacket(0xA7F81256);
  ASSERT_TRUE(two);
  EXPECT_EQ(two->count, 2);
  EXPECT_EQ(isa::print(*two), "{ add r1, r1, r6 ; vlmaccr r8[0] }");
  const auto one = isa::decodePacket(0x7F82F000);
  ASSERT_TRUE(one);
  EXPECT_EQ(one->count, 1);
  EXPECT_EQ(isa::print(*one), "dualentsp 2");
}

TEST(DecodePacket, RefusesWrongLanesAndDoubleWrites) {
  EXPECT_FALSE(isa::decodePacket(0x17FF0810)); // a load below
  EXPECT_FALSE(isa::decodePacket(0xAF8017FF)); // an output above
  EXPECT_FALSE(isa::decodePacket(0x10011002)); // both write r0
  EXPECT_FALSE(isa::decodePacket(0xF0001001)); // a prefix above
  EXPECT_TRUE(isa::decodePacket(0x10111001));  // r0 and r1
}

TEST(Print, NamesTargetsByDistance) {
  isa::PrintOptions options;
  options.target = [](std::int64_t distance) { return "at(" + std::to_string(distance) + ")"; };
  EXPECT_EQ(isa::print(*isa::decode(0x74C5, 0), options), "bt r3, at(-5)");
  EXPECT_EQ(isa::print(*isa::decode(0x7303, 0), options), "bu at(3)");
}

TEST(Print, SuffixOnlyWhereTheAssemblerWouldChooseAnotherForm) {
  const auto text = [](std::uint32_t word, bool dual) {
    return isa::print(
        *isa::decode(static_cast<std::uint16_t>(word), static_cast<std::uint16_t>(word >> 16)),
        {.dual = dual, .target = {}});
  };
  EXPECT_EQ(text(0x6845F000, false), "ldc_lru6 r1, 5");
  EXPECT_EQ(text(0x6845F000, true), "ldc r1, 5"); // a packet by itself takes the long form
  EXPECT_EQ(text(0x6845F001, false), "ldc r1, 69");
  EXPECT_EQ(text(0x7400, false), "bt_ru6b r0, 0");
  EXPECT_EQ(text(0x7400F000, true), "bt_lru6b r0, 0");
  EXPECT_EQ(text(0xE405, false), "ldw_u10 r11, cp[5]");
  EXPECT_EQ(text(0xE464, false), "ldw r11, cp[100]");
  EXPECT_EQ(text(0x6EE4F001, false), "ldw_lru6 r11, cp[100]");
  EXPECT_EQ(text(0x6EE4F001, true), "ldw r11, cp[100]");
}

} // namespace
} // namespace xs3::tests
