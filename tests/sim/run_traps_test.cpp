// What a program can do wrong, who is told, and what a person reads.
#include "sim/run/trap_report.h"
#include "tests/sim/run_bench.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace xs3::sim::test {
namespace {

using testing::HasSubstr;

struct Wrong {
  const char *name;
  std::vector<std::string> code;
  TrapKind kind;
  Word data;
  const char *sentence;
};

std::ostream &operator<<(std::ostream &out, const Wrong &wrong) { return out << wrong.name; }

class WrongProgram : public testing::TestWithParam<Wrong> {};

TEST_P(WrongProgram, EndsWithItsTrapAndASentence) {
  const Wrong &wrong = GetParam();
  std::vector<std::string> code = wrong.code;
  RunBench bench(program(code));
  bench.thread()[R10] = kSram;
  const Outcome outcome = bench.run();
  ASSERT_EQ(outcome.kind, Outcome::Kind::Trap);
  EXPECT_EQ(outcome.trap.kind, wrong.kind);
  EXPECT_EQ(outcome.trap.data, wrong.data);
  EXPECT_EQ(outcome.pc, bench.at("here"));
  EXPECT_THAT(trapReport(bench.machine, bench.program, outcome), HasSubstr(wrong.sentence));
}

INSTANTIATE_TEST_SUITE_P(
    All, WrongProgram,
    testing::Values(
        Wrong{"misaligned",
              {"ldc r1, 2", "add r10, r10, r1", "here:", "ldw r0, r10[0]"},
              TrapKind::LoadStore,
              kSram + 2,
              "misaligned"},
        Wrong{"leavesMemory",
              {"ldc r1, 0", "here:", "stw r0, r1[0]"},
              TrapKind::LoadStore,
              0,
              "where there is no memory"},
        Wrong{"intoData",
              {"here:", ".word 4294967295"},
              TrapKind::IllegalInstruction,
              0,
              "a jump into data"},
        Wrong{"division",
              {"ldc r1, 0", "here:", "divu r0, r1, r1"},
              TrapKind::Arithmetic,
              0,
              "divided by zero"},
        Wrong{"nowhere",
              {"ldc r1, 32", "here:", "bau r1"},
              TrapKind::IllegalPc,
              32,
              "jumped to 0x00000020, where there is no memory"},
        Wrong{"check", {"ldc r1, 0", "here:", "ecallf r1"}, TrapKind::ECall, 0, "check"},
        Wrong{"kernel", {"here:", "kcall 21"}, TrapKind::KernelCall, 21, "kernel call 21"}));

TEST(Traps, ARunOffTheEndOfMemoryIsAnIllegalPc) {
  // Nops to the last halfword of SRAM.
  RunBench bench(program({"nop"}));
  for (Address at = kSram; at < kSram + 16384; at += 2)
    bench.memory().write<std::uint16_t>(at, 0x17ff);
  const Outcome outcome = bench.run();
  EXPECT_EQ(outcome.kind, Outcome::Kind::Trap);
  EXPECT_EQ(outcome.trap.kind, TrapKind::IllegalPc);
  EXPECT_EQ(outcome.trap.data, kSram + 16384);
}

/// A program whose handler, which r11 names, puts et, ed and spc into r4..r6 and ends with
/// status 9.
const std::vector<std::string> kWithHandler = {"set kep, r11", "ldc r1, 2",
                                               "here:",        "ldw r0, r1[0]",
                                               "nop",          "align 128",
                                               "get r11, et",  "add r4, r11, 0",
                                               "get r11, ed",  "add r5, r11, 0",
                                               "ldc r0, 0",    "ldc r1, 9",
                                               "_DoSyscall:",  "nop"};

TEST(Traps, AreDeliveredToTheHandlerThatKepNames) {
  RunBench bench(program(kWithHandler));
  bench.thread()[R11] = kSram + 128;
  const Outcome outcome = bench.run();
  EXPECT_EQ(outcome.kind, Outcome::Kind::Exit);
  EXPECT_EQ(outcome.status, 9);
  EXPECT_EQ(bench[R4], 5u);
  EXPECT_EQ(bench[R5], 2u);
  EXPECT_EQ(bench.thread().spc, bench.at("here"));
  EXPECT_EQ(bench.thread().sr & status::kInKernel, status::kInKernel);
}

TEST(Traps, EntryCostsItsSlotAndTheHandlersFetchIsThatOfABranch) {
  for (const unsigned entrySlots : {1U, 3U}) {
    MachineDescription machine = smallMachine();
    machine.cost.trapEntrySlots = entrySlots;
    RunBench bench(program({"set kep, r11", "ldc r1, 2", "ldw r0, r1[0]", "nop", "align 128",
                            "ldw r4, r10[0]", "ldw r4, r10[0]", "ldw r4, r10[0]", "ldw r4, r10[0]",
                            "ldw r4, r10[0]", "ldw r4, r10[0]", "ldw r4, r10[0]", "ldw r4, r10[0]",
                            "ldc r0, 0", "_DoSyscall:", "nop"}),
                   machine);
    bench.thread()[R11] = kSram + 128;
    bench.thread()[R10] = kSram;
    bench.run();
    // Three packets and the trap's further slots, eight loads of one line, an FNOP, one packet.
    EXPECT_EQ(bench.counters().packets, 12u);
    EXPECT_EQ(bench.counters().fnops, 1u);
    EXPECT_EQ(bench.counters().stallSlots, entrySlots - 1);
    EXPECT_EQ(bench.machine.cycle(), 5 * (12 + 1 + entrySlots - 1));
  }
}

TEST(Traps, HandedOverAtDoExceptionEndTheRunAsTraps) {
  std::vector<std::string> lines(kWithHandler.begin(), kWithHandler.begin() + 6);
  lines.insert(lines.end(), {"entsp 0", "_DoException:", "nop"});
  RunBench bench(program(lines));
  bench.thread()[R11] = kSram + 128;
  const Outcome outcome = bench.run();
  ASSERT_EQ(outcome.kind, Outcome::Kind::Trap);
  EXPECT_EQ(outcome.trap.kind, TrapKind::LoadStore);
  EXPECT_EQ(outcome.trap.data, 2u);
  EXPECT_EQ(outcome.pc, bench.at("here"));
  EXPECT_THAT(trapReport(bench.machine, bench.program, outcome), HasSubstr("ldw r0, r1[0]"));
}

TEST(Traps, LeaveRegistersAndMemoryOfTheirPacketAlone) {
  RunBench bench(program(
      {"dualentsp 0", "ldc r1, 2", "ldc r2, 7", "here:", "{ add r2, r2, 1 ; ldw r0, r1[0] }"}));
  bench.run();
  EXPECT_EQ(bench[R2], 7u);
}

TEST(Traps, AreReportedWithPlaceRegistersAndCode) {
  RunBench bench(program({"dualentsp 0", "bl function", "nop", "nop", "function:", "ldc r1, 2",
                          "here:", "{ add r2, r2, 1 ; ldw r0, r1[0] }", "sub r0, r0, 1"}));
  const Outcome outcome = bench.run();
  const std::string report = trapReport(bench.machine, bench.program, outcome);
  EXPECT_THAT(report, HasSubstr("0x00000002"));
  EXPECT_THAT(report, HasSubstr("at here (0x"));
  EXPECT_THAT(report, HasSubstr("tile 0 thread 0"));
  EXPECT_THAT(report, HasSubstr("lr holds"));
  EXPECT_THAT(report, HasSubstr("dual issue"));
  EXPECT_THAT(report, HasSubstr("-> 0x"));
  EXPECT_THAT(report, HasSubstr("{ add r2, r2, 1 ; ldw r0, r1[0] }"));
  EXPECT_THAT(report, HasSubstr("vctrl"));
}

TEST(Traps, InSingleIssueTheReportDecodesFromTheSymbolOn) {
  RunBench bench(program({"ldc r1, 2", "ldc_lru6 r3, 1000", "add r2, r2, 1",
                          "here:", "ldw r0, r1[0]", "sub r0, r0, 1"}));
  const Outcome outcome = bench.run();
  const std::string report = trapReport(bench.machine, bench.program, outcome);
  EXPECT_THAT(report, HasSubstr("-> 0x00080008"));
}

TEST(Unimplemented, InstructionsStopLoudlyWithNameAndAddress) {
  RunBench bench(program({"nop", "here:", "dcall"}));
  const Outcome outcome = bench.run();
  EXPECT_EQ(outcome.kind, Outcome::Kind::Unimplemented);
  EXPECT_EQ(outcome.pc, bench.at("here"));
  EXPECT_THAT(outcome.explanation, HasSubstr("dcall"));
  EXPECT_THAT(outcome.explanation, HasSubstr("0x00080002"));
}

TEST(Unspecified, BehaviourStopsTheRunWithAnExplanation) {
  // Complex multiplication of bytes.
  RunBench bench(program({"dualentsp 0", "ldc_lru6 r11, 512", "vsetc r11", "here:", "vcmr"}));
  const Outcome outcome = bench.run();
  EXPECT_EQ(outcome.kind, Outcome::Kind::Unspecified);
  EXPECT_EQ(outcome.pc, bench.at("here"));
  EXPECT_FALSE(outcome.explanation.empty());
}

} // namespace
} // namespace xs3::sim::test
