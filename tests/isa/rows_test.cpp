// The rows themselves: complete, without overlap, and what they say beside the bits.
#include "asm/assemble.h"
#include "isa/decode.h"
#include "isa/opcodes.h"
#include "isa/print.h"
#include "isa/rows.h"
#include "tests/isa/described_encoding.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

namespace xs3::tests {
namespace {

// "add a, b, c" of a row's " $a, $b, $c".
std::string plainSyntax(const isa::Row &row) {
  std::string text = std::string(row.mnemonic) + std::string(row.syntax);
  std::erase(text, '$');
  return text;
}

TEST(Rows, EachEncodingHasOneRowAndEachRowOneEncoding) {
  std::multiset<std::string> described;
  for (const DescribedEncoding &encoding : describedEncodings()) {
    std::string syntax = encoding.syntax;
    if (encoding.format.ends_with('b'))
      syntax.erase(syntax.find("-i"), 1);
    described.insert(encoding.format + " " + syntax);
  }
  std::multiset<std::string> rows;
  for (const isa::Row &row : isa::rows())
    rows.insert(std::string(row.format) + " " + plainSyntax(row));
  EXPECT_EQ(rows, described);
}

TEST(Rows, IndexIsTheOpcode) {
  for (isa::Opcode opcode = 0; opcode < isa::rows().size(); ++opcode)
    EXPECT_EQ(&isa::row(opcode), &isa::rows()[opcode]);
  EXPECT_EQ(isa::row(isa::ADD_3r).name, "ADD_3r");
  EXPECT_EQ(isa::row(isa::ZIP_l2rus).name, "ZIP_l2rus");
}

TEST(Rows, FormatIsThePartBehindTheUnderscore) {
  for (const isa::Row &row : isa::rows())
    EXPECT_EQ(row.name.substr(row.name.find('_') + 1), row.format) << row.name;
}

TEST(Rows, LanesAreThoseOfTheTable) {
  const auto name = [](isa::Lane lane) {
    constexpr const char *kNames[] = {"either", "memory", "resource", "long"};
    return std::string(kNames[static_cast<unsigned>(lane)]);
  };
  for (const DescribedEncoding &encoding : describedEncodings())
    for (const isa::Row &row : isa::rows())
      if (row.format == encoding.format && plainSyntax(row) == encoding.syntax) {
        EXPECT_EQ(name(row.lane), encoding.lane) << row.name;
      }
}

TEST(Rows, ProvisionalPlacesAreFew) {
  std::set<std::string_view> provisional;
  for (const isa::Row &row : isa::rows())
    if (row.provisional)
      provisional.insert(row.mnemonic);
  EXPECT_EQ(provisional, (std::set<std::string_view>{"vadddr", "vdepth16"}));
}

isa::RegisterSet written(const std::string &text) {
  const auto encoded = assembler::assembleInstruction(text);
  return isa::writtenRegisters(*isa::decode(static_cast<std::uint16_t>(encoded.word), 0));
}

TEST(Rows, NameTheRegistersThatAreWritten) {
  EXPECT_EQ(written("add r3, r1, r2"), isa::registerBit(Register::R3));
  EXPECT_EQ(written("ldw lr, sp[2]"), isa::registerBit(Register::LR));
  EXPECT_EQ(written("ldap r11, 5"), isa::registerBit(Register::R11));
  EXPECT_EQ(written("bl 5"), isa::registerBit(Register::LR));
  EXPECT_EQ(written("in r4, res[r5]"), isa::registerBit(Register::R4));
  EXPECT_EQ(written("vgetc r11"), isa::registerBit(Register::R11));
  EXPECT_EQ(written("retsp 2"), isa::registerBit(Register::SP) | isa::registerBit(Register::LR));
  for (const char *text :
       {"retsp 0", "entsp 0", "stw r1, r2[0]", "bt r3, 4", "out res[r1], r2", "setc res[r1], 3",
        "vladd r1[0]", "bau r2", "nop", "waitet r3", "chkct res[r1], 1"})
    EXPECT_EQ(written(text), 0) << text;
}

TEST(Rows, LongFormsAreTheSameTextWider) {
  EXPECT_EQ(isa::longForm(isa::LDC_ru6), isa::LDC_lru6);
  EXPECT_EQ(isa::longForm(isa::BT_ru6b), isa::BT_lru6b);
  EXPECT_EQ(isa::longForm(isa::LDWCP_u10), isa::LDWCP_lu10);
  EXPECT_EQ(isa::longForm(isa::LDWCP_ru6), isa::LDWCP_lru6);
  EXPECT_EQ(isa::longForm(isa::ADD_3r), std::nullopt);
  EXPECT_EQ(isa::longForm(isa::LDAW_l3r), std::nullopt);
  EXPECT_EQ(isa::otherDirection(isa::BL_u10), isa::BL_u10b);
  EXPECT_EQ(isa::otherDirection(isa::BL_u10b), isa::BL_u10);
  EXPECT_EQ(isa::largestImmediate(isa::BL_lu10), (1 << 20) - 1);
  EXPECT_EQ(isa::largestImmediate(isa::ENTSP_u6), 63);
  EXPECT_EQ(isa::largestImmediate(isa::LDAW_l2rus), -1);
}

} // namespace
} // namespace xs3::tests
