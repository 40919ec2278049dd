// Branches: units, direction, relaxation; relocations for what the assembler cannot bind.
#include "tests/asm/assemble_object.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace xs3::assembler::test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

std::string nops(unsigned count) { return ".rept " + std::to_string(count) + "\nnop\n.endr\n"; }

// The first halfwords of `text`.
std::string begin(const std::string &text, unsigned halfwords) {
  const AssembledObject object(text);
  EXPECT_THAT(object.messages(), ElementsAre());
  return object.halfwords().substr(0, 5 * halfwords - 1);
}

TEST(Branch, CountsHalfwordsFromTheNextInstruction) {
  EXPECT_EQ(begin("bu next\nnext: nop\n", 1), "7300");
  EXPECT_EQ(begin("bt r3, over\nnop\nover: nop\n", 1), "70c1");
  EXPECT_EQ(begin("bf r3, .\n", 1), "7cc1");
  EXPECT_EQ(begin("bl f\nnop\nf: nop\n", 1), "d001");
  EXPECT_EQ(begin("ldap r11, f\nnop\nnop\nf: nop\n", 1), "d802");
}

TEST(Branch, GrowsWhereTheShortFormDoesNotReach) {
  EXPECT_EQ(begin("bu far\n" + nops(63) + "far: nop\n", 1), "733f");
  EXPECT_EQ(begin("bu far\n" + nops(64) + "far: nop\n", 2), "f001 7300");
  EXPECT_EQ(begin("bl far\n" + nops(1023) + "far: nop\n", 1), "d3ff");
  EXPECT_EQ(begin("bl far\n" + nops(1024) + "far: nop\n", 2), "f001 d000");
}

TEST(Branch, BackwardReachCountsItsOwnSize) {
  // 62 nops and the branch itself are 63 units.
  const AssembledObject near("back: " + nops(62) + "bu back\n");
  EXPECT_THAT(near.halfwords(), testing::EndsWith(" 773f"));
  // One more needs the long form, which is one unit longer: 63 + 2.
  const AssembledObject far("back: " + nops(63) + "bu back\n");
  EXPECT_THAT(far.halfwords(), testing::EndsWith(" f001 7701"));
}

TEST(Branch, GrowthOfOneMayMakeAnotherGrow) {
  // The first reaches only while the second is short.
  EXPECT_EQ(begin("bu a\nbu b\n" + nops(62) + "a: nop\n" + nops(10) + "b: nop\n", 4),
            "f001 7300 f001 7309");
}

TEST(Branch, CountsPacketsInDualIssue) {
  const std::string head = ".issue_mode dual\n.align 4\n";
  EXPECT_EQ(begin(head + "a: { nop ; bt r3, a }\n", 2), "17ff 74c1");
  EXPECT_EQ(begin(head + "{ nop ; bu b }\nnop\nb: nop\n", 2), "17ff 7301");
  EXPECT_EQ(begin(head + "bu b\nnop\nb: nop\n", 2), "f000 7301");
  EXPECT_EQ(begin(head + "{ ldap r11, b ; dualentsp 4 }\nnop\nb: nop\n", 2), "d801 7f84");
}

TEST(Branch, NumbersAreSignedDistancesInUnits) {
  EXPECT_EQ(begin("bt r3, -5\n", 1), "74c5");
  EXPECT_EQ(begin("bt r3, 0\n", 1), "70c0");
  EXPECT_EQ(begin("bu 64\n", 2), "f001 7300");
  EXPECT_EQ(begin("bl -1024\n", 2), "f001 d400");
  EXPECT_THAT(AssembledObject("bu 65536\n").messages(),
              ElementsAre(HasSubstr("at most 65535 units")));
}

TEST(Branch, SuffixFixesTheForm) {
  EXPECT_EQ(begin("bt_lru6 r3, 5\n", 2), "f000 70c5");
  EXPECT_EQ(begin("bt_lru6b r3, -5\n", 2), "f000 74c5");
  EXPECT_EQ(begin("bt_ru6b r3, 0\n", 1), "74c0");
  EXPECT_EQ(begin("bu_lu6 next\nnext: nop\n", 2), "f000 7300");
  EXPECT_THAT(AssembledObject("bt_ru6 r3, -5\n").messages(),
              ElementsAre(HasSubstr("branches forward")));
  EXPECT_THAT(AssembledObject("bt_ru6b r3, 5\n").messages(),
              ElementsAre(HasSubstr("branches backward")));
  EXPECT_THAT(AssembledObject("bu_u6 far\n" + nops(64) + "far: nop\n").messages(),
              ElementsAre(HasSubstr("out of reach")));
}

