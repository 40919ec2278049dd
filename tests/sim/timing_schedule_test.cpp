// Who has a turn: rates, round robin, priority.
#include "sim/timing/schedule.h"

#include <gtest/gtest.h>

#include <array>
#include <vector>

namespace xs3::sim {
namespace {

/// Slots of each thread over `clocks` clocks.
std::array<Slots, 8> slotsOf(Schedule schedule, Cycles clocks) {
  std::array<Slots, 8> slots{};
  for (Cycles now = 0; now < clocks; ++now)
    if (const unsigned thread = schedule.pick(now); thread != Schedule::kNobody) {
      schedule.used(thread, now);
      ++slots[thread];
    }
  return slots;
}

Schedule withThreads(unsigned count, unsigned urgent = 0) {
  Schedule schedule(5);
  for (unsigned thread = 0; thread < count; ++thread) {
    schedule.setRunning(thread, true);
    schedule.setHighPriority(thread, thread < urgent);
  }
  return schedule;
}

TEST(Schedule, GivesAFifthToFiveThreadsAndEqualSharesToMore) {
  constexpr Cycles kClocks = 840'000;
  for (unsigned count = 1; count <= 8; ++count) {
    const auto slots = slotsOf(withThreads(count), kClocks);
    for (unsigned thread = 0; thread < count; ++thread)
      EXPECT_EQ(slots[thread], kClocks / std::max(count, 5U)) << count << " threads";
  }
}

TEST(Schedule, IssuesEightThreadsOnConsecutiveClocks) {
  Schedule schedule = withThreads(8);
  for (Cycles now = 0; now < 24; ++now) {
    EXPECT_EQ(schedule.pick(now), now % 8);
    schedule.used(static_cast<unsigned>(now % 8), now);
  }
}

TEST(Schedule, PriorityThreadKeepsItsFifth) {
  // The published example: 600 MHz, one urgent thread and seven others, 68.6 MHz for each of these.
  const auto slots = slotsOf(withThreads(8, 1), 3'500'000);
  EXPECT_EQ(slots[0], 700'000u);
  for (unsigned thread = 1; thread < 8; ++thread)
    EXPECT_EQ(slots[thread], 400'000u) << thread; // 600 MHz * 0.8 / 7 = 68.57 MHz
}

TEST(Schedule, TwoPriorityThreadsLeaveThreeFifths) {
  const auto slots = slotsOf(withThreads(8, 2), 3'000'000);
  EXPECT_EQ(slots[0], 600'000u);
  EXPECT_EQ(slots[1], 600'000u);
  EXPECT_EQ(slots[7], 300'000u);
}

TEST(Schedule, LeavesClocksEmptyForFewThreads) {
  Schedule schedule = withThreads(2);
  std::vector<unsigned> picked;
  for (Cycles now = 0; now < 7; ++now) {
    picked.push_back(schedule.pick(now));
    if (picked.back() != Schedule::kNobody)
      schedule.used(picked.back(), now);
  }
  constexpr unsigned kEmpty = Schedule::kNobody;
  EXPECT_EQ(picked, (std::vector<unsigned>{0, 1, kEmpty, kEmpty, kEmpty, 0, 1}));
}

TEST(Schedule, NextTurnJumpsToTheFirstFreePipeline) {
  Schedule schedule = withThreads(2);
  schedule.used(0, 10);
  schedule.used(1, 11);
  EXPECT_EQ(schedule.nextTurn(12), 15u);
  EXPECT_EQ(schedule.nextTurn(16), 16u);
}

TEST(Schedule, ADeeperPipelineSpacesTurnsFurther) {
  Schedule schedule(8);
  schedule.setRunning(3, true);
  EXPECT_EQ(slotsOf(schedule, 800)[3], 100u);
}

} // namespace
} // namespace xs3::sim
