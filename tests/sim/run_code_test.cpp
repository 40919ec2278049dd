// Code as data: programs that write code, limits, loading.
#include "base/error.h"
#include "isa/decode.h"
#include "tests/sim/exec_bench.h"
#include "tests/sim/run_bench.h"

#include <gtest/gtest.h>

namespace xs3::sim::test {
namespace {

TEST(SelfModifyingCode, RunsAsWrittenAlsoAfterItHasRunBefore) {
  // Two rounds over "target": first ldc r5, 1, then what the store made of it, ldc r5, 2.
  const std::uint32_t two = isa::encode(instruction("ldc r5, 2"));
  RunBench bench(
      program({"loop:", "target:", "ldc r5, 1", "nop", "add r6, r6, r5", "st16 r1, r2[r3]",
               "sub r4, r4, 1", "bt r4, loop", "ldc r0, 0", "_DoSyscall:", "nop"}));
  bench.thread()[R1] = two;
  bench.thread()[R2] = bench.at("target");
  bench.thread()[R4] = 2;
  EXPECT_EQ(bench.run().kind, Outcome::Kind::Exit);
  EXPECT_EQ(bench[R6], 3u);
}

TEST(SelfModifyingCode, IsSeenByTheNextPacket) {
  // In dual issue the store overwrites the packet right behind it.
  const std::uint32_t packetWord = 0x17ff0000 | isa::encode(instruction("ldc r5, 9"));
  RunBench bench(program(
      {"dualentsp 0", "stw r1, r2[0]", "target:", "ldc r5, 1", "ldc r0, 0", "_DoSyscall:", "nop"}));
  bench.thread()[R1] = packetWord;
  bench.thread()[R2] = bench.at("target");
  bench.run();
  EXPECT_EQ(bench[R5], 9u);
}

TEST(SelfModifyingCode, ReachesALongInstructionByItsSecondHalf) {
  // ldc_lru6 at 254 modulo 256 lies in two of the cache's pages; only its upper half is written.
  std::vector<std::string> lines = {"bu start", "align 256"};
  for (int i = 0; i < 127; ++i)
    lines.emplace_back("nop");
  lines.insert(lines.end(),
               {"start:", "target:", "ldc_lru6 r5, 1000", "add r6, r6, r5", "st16 r1, r2[r3]",
                "sub r4, r4, 1", "bt r4, start", "ldc r0, 0", "_DoSyscall:", "nop"});
  RunBench bench(program(lines));
  ASSERT_EQ(bench.at("target") % 256, 254u);
  bench.thread()[R1] = isa::encode(instruction("ldc_lru6 r5, 1001")) >> 16;
  bench.thread()[R2] = bench.at("target");
  bench.thread()[R3] = 1; // The second halfword.
  bench.thread()[R4] = 2;
  bench.run();
  EXPECT_EQ(bench[R6], 2001u);
}

TEST(SelfModifyingCode, MaskedAndVectorStoresCount) {
  const std::uint32_t word = 0x17ff0000 | isa::encode(instruction("ldc r5, 9"));
  for (const char *store : {"vstr r2[0]", "vstrpv r2[0], r7"}) {
    RunBench bench(program({"dualentsp 0", "bu target", "align 32", "again:", "vldr r11[0]", store,
                            "target:", "ldc r5, 1", "{ sub r4, r4, 1 ; bt r4, -4 }", "ldc r0, 0",
                            "_DoSyscall:", "nop"}));
    // The store's eighth word falls onto the target.
    bench.thread()[R2] = bench.at("target") - 28;
    bench.thread()[R11] = kSram + 0x1000;
    for (Address i = 0; i < 7; ++i)
      bench.memory().write<Word>(kSram + 0x1000 + 4 * i,
                                 bench.memory().read<Word>(bench.at("target") - 28 + 4 * i));
    bench.memory().write<Word>(kSram + 0x1000 + 28, word);
    bench.thread()[R7] = 0xf0000000;
    bench.thread()[R4] = 1;
    bench.run();
    EXPECT_EQ(bench[R5], 9u) << store;
  }
}

TEST(Memory, ChangedBetweenRunsIsSeen) {
  RunBench bench(program({"loop:", "ldc r5, 1", "bu loop"}));
  bench.run({.packets = 10});
  bench.memory().write<std::uint16_t>(
      kSram, static_cast<std::uint16_t>(isa::encode(instruction("ldc r5, 3"))));
  bench.run({.packets = 20});
  EXPECT_EQ(bench[R5], 3u);
}

TEST(Limits, StopARunawayAtItsClock) {
  RunBench bench(program({"loop:", "bu loop"}));
  const Outcome outcome = bench.run({.cycles = 1003});
  EXPECT_EQ(outcome.kind, Outcome::Kind::Limit);
  EXPECT_EQ(bench.machine.cycle(), 1003u);
  EXPECT_EQ(bench.counters().slots(), 201u);
  EXPECT_NE(outcome.explanation.find("cycles"), std::string::npos);
}

TEST(ReferenceTime, CountsAHundredMegahertz) {
  // 600 MHz: the twelfth slot is clock 60, tick 10.
  RunBench bench(program({"nop", "nop", "nop", "nop", "nop", "nop", "nop", "nop", "nop", "nop",
                          "nop", "nop", "gettime r5", "ldc r0, 0", "_DoSyscall:", "nop"}));
  bench.run();
  EXPECT_EQ(bench[R5], 10u);
}

TEST(Load, RefusesWhatDoesNotFit) {
  assembler::Program large = program({"nop"});
  large.segments[0].memorySize = 1 << 20;
  Machine machine(smallMachine());
  EXPECT_THROW(machine.load(large), Error);
  EXPECT_THROW(machine.load(program({"nop"}), 1), Error) << "there is one tile";
}

TEST(Load, GivesResetState) {
  RunBench bench(program({"nop"}));
  EXPECT_EQ(bench.thread().pc, kSram);
  EXPECT_EQ(bench.thread().sr, 0u);
  EXPECT_EQ(bench.thread(1).activity, Activity::Free);
  EXPECT_EQ(bench.memory().read<Word>(kSram + 4096), 0u);
}

std::uint64_t executed(const Counters &counters, isa::Energy energy) {
  return counters.executed[static_cast<std::size_t>(energy)];
}

TEST(Counters, CountHalvesByDatapath) {
  RunBench bench(program({"dualentsp 0",                        // 1 ALU
                          "{ add r1, r1, 1 ; ldw r2, r10[0] }", // ALU and load
                          "{ nop ; ldw r2, r10[0] }", "{ nop ; nop }", "{ nop ; add r1, r1, 1 }",
                          "mul r3, r1, r1", "maccu r3, r4, r1, r1", "divu r3, r1, r1",
                          "fadd r3, r1, r1", "ldc r0, 0", "_DoSyscall:", "nop"}));
  bench.thread()[R10] = kSram;
  bench.run();
  const Counters &counters = bench.counters();
  EXPECT_EQ(counters.packets, 10u);
  EXPECT_EQ(counters.instructions, 10u) << "ten halves, the nops of pairs not counted";
  EXPECT_EQ(counters.dualSecond, 1u);
  EXPECT_EQ(executed(counters, isa::Energy::Mul32), 1u);
  EXPECT_EQ(executed(counters, isa::Energy::Macc64), 1u);
  EXPECT_EQ(executed(counters, isa::Energy::Divide), 1u);
  EXPECT_EQ(executed(counters, isa::Energy::FpuAdd), 1u);
  EXPECT_EQ(counters.dividerClocks, 32u);
}

TEST(Counters, CountAccessesByDirectionAndWidth) {
  RunBench bench(
      program({"dualentsp 0", "ldw r2, r10[0]", "ld8u r2, r10[r9]", "ldd r3, r2, sp[0]",
               "stw r2, r10[0]", "std r3, r2, sp[0]", "vldr r11[0]", "vstr r10[0]",
               "vstrpv r10[0], r8", "vstrpv r10[0], r9", "ldc r0, 0", "_DoSyscall:", "nop"}));
  bench.thread()[R10] = bench.thread()[SP] = bench.thread()[R11] = kSram + 0x1000;
  bench.thread()[R8] = 0x00ff00ff;
  bench.run();
  const AccessCounts &reads = bench.counters().reads, &writes = bench.counters().writes;
  EXPECT_EQ(reads.narrow, 2u);
  EXPECT_EQ(reads.pair, 1u);
  EXPECT_EQ(reads.vector, 1u);
  EXPECT_EQ(reads.bytes, 4u + 1 + 8 + 32);
  EXPECT_EQ(writes.narrow, 1u);
  EXPECT_EQ(writes.pair, 1u);
  EXPECT_EQ(writes.vector, 1u);
  EXPECT_EQ(writes.masked, 2u);
  EXPECT_EQ(writes.bytes, 4u + 8 + 32 + 16);
  EXPECT_EQ(writes.maskedCharge, 16u + kMaskedLeastBytes);
}

TEST(Counters, CountVectorMacsByTheWidthOfTheMode) {
  const auto mode = [](unsigned control) { return "ldc_lru6 r11, " + std::to_string(control); };
  RunBench bench(program(std::vector<std::string>{
      "dualentsp 0", mode(0x200), "vsetc r11", "vlmaccr r10[0]", "vlmaccr r10[0]", mode(0x100),
      "vsetc r11", "vlmacc r10[0]", "vlmaccr1 r10[0]", mode(0), "vsetc r11", "vlmul r10[0]",
      "vlmul r10[0]", "vlmul r10[0]", "ldc r0, 0", "_DoSyscall:", "nop"}));
  bench.thread()[R10] = kSram;
  bench.run();
  const Counters &counters = bench.counters();
  const auto macs = [&](MacWidth width) {
    return counters.vectorMacs[static_cast<std::size_t>(width)];
  };
  EXPECT_EQ(macs(MacWidth::Bits8), 2u);
  EXPECT_EQ(macs(MacWidth::Bits16), 1u);
  EXPECT_EQ(macs(MacWidth::Bits32), 3u);
  EXPECT_EQ(executed(counters, isa::Energy::VectorMac), 0u);
  EXPECT_EQ(executed(counters, isa::Energy::VectorMac1), 1u);
  EXPECT_EQ(executed(counters, isa::Energy::VectorControl), 3u);
}

/// Keeps what it is told.
class Recorder final : public Observer {
public:
  bool wantsEveryPacket() const override { return true; }
  void onIssue(const Machine &, const Event &event) override {
    events.push_back(event);
    cycles.push_back(event.cycle);
  }
  std::vector<Event> events;
  std::vector<Cycles> cycles;
};

TEST(Observer, IsToldEveryPacketWithItsFnopsAccessesAndBranches) {
  RunBench bench(program({"dualentsp 0", "bu start", "align 16", "start:", "ldw r3, r10[0]",
                          "stw r3, r10[1]", "ldw r3, r10[0]", "ldw r3, r10[0]", "ldw r3, r10[0]",
                          "ldc r0, 0", "_DoSyscall:", "nop"}));
  bench.thread()[R10] = kSram + 0x1000;
  Recorder recorder;
  bench.machine.addObserver(&recorder);
  bench.run();
  ASSERT_EQ(recorder.events.size(), 8u);
  EXPECT_TRUE(recorder.events[1].branchTaken);
  EXPECT_EQ(recorder.events[2].pc, bench.at("start"));
  EXPECT_EQ(recorder.events[3].accessAddress, kSram + 0x1004);
  EXPECT_EQ(recorder.events[3].accessBytes, 4);
  EXPECT_EQ(recorder.events[6].fnops, 1u) << "the fifth load";
  EXPECT_EQ(recorder.cycles[6] - recorder.cycles[5], 10u);
}

TEST(Observer, ChangesNothing) {
  const assembler::Program code =
      program({"dualentsp 0", "loop:", "add r1, r1, 1", "ldw r2, r10[0]", "bu loop"});
  RunBench plain(code), told(code);
  Recorder recorder;
  told.machine.addObserver(&recorder);
  for (RunBench *bench : {&plain, &told}) {
    bench->thread()[R10] = kSram;
    bench->run({.cycles = 5000});
  }
  EXPECT_EQ(told.thread().registers, plain.thread().registers);
  EXPECT_EQ(told.counters().slots(), plain.counters().slots());
  EXPECT_EQ(told.counters().fetches, plain.counters().fetches);
}

} // namespace
} // namespace xs3::sim::test
