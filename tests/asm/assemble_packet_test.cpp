// How packets are filled (isa/encoding.md section 7).
#include "tests/asm/assemble_object.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace xs3::assembler::test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

std::string dual(const std::string &text) {
  const AssembledObject object(".issue_mode dual\n.align 4\n" + text + "\n");
  EXPECT_THAT(object.messages(), ElementsAre());
  return object.halfwords();
}

std::vector<std::string> dualErrors(const std::string &text) {
  return AssembledObject(".issue_mode dual\n.align 4\n" + text + "\n").messages();
}

TEST(Packet, MemoryLaneGoesUpWhateverTheOrder) {
  EXPECT_EQ(dual("{ add r1, r1, r6 ; vlmaccr r8[0] }"), "1256 a7f8");
  EXPECT_EQ(dual("{ vlmaccr r8[0] ; add r1, r1, r6 }"), "1256 a7f8");
}

TEST(Packet, ResourceLaneGoesDownWhateverTheOrder) {
  EXPECT_EQ(dual("{ add r0, r0, 1 ; out res[r1], r2 }"),
            dual("{ out res[r1], r2 ; add r0, r0, 1 }"));
  EXPECT_EQ(dual("{ out res[r1], r2 ; ldw r3, r4[0] }"),
            dual("{ ldw r3, r4[0] ; out res[r1], r2 }"));
}

TEST(Packet, TwoOfEitherLaneKeepTheirOrder) {
  EXPECT_EQ(dual("{ add r1, r1, 1 ; sub r2, r2, 1 }"), "9015 9829");
  EXPECT_EQ(dual("{ sub r2, r2, 1 ; add r1, r1, 1 }"), "9829 9015");
}

TEST(Packet, WrittenNopIsAnInstruction) {
  EXPECT_EQ(dual("{ nop ; add r1, r1, 1 }"), "17ff 9015");
  EXPECT_EQ(dual("{ add r1, r1, 1 ; nop }"), "9015 17ff");
  EXPECT_EQ(dual("{ ldw r11, sp[8] ; nop }"), "17ff 5ec8");
  EXPECT_EQ(dual("{ nop ; dualentsp 12 }"), "17ff 7f8c");
}

TEST(Packet, LoneInstructionsWithAPrefixTakeTheLongForm) {
  EXPECT_EQ(dual("{ ; ldw r11, sp[8] }"), "f000 5ec8");
  EXPECT_EQ(dual("{ ldw r11, sp[8] ; }"), "f000 5ec8");
  EXPECT_EQ(dual("{ ldw r11, sp[8] }"), "f000 5ec8");
  EXPECT_EQ(dual("ldw r11, sp[8]"), "f000 5ec8");
  EXPECT_EQ(dual("dualentsp 2"), "f000 7f82");
  EXPECT_EQ(dual("bt r3, -5"), "f000 74c5");
  EXPECT_EQ(dual("bl -5"), "f000 d405");
  EXPECT_EQ(dual("ldw r11, cp[100]"), "f001 6ee4");
}

TEST(Packet, LoneInstructionsWithoutAPrefixGetANop) {
  EXPECT_EQ(dual("{ ; vclrdr }"), "17ff 27ef");
  EXPECT_EQ(dual("vclrdr"), "17ff 27ef");
  EXPECT_EQ(dual("zext r11, 5"), "46fd 17ff");
  EXPECT_EQ(dual("out res[r1], r2"), dual("{ out res[r1], r2 ; nop }"));
}

TEST(Packet, LongInstructionsFillIt) {
  EXPECT_EQ(dual("std r4, r5, sp[0]"), "f910 f7ec");
  EXPECT_EQ(dual("{ std r4, r5, sp[0] }"), "f910 f7ec");
}

TEST(Packet, MayStandOnSeveralLines) {
  EXPECT_EQ(dual("{\n  add r1, r1, r6\n  vlmaccr r8[0]\n}"), "1256 a7f8");
  EXPECT_EQ(dual("{ add r1, r1, r6 // first\n  ; vlmaccr r8[0] /* second */ }"), "1256 a7f8");
  EXPECT_EQ(dual("{}"), "17ff 17ff");
}

TEST(Packet, FixedFormsStay) {
  EXPECT_EQ(dual("ldc_ru6 r1, 5"), "6845 17ff");
  EXPECT_EQ(dual("{ ldw_u10 r11, cp[5] ; add r1, r1, 1 }"), "9015 e405");
}