TEST(Branch, OutOfReachInAPacketIsAnError) {
  EXPECT_THAT(
      AssembledObject(".issue_mode dual\n.align 4\n{ nop ; bu far }\n" + nops(64) + "far: nop\n")
          .messages(),
      ElementsAre(HasSubstr("give the branch a packet of its own")));
}

TEST(Branch, ToAnOddTargetIsAnError) {
  EXPECT_THAT(AssembledObject("bu odd\n.byte 1\nodd: .byte 2\n").messages(),
              ElementsAre(HasSubstr("2-byte boundary")));
}

TEST(Relocation, OfEveryField) {
  const AssembledObject object(
      "stw r1, dp[x]\nldw r1, dp[x+4]\nldaw r1, dp[x]\nldw r1, cp[x]\nldaw r11, cp[x]\n"
      "ldw r11, cp[x]\nbla cp[x]\nldw_lu10 r11, cp[x+8]\nldc r0, x\nbt r0, x\nbu x\nbl x\n"
      "ldap r11, x\nbu_u6 x\nbl_u10 x\n");
  EXPECT_THAT(object.messages(), ElementsAre());
  EXPECT_EQ(object.relocations(), (std::vector<NamedRelocation>{{0, 3, "x", 0},
                                                                {4, 3, "x", 4},
                                                                {8, 3, "x", 0},
                                                                {12, 5, "x", 0},
                                                                {16, 5, "x", 0},
                                                                {20, 5, "x", 0},
                                                                {24, 7, "x", 0},
                                                                {28, 7, "x", 8},
                                                                {32, 12, "x", 0},
                                                                {36, 9, "x", 0},
                                                                {40, 9, "x", 0},
                                                                {44, 11, "x", 0},
                                                                {48, 11, "x", 0},
                                                                {52, 8, "x", 0},
                                                                {54, 10, "x", 0}}));
}

TEST(Relocation, LeavesBackwardByZero) {
  EXPECT_EQ(begin("bu x\n", 2), "f000 7700");
  EXPECT_EQ(begin("bl x\n", 2), "f000 d400");
  EXPECT_EQ(begin("bt r1, x\n", 2), "f000 7440");
}

TEST(Relocation, InDualIssue) {
  const AssembledObject object(".issue_mode dual\n.align 4\nbu x\nbl x\n{ nop ; bt r1, x }\n{ ldap "
                               "r11, x ; dualentsp 0 }\n");
  EXPECT_EQ(object.relocations(),
            (std::vector<NamedRelocation>{
                {0, 19, "x", 0}, {4, 21, "x", 0}, {10, 18, "x", 0}, {12, 20, "x", 0}}));
}

TEST(Relocation, OfData) {
  const AssembledObject object(
      ".section .dp.data, \"awd\"\n.align 4\na: .word x, x+4, a-8\n.short x\n");
  EXPECT_EQ(object.relocations(".dp.data"),
            (std::vector<NamedRelocation>{
                {0, 1, "x", 0}, {4, 1, "x", 4}, {8, 1, ".dp.data", -8}, {12, 15, "x", 0}}));
}

TEST(Relocation, WeakSymbolsStayOpen) {
  const AssembledObject object(".weak f\nf: nop\nbl f\n");
  EXPECT_EQ(object.relocations(), (std::vector<NamedRelocation>{{2, 11, "f", 0}}));
}

TEST(Relocation, RefusesWhatNoRelocationCanSay) {
  EXPECT_THAT(AssembledObject(".byte x\n").messages(), ElementsAre(HasSubstr("fits only a .word")));
  EXPECT_THAT(AssembledObject("bu .Lnowhere\n").messages(),
              ElementsAre(HasSubstr("the label '.Lnowhere' is not defined in this file")));
}

} // namespace
} // namespace xs3::assembler::test
