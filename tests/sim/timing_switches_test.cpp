// The switches of the timing model: what-if keys, rules that can be turned off, the shared divider.
#include "tests/sim/timing_sequence.h"

#include <gtest/gtest.h>

namespace xs3::sim::test {
namespace {

TEST(FetchRule, LoadedBranchCostsAnFnopUnlessSwitchedOff) {
  Cost cost = defaultCost();
  Walker pays(cost, 0);
  pays.issue('r', 4, true, 100);
  pays.walk("m");
  EXPECT_EQ(pays.spent().slots(), 3u);
  cost.fetchLoadedBranchFnop = false;
  Walker free(cost, 0);
  free.issue('r', 4, true, 100);
  free.walk("m");
  EXPECT_EQ(free.spent().slots(), 2u);
}

TEST(FetchRule, StraddlingInstructionCostsAnFnopUnlessSwitchedOff) {
  // Seven short loads leave two bytes; the long one reaches over the end of the line.
  Cost cost = defaultCost();
  for (const bool on : {true, false}) {
    cost.fetchStraddleFnop = on;
    Walker walker(cost, 0);
    for (int i = 0; i < 7; ++i)
      walker.issue('m', 2);
    walker.issue('m', 4);
    EXPECT_EQ(walker.spent().fnops, on ? 1u : 0u);
    EXPECT_EQ(walker.spent().lines, 1u) << "the line is fetched either way";
  }
}

TEST(FetchRule, CountsLinesOfPrefetchFnopAndTarget) {
  Walker walker(defaultCost(), 0);
  walker.walk("n");                // prefetch
  walker.walk("mmmmmmm");          // 32 bytes are used up
  walker.walk("m");                // FNOP
  walker.issue('b', 4, true, 256); // target
  EXPECT_EQ(walker.spent().lines, 3u);
  EXPECT_EQ(walker.spent().fnops, 1u);
}

TEST(WhatIf, LongerLinesHoldLongerLoops) {
  // Sixteen loads in lines of 32 bytes: two lines, one FNOP; in lines of 64 none.
  Cost cost = defaultCost();
  for (const auto &[bytes, fnops] : {std::pair{16U, 3U}, {32U, 1U}, {64U, 0U}}) {
    cost.fetchLineBytes = bytes;
    Walker walker(cost, 0);
    walker.walk(std::string(16, 'm'));
    EXPECT_EQ(walker.spent().fnops, fnops) << bytes;
  }
}

TEST(WhatIf, LongerLinesPrefetchWhenOneLineIsLeft) {
  Cost cost = defaultCost();
  cost.fetchLineBytes = 32;
  Walker walker(cost, 0);
  walker.walk("n"); // 32 left: 32 more, 4 used
  EXPECT_EQ(walker.spent().lines, 1u);
  walker.walk("n"); // 60 left: full
  EXPECT_EQ(walker.spent().lines, 1u);
}

TEST(WhatIf, LoopBufferEndsTheFnopsOfALoopThatFits) {
  // 17 m and a branch: 72 bytes, five lines. Today 4 FNOPs a round; with 128 bytes kept none.
  Cost cost = defaultCost();
  const std::string loop = std::string(17, 'm') + "b";
  const auto rounds = [&](unsigned times) {
    Walker walker(cost, 0);
    walker.loop(loop, times);
    return walker.spent();
  };
  EXPECT_EQ(rounds(5).fnops - rounds(4).fnops, 4u);
  cost.fetchLoopBytes = 128;
  EXPECT_EQ(rounds(5).fnops - rounds(4).fnops, 0u);
  EXPECT_EQ(rounds(5).lines - rounds(4).lines, 0u) << "kept lines are not fetched again";
  cost.fetchLoopBytes = 64; // One line too few: first in, first out drops each before its use.
  EXPECT_EQ(rounds(5).fnops - rounds(4).fnops, 4u);
}

TEST(WhatIf, SecondPortLetsDataPacketsPrefetch) {
  Cost cost = defaultCost();
  cost.memoryPorts = 2;
  Walker walker(cost, 0);
  walker.walk(std::string(48, 'm'));
  EXPECT_EQ(walker.spent().fnops, 0u);
  Walker branches(cost, 0); // Branches still do not.
  branches.walk("bbbbb");
  EXPECT_EQ(branches.spent().fnops, 1u);
}

TEST(WhatIf, SramWaitHoldsAccessesAndAwaitedLines) {
  Cost cost = defaultCost();
  cost.sramWait = 2;
  Walker walker(cost, 0);
  walker.walk("mmmm");            // 4 accesses
  walker.walk("n");               // behind an FNOP; its prefetch is not waited for
  walker.issue('b', 4, true, 64); // a target's line
  walker.walk("n");
  EXPECT_EQ(walker.spent().stalls, 2u * (4 + 1 + 1));
  EXPECT_EQ(walker.spent().packets, 7u);
}

TEST(Divider, HoldsALoneThreadForThirtyTwoClocks) {
  // Issued at clock 0, busy to 32: the slots at 5, 10, ..., 30 pass, the next packet goes at 35.
  Walker walker(defaultCost(), 0);
  walker.issue('n', 4, false, 0, isa::Cost::Divide);
  walker.issue('n', 4);
  EXPECT_EQ(walker.spent().stalls, 6u);
  EXPECT_EQ(walker.spent().slots(), 8u);
}

TEST(Divider, InSlotsHoldsTheThreadForThirtyTwo) {
  Cost cost = defaultCost();
  cost.divideUnit = DivideUnit::Slots;
  Walker walker(cost, 0);
  walker.issue('n', 4, false, 0, isa::Cost::Divide);
  walker.issue('n', 4);
  EXPECT_EQ(walker.spent().slots(), 33u);
}

/// Clocks at which a thread that asks at each of its slots goes on after a divide.
Cycles goesOnAt(Timing &timing, unsigned thread, Cycles firstSlot, Cycles period) {
  Cycles now = firstSlot;
  while (timing.stalled(thread, now))
    now += period;
  return now;
}

TEST(Divider, ServesThreadsInTheOrderOfAsking) {
  Timing timing(defaultCost());
  std::uint64_t lines = 0;
  const IssuedPacket divide{0, 4, isa::Port::Free, isa::Cost::Divide, false, 4};
  for (unsigned thread = 0; thread < 3; ++thread) {
    timing.entered(thread, 0);
    timing.issued(thread, thread, divide, lines); // clocks 0, 1, 2
  }
  // Busy to 32, 64 and 96; five threads' slots lie five clocks apart.
  EXPECT_EQ(goesOnAt(timing, 0, 5, 5), 35u);
  EXPECT_EQ(goesOnAt(timing, 1, 6, 5), 66u);
  EXPECT_EQ(goesOnAt(timing, 2, 7, 5), 97u);
}

TEST(TrapEntry, CostsItsSlotsAndFetchesTheHandler) {
  Cost cost = defaultCost();
  cost.trapEntrySlots = 3;
  Timing timing(cost);
  timing.entered(0, 0);
  std::uint64_t lines = 0;
  timing.trapped(0, 0x80, lines);
  EXPECT_EQ(lines, 1u);
  EXPECT_EQ(goesOnAt(timing, 0, 5, 5), 15u) << "its own slot and two more";
  EXPECT_FALSE(timing.needsFetch(0, 0x80, 4, lines));
}

} // namespace
} // namespace xs3::sim::test