TEST(Packet, BothReadBeforeEitherWrites) {
  // Reading what the other half writes is fine.
  EXPECT_EQ(dual("{ lss r1, r2, r3 ; bt r1, 3 }"), "c01b 7043");
}

TEST(Packet, Refusals) {
  EXPECT_THAT(dualErrors("{ ldw r0, r1[0] ; ldw r2, r1[1] }"),
              ElementsAre(HasSubstr("both instructions need the memory lane")));
  EXPECT_THAT(dualErrors("{ out res[r0], r1 ; in r2, res[r0] }"),
              ElementsAre(HasSubstr("both instructions need the resource lane")));
  EXPECT_THAT(dualErrors("{ add r0, r1, r2 ; ldw r0, r1[0] }"),
              ElementsAre(HasSubstr("both halves of the packet write r0")));
  EXPECT_THAT(dualErrors("{ ldw lr, sp[1] ; retsp 2 }"),
              ElementsAre(HasSubstr("need the memory lane")));
  EXPECT_THAT(dualErrors("{ ldaw sp, sp[2] ; retsp 2 }"), ElementsAre(HasSubstr("write sp")));
  EXPECT_THAT(dualErrors("{ ldaw sp, sp[2] ; retsp 0 }"), ElementsAre());
  EXPECT_THAT(dualErrors("{ add r0, r1, r2 ; mul r3, r1, r2 }"),
              ElementsAre(HasSubstr("takes 4 bytes")));
  EXPECT_THAT(dualErrors("{ ldc r0, 100 ; nop }"), ElementsAre(HasSubstr("takes 4 bytes")));
  EXPECT_THAT(dualErrors("{ nop ; nop ; nop }"), ElementsAre(HasSubstr("at most two")));
  EXPECT_THAT(dualErrors("{ nop"), ElementsAre(HasSubstr("not closed")));
  EXPECT_THAT(dualErrors("nop }"), ElementsAre(HasSubstr("closes no packet")));
  EXPECT_THAT(dualErrors("{ { nop }"), ElementsAre(HasSubstr("cannot hold a packet")));
  EXPECT_THAT(dualErrors("{ nop } add r0, r0, 1"), ElementsAre(HasSubstr("ends its line")));
  EXPECT_THAT(dualErrors("{ nop\n .word 5\n}"), testing::Contains(HasSubstr("instructions only")));
}

TEST(Packet, NeedsDualIssue) {
  EXPECT_THAT(AssembledObject("{ nop ; nop }\n{ nop ; nop }\n").messages(),
              ElementsAre(HasSubstr("write .issue_mode dual")));
}

TEST(Packet, ErrorsInAHalfDoNotCascade) {
  EXPECT_THAT(dualErrors("{ frobnicate ; ldw r0, sp[99999] }\n{ add r0 ; nop }\nadd r0, r0, 1"),
              ElementsAre(HasSubstr("'frobnicate' is no instruction"), HasSubstr("0 to 65535"),
                          HasSubstr("too few operands")));
}

TEST(Packet, MustBeAligned) {
  EXPECT_THAT(AssembledObject("nop\n.issue_mode dual\nnop\n").messages(),
              ElementsAre()); // the switch aligns
  EXPECT_THAT(dualErrors("nop\n.short 1\nnop"), ElementsAre(HasSubstr("4-byte boundary")));
  EXPECT_THAT(dualErrors("nop\n.short 1\n.align 4\nnop"), ElementsAre());
}

TEST(Packet, AlignmentPadsWithNops) {
  EXPECT_EQ(dual("vclrdr\n.align 16\nvclrdr"), "17ff 27ef 17ff 17ff 17ff 17ff 17ff 17ff 17ff 27ef");
}

TEST(Packet, SwitchByDualentspEndsAligned) {
  const AssembledObject object("nop\ndualentsp 4\n.issue_mode dual\n{ nop ; retsp 4 }\n");
  EXPECT_EQ(object.halfwords(), "17ff 17ff f000 7f84 17ff 77c4");
  EXPECT_EQ(AssembledObject("dualentsp 4\nnop\n").halfwords(), "7f84 17ff");
}

TEST(Packet, MarksTellModesAndDataApart) {
  const AssembledObject object(
      "nop\n.word 5\nnop\n.align 4\n.issue_mode dual\nnop\n.align 8\n.byte 1\n.align 4\nnop\n");
  EXPECT_THAT(object.symbols("$"),
              ElementsAre("$s.0=0", "$a.1=2", "$s.2=6", "$d.3=8", "$a.4=16", "$d.5=20"));
}

} // namespace
} // namespace xs3::assembler::test
