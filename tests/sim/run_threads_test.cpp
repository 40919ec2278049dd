// Several threads and tiles in clock order: rates, priority, the shared divider, deadlock. Threads
// are put into their running state directly.
#include "tests/sim/run_bench.h"

#include <gtest/gtest.h>

namespace xs3::sim::test {
namespace {

/// A loop that counts its rounds in r1; four packets.
const std::vector<std::string> kCounting = {
    "dualentsp 0",   "align 16",      "loop:",  "add r1, r1, 1",
    "add r2, r2, 1", "add r3, r3, 1", "bu loop"};

void startThreads(Machine &machine, unsigned tile, const assembler::Program &program,
                  unsigned count, Word sr = 0) {
  for (unsigned id = 0; id < count; ++id) {
    Thread &thread = machine.tile(tile).threads[id];
    thread.pc = program.entry;
    thread.activity = Activity::Running;
    thread.sr = sr;
  }
}

TEST(Threads, GetAFifthEachUpToFiveAndEqualSharesBeyond) {
  const assembler::Program code = program(kCounting);
  for (unsigned count = 1; count <= 8; ++count) {
    RunBench bench(code);
    startThreads(bench.machine, 0, code, count);
    constexpr Cycles kClocks = 84'000;
    const Outcome outcome = bench.run({.cycles = kClocks});
    EXPECT_EQ(outcome.kind, Outcome::Kind::Limit);
    EXPECT_EQ(bench.machine.cycle(), kClocks);
    Slots all = 0;
    for (unsigned id = 0; id < count; ++id) {
      EXPECT_EQ(bench.counters(id).slots(), kClocks / std::max(count, 5U)) << count << " threads";
      all += bench.counters(id).slots();
    }
    EXPECT_EQ(bench.machine.idleCycles(0), kClocks - all);
  }
}

TEST(Threads, SixteenOnTwoTilesKeepTheirRateOverAMillionClocks) {
  const assembler::Program code = program(kCounting);
  Machine machine(loadMachine());
  for (unsigned tile = 0; tile < 2; ++tile) {
    machine.load(code, tile);
    startThreads(machine, tile, code, 8);
  }
  machine.run({.cycles = 1'000'000});
  for (unsigned tile = 0; tile < 2; ++tile)
    for (unsigned id = 0; id < 8; ++id)
      EXPECT_EQ(machine.counters(tile, id).slots(), 125'000u) << tile << " " << id;
}

TEST(Threads, TilesShareAClockButNoSlots) {
  // One thread here, seven there, one of them alone for a while: each tile keeps its own rates.
  const assembler::Program code = program(kCounting);
  for (const unsigned first : {0U, 1U}) {
    Machine machine(loadMachine());
    const unsigned second = 1 - first;
    machine.load(code, first);
    machine.load(code, second);
    startThreads(machine, second, code, 7);
    machine.run({.cycles = 70'000});
    EXPECT_EQ(machine.counters(first, 0).slots(), 14'000u);
    for (unsigned id = 0; id < 7; ++id)
      EXPECT_EQ(machine.counters(second, id).slots(), 10'000u) << id;
    EXPECT_EQ(machine.idleCycles(second), 0u);
    EXPECT_EQ(machine.idleCycles(first), 56'000u);
  }
}

TEST(Threads, PriorityThreadKeepsItsFifth) {
  // The published example: one urgent and seven normal threads at 600 MHz, 68.6 MHz for each of the
  // seven.
  const assembler::Program code = program(kCounting);
  RunBench bench(code);
  startThreads(bench.machine, 0, code, 8);
  bench.thread(0).sr = status::kHighPriority;
  bench.run({.cycles = 3'500'000});
  EXPECT_EQ(bench.counters(0).slots(), 700'000u);
  for (unsigned id = 1; id < 8; ++id)
    EXPECT_NEAR(static_cast<double>(bench.counters(id).slots()), 400'000, 1) << id;
}

TEST(Threads, ResultsDoNotDependOnCompany) {
  const assembler::Program code = program(kCounting);
  RunBench alone(code);
  alone.run({.cycles = 5 * 4001});
  RunBench together(code);
  startThreads(together.machine, 0, code, 5);
  together.run({.cycles = 5 * 4001});
  for (unsigned id = 0; id < 5; ++id)
    EXPECT_EQ(together.thread(id).registers, alone.thread().registers) << id;
}

TEST(Threads, ShareTheDivider) {
  // Two threads divide at clocks 5 and 6: the unit is theirs until 37 and 69.
  const assembler::Program code = program({"ldc_lru6 r1, 7", "divu r0, r1, r1", "nop", "bu -1"});
  RunBench bench(code);
  startThreads(bench.machine, 0, code, 2);
  bench.run({.cycles = 120});
  EXPECT_EQ(bench.counters(0).dividerClocks, 32u);
  // Rounded up to their slots they go on at 40 and at 71.
  EXPECT_EQ(bench.counters(0).stallSlots, 6u);
  EXPECT_EQ(bench.counters(1).stallSlots, 12u);
}

TEST(Threads, NobodyLeftIsADeadlockThatNamesTheWaiting) {
  RunBench bench(program(kCounting));
  bench.thread().activity = Activity::Waiting;
  const Outcome outcome = bench.run();
  EXPECT_EQ(outcome.kind, Outcome::Kind::Deadlock);
  EXPECT_NE(outcome.explanation.find("thread 0 at 0x00080000"), std::string::npos)
      << outcome.explanation;
}

TEST(Threads, ARunMayBeContinuedAfterALimit) {
  const assembler::Program code = program(kCounting);
  RunBench once(code), twice(code);
  startThreads(once.machine, 0, code, 3);
  startThreads(twice.machine, 0, code, 3);
  once.run({.cycles = 10'000});
  for (Cycles limit = 7; limit <= 10'000; limit += 9)
    twice.run({.cycles = limit});
  twice.run({.cycles = 10'000});
  EXPECT_EQ(twice.machine.cycle(), once.machine.cycle());
  for (unsigned id = 0; id < 3; ++id) {
    EXPECT_EQ(twice.thread(id).registers, once.thread(id).registers);
    EXPECT_EQ(twice.counters(id).slots(), once.counters(id).slots());
  }
}

TEST(Threads, PacketLimitCountsAllThreads) {
  const assembler::Program code = program(kCounting);
  RunBench bench(code);
  startThreads(bench.machine, 0, code, 4);
  EXPECT_EQ(bench.run({.packets = 1001}).kind, Outcome::Kind::Limit);
  Slots all = 0;
  for (unsigned id = 0; id < 4; ++id)
    all += bench.counters(id).packets;
  EXPECT_EQ(all, 1001u);
}

} // namespace
} // namespace xs3::sim::test
