// Branches, calls, frames and the issue mode.
#include "tests/sim/exec_bench.h"

#include <gtest/gtest.h>

namespace xs3::sim::test {
namespace {

constexpr Address kStack = kBase + 0x200;

TEST(Branch, ConditionalInUnitsOfTheMode) {
  EXPECT_EQ(run("bt r0, 5", {{R0, 1}}).thread.pc, kCode + 2 + 10);
  EXPECT_EQ(run("bt r0, -5", {{R0, 2}}).thread.pc, kCode + 2 - 10);
  EXPECT_EQ(run("bt r0, 5", {{R0, 0}}).thread.pc, kCode + 2);
  EXPECT_EQ(run("bf r0, 5", {{R0, 0}}).thread.pc, kCode + 2 + 10);
  EXPECT_EQ(run("bf r0, -5", {{R0, 0}}).thread.pc, kCode + 2 - 10);
  EXPECT_EQ(run("bf r0, 5", {{R0, 1}}).thread.pc, kCode + 2);
  EXPECT_EQ(run("{ nop ; bt r0, 5 }", {{R0, 1}}).thread.pc, kCode + 4 + 20);
  EXPECT_EQ(run("{ nop ; bf r0, -5 }", {{R0, 0}}).thread.pc, kCode + 4 - 20);
}
TEST(Branch, LongForms) {
  EXPECT_EQ(run("bt_lru6 r0, 100", {{R0, 1}}).thread.pc, kCode + 4 + 200);
  EXPECT_EQ(run("bf_lru6b r0, -100", {{R0, 0}}).thread.pc, kCode + 4 - 200);
  EXPECT_EQ(run("bu 6").thread.pc, kCode + 2 + 12);
  EXPECT_EQ(run("bu -6").thread.pc, kCode + 2 - 12);
  Bench m;
  m.dual().run("bu_lu6 100");
  EXPECT_EQ(m.thread.pc, kCode + 4 + 400);
}
TEST(Branch, TakenIsReported) {
  EXPECT_TRUE(run("bt r0, 0", {{R0, 1}}).effect.branchTaken());
  EXPECT_FALSE(run("bt r0, 0", {{R0, 0}}).effect.branchTaken());
  EXPECT_EQ(run("bt r0, 3", {{R0, 1}}).effect.nextPc, kCode + 8);
}

TEST(Call, LeavesTheWayBackWithTheMode) {
  auto single = run("bl 10");
  EXPECT_EQ(single.thread.pc, kCode + 22);
  EXPECT_EQ(single[LR], kCode + 2);
  auto dual = run("{ nop ; bl -10 }");
  EXPECT_EQ(dual.thread.pc, kCode + 4 - 40);
  EXPECT_EQ(dual[LR], kCode + 4 + 1);
  EXPECT_TRUE(dual.thread.dual());
  Bench far;
  far.dual().run("bl_lu10b -100");
  EXPECT_EQ(far.thread.pc, kCode + 4 - 400);
}
TEST(Call, ThroughRegisters) {
  auto m = run("bla r3", {{R3, kBase + 0x40}});
  EXPECT_EQ(m.thread.pc, kBase + 0x40);
  EXPECT_EQ(m[LR], kCode + 2);
  EXPECT_EQ(run("bau r3", {{R3, kBase + 0x42}, {LR, 5}})[LR], 5u);
  EXPECT_EQ(run("bau r3", {{R3, kBase + 0x42}}).thread.pc, kBase + 0x42);
  EXPECT_EQ(run("bru r3", {{R3, 4}}).thread.pc, kCode + 2 + 8);
  EXPECT_EQ(run("{ nop ; bru r3 }", {{R3, static_cast<Word>(-4)}}).thread.pc, kCode + 4 - 16);
}
TEST(Call, ThroughTables) {
  Bench m;
  m[CP] = m[R11] = kStack;
  m.memory.write(kStack + 8, kBase + 0x60);
  m.dual().run("{ nop ; bla cp[2] }");
  EXPECT_EQ(m.thread.pc, kBase + 0x60);
  EXPECT_EQ(m[LR], kCode + 5);
  EXPECT_EQ(m.effect.access, Access::Read);
  EXPECT_EQ(m.effect.accessAddress, kStack + 8);
  EXPECT_TRUE(m.effect.branchTaken());
  m.run("blat_lu6 2");
  EXPECT_EQ(m.thread.pc, kBase + 0x60);
  EXPECT_EQ(m[LR], kBase + 0x65);
}
TEST(Call, TableBeyondMemoryTraps) {
  auto m = run("bla cp[2]", {{CP, 0}, {LR, 9}});
  EXPECT_EQ(m.effect.trap.kind, TrapKind::LoadStore);
  EXPECT_EQ(m.effect.trap.data, 8u);
  EXPECT_EQ(m[LR], 9u);
}

TEST(IllegalTarget, TrapsAtTheBranch) {
  for (const Address target : {kBase - 2, kBase + kBytes, kBase + 1}) {
    auto m = run("bla r3", {{R3, target}, {LR, 9}});
    EXPECT_EQ(m.effect.trap.kind, TrapKind::IllegalPc);
    EXPECT_EQ(m.effect.trap.data, target);
    EXPECT_EQ(m[LR], 9u);
    EXPECT_EQ(m.thread.pc, kCode);
  }
  EXPECT_EQ(run("bu -2000").effect.trap.kind, TrapKind::IllegalPc);
  EXPECT_EQ(run("bt r0, -2000", {{R0, 0}}).effect.kind, EffectKind::Next);
}
TEST(IllegalTarget, IsHalfAPacketInDualIssue) {
  EXPECT_EQ(run("bau r3", {{R3, kBase + 2}}).effect.kind, EffectKind::Branch);
  EXPECT_EQ(run("{ nop ; bau r3 }", {{R3, kBase + 2}}).effect.trap.kind, TrapKind::IllegalPc);
}

TEST(Frame, IsMadeAndLeft) {
  Bench m;
  m[SP] = kStack;
  m[LR] = kCode + 0x21;
  m.run("dualentsp 4");
  EXPECT_TRUE(m.thread.dual());
  EXPECT_EQ(m[SP], kStack - 16);
  EXPECT_EQ(m.word(kStack), kCode + 0x21);
  m[LR] = 0;
  m.thread.pc = kCode + 0x40;
  m.run("{ nop ; retsp 4 }");
  EXPECT_EQ(m[SP], kStack);
  EXPECT_EQ(m[LR], kCode + 0x21);
  EXPECT_EQ(m.thread.pc, kCode + 0x20);
  EXPECT_TRUE(m.thread.dual());
}
TEST(Frame, OfSingleIssueReturnsToIt) {
  Bench m;
  m[SP] = kStack;
  m[LR] = kCode + 0x22;
  m.dual().run("entsp_lu6 1");
  EXPECT_FALSE(m.thread.dual());
  m.dual().run("retsp_lu6 1");
  EXPECT_FALSE(m.thread.dual());
  EXPECT_EQ(m.thread.pc, kCode + 0x22);
}
TEST(Frame, EmptyTouchesNoMemory) {
  auto m = run("dualentsp 0", {{SP, 3}, {LR, 9}});
  EXPECT_EQ(m.effect.kind, EffectKind::Next);
  EXPECT_EQ(m.effect.access, Access::None);
  EXPECT_EQ(m[SP], 3u);
  auto back = run("retsp 0", {{SP, 3}, {LR, kCode + 8}});
  EXPECT_EQ(back.effect.kind, EffectKind::Branch);
  EXPECT_EQ(back.effect.access, Access::None);
  EXPECT_EQ(back.thread.pc, kCode + 8);
}
TEST(Frame, TrapKeepsEverything) {
  auto enter = run("dualentsp 4", {{SP, 0}, {LR, 9}});
  EXPECT_EQ(enter.effect.trap.kind, TrapKind::LoadStore);
  EXPECT_EQ(enter[SP], 0u);
  EXPECT_FALSE(enter.thread.dual());
  Bench leave; // the frame holds an address outside memory
  leave[SP] = kStack;
  leave[LR] = 9;
  leave.memory.write(kStack + 16, Word{0x1001});
  leave.run("retsp 4");
  EXPECT_EQ(leave.effect.trap.kind, TrapKind::IllegalPc);
  EXPECT_EQ(leave.effect.trap.data, 0x1000u);
  EXPECT_EQ(leave[SP], kStack);
  EXPECT_EQ(leave[LR], 9u);
  EXPECT_FALSE(leave.thread.dual());
}

} // namespace
} // namespace xs3::sim::test
