// Status register, traps, kernel entry and return.
#include "sim/exec/deliver.h"
#include "tests/sim/exec_bench.h"

#include <gtest/gtest.h>

namespace xs3::sim::test {
namespace {

constexpr Address kStack = kBase + 0x200;

TEST(StatusRegister, BitsAreSetClearedAndRead) {
  Bench m;
  m.run("setsr 3").run("setsr_lu6 1536").run("clrsr 1");
  EXPECT_EQ(m.thread.sr, 0x602u);
  EXPECT_EQ(m.run("getsr r11, 1026")[R11], 0x402u);
}
TEST(StatusRegister, SoftwareCannotChangeIssueModeOrWaiting) {
  Bench m;
  m.run("setsr 65535");
  EXPECT_EQ(m.thread.sr, 0xffffu & ~(status::kDualIssue | status::kWaiting));
  m.thread.sr = 0xffff;
  m.run("clrsr_lu6 65535");
  EXPECT_EQ(m.thread.sr, status::kDualIssue | status::kWaiting);
}

TEST(ThreadRegisters, AreRead) {
  Bench m;
  m.thread.id = 6;
  m.thread.kep = 1;
  m.thread.ksp = 2;
  m.thread.ed = 3;
  m.thread.et = 4;
  m.referenceTime = 0xfedc;
  EXPECT_EQ(m.run("get r11, id")[R11], 6u);
  EXPECT_EQ(m.run("get r11, kep")[R11], 1u);
  EXPECT_EQ(m.run("get r11, ksp")[R11], 2u);
  EXPECT_EQ(m.run("get r11, ed")[R11], 3u);
  EXPECT_EQ(m.run("get r11, et")[R11], 4u);
  EXPECT_EQ(m.run("gettime r3")[R3], 0xfedcu);
}
TEST(ThreadRegisters, HandlerIsAligned) {
  EXPECT_EQ(run("set kep, r11", {{R11, 0x80fff}}).thread.kep, 0x80f80u);
}
TEST(ThreadRegisters, AreSavedAndLoaded) {
  Bench m;
  m[SP] = kStack;
  m.thread.spc = 11;
  m.thread.ssr = 22;
  m.thread.sed = 33;
  m.thread.et = 44;
  m.run("stw spc, sp[1]").run("stw ssr, sp[2]").run("stw sed, sp[3]").run("stw et, sp[4]");
  for (Word i = 1; i <= 4; ++i)
    EXPECT_EQ(m.word(kStack + 4 * i), 11 * i);
  Bench back;
  back[SP] = kStack;
  back.memory = m.memory;
  back.run("ldw spc, sp[1]").run("ldw ssr, sp[2]").run("ldw sed, sp[3]").run("ldw et, sp[4]");
  EXPECT_EQ(back.thread.spc, 11u);
  EXPECT_EQ(back.thread.ssr, 22u);
  EXPECT_EQ(back.thread.sed, 33u);
  EXPECT_EQ(back.thread.et, 44u);
}

TEST(Ecall, TrapsOnItsCondition) {
  EXPECT_EQ(run("ecallt r0", {{R0, 2}}).effect.trap.kind, TrapKind::ECall);
  EXPECT_EQ(run("ecallt r0", {{R0, 0}}).effect.kind, EffectKind::Next);
  EXPECT_EQ(run("ecallf r0", {{R0, 0}}).effect.trap.kind, TrapKind::ECall);
  EXPECT_EQ(run("ecallf r0", {{R0, 2}}).effect.kind, EffectKind::Next);
}
TEST(Kcall, CarriesItsCode) {
  for (const char *text : {"kcall 17", "kcall_lu6 17", "kcall r4"}) {
    auto m = run(text, {{R4, 17}});
    EXPECT_EQ(m.effect.trap.kind, TrapKind::KernelCall);
    EXPECT_EQ(m.effect.trap.data, 17u);
    EXPECT_EQ(m.thread.pc, kCode);
  }
}

TEST(Deliver, SavesAndEntersTheHandler) {
  Thread thread;
  thread.pc = kCode;
  thread.kep = kBase + 0x80;
  thread.ed = 5;
  thread.sr = status::kEventsEnabled | status::kInterruptsEnabled | status::kDualIssue |
              status::kHighPriority;
  deliver(thread, {TrapKind::LoadStore, 0x123});
  EXPECT_EQ(thread.pc, kBase + 0x80);
  EXPECT_EQ(thread.spc, kCode);
  EXPECT_EQ(thread.ssr, 0x503u);
  EXPECT_EQ(thread.sed, 5u);
  EXPECT_EQ(thread.et, 5u);
  EXPECT_EQ(thread.ed, 0x123u);
  EXPECT_EQ(thread.sr, status::kInKernel | status::kHighPriority);
}
TEST(Deliver, KernelCallsEnterBehindAndKeepTheMode) {
  Thread thread;
  thread.kep = kBase + 0x80;
  thread.sr = status::kKernelDualIssue;
  deliver(thread, {TrapKind::KernelCall, 7});
  EXPECT_EQ(thread.pc, kBase + 0x80 + 64);
  EXPECT_EQ(thread.et, 15u);
  EXPECT_EQ(thread.ed, 7u);
  EXPECT_TRUE(thread.dual());
}
TEST(Kret, UndoesADelivery) {
  Bench m;
  m.thread.kep = kBase;
  m.thread.ed = 5;
  m.dual();
  m.thread.sr |= status::kEventsEnabled | status::kWaiting;
  const Word sr = m.thread.sr;
  deliver(m.thread, {TrapKind::ECall, 1});
  m.run("kret");
  EXPECT_EQ(m.effect.kind, EffectKind::Branch);
  EXPECT_EQ(m.thread.pc, kCode);
  EXPECT_EQ(m.thread.sr, sr & ~status::kWaiting);
  EXPECT_EQ(m.thread.ed, 5u);
}
TEST(Kret, ToNowhereTraps) {
  Bench m;
  m.thread.spc = 2;
  m.thread.ssr = status::kEventsEnabled;
  m.run("kret");
  EXPECT_EQ(m.effect.trap.kind, TrapKind::IllegalPc);
  EXPECT_EQ(m.thread.sr, 0u);
}

TEST(KernelStack, IsEnteredAndLeft) {
  Bench m;
  m.thread.ksp = kStack;
  m[SP] = kBase + 0x400;
  m.run("kentsp 3");
  EXPECT_EQ(m[SP], kStack - 12);
  EXPECT_EQ(m.word(kStack), kBase + 0x400);
  m.thread.ksp = 0;
  m.run("krestsp 3");
  EXPECT_EQ(m.thread.ksp, kStack);
  EXPECT_EQ(m[SP], kBase + 0x400);
}
TEST(KernelStack, OutsideMemoryTraps) {
  auto m = run("kentsp 3", {{SP, 5}});
  EXPECT_EQ(m.effect.trap.kind, TrapKind::LoadStore);
  EXPECT_EQ(m[SP], 5u);
  auto back = run("krestsp 1", {{SP, 0}});
  EXPECT_EQ(back.effect.trap.data, 4u);
  EXPECT_EQ(back.thread.ksp, 0u);
}

} // namespace
} // namespace xs3::sim::test
