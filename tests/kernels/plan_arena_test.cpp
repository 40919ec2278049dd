// The memory plan: nothing that lives together overlaps, and the floor is reached.
#include "kernels/compiler/lower/arena.h"
#include "kernels/compiler/lower/arrange.h"

#include <gtest/gtest.h>

#include <random>

namespace xs3::compiler {
namespace {

/// The plain definition: step by step, byte ranges of living buffers are pairwise apart.
void expectNothingOverlaps(std::span<const Buffer> buffers, const Arrangement &arrangement,
                           std::uint32_t alignment) {
  for (std::size_t a = 0; a < buffers.size(); ++a) {
    EXPECT_EQ(arrangement.offsets[a] % alignment, 0u);
    EXPECT_LE(arrangement.offsets[a] + buffers[a].bytes, arrangement.bytes);
    for (std::size_t b = 0; b < a; ++b)
      for (std::int32_t step = buffers[a].first; step <= buffers[a].last; ++step)
        if (buffers[b].first <= step && step <= buffers[b].last) {
          const bool apart = arrangement.offsets[a] + buffers[a].bytes <= arrangement.offsets[b] ||
                             arrangement.offsets[b] + buffers[b].bytes <= arrangement.offsets[a];
          ASSERT_TRUE(apart) << "buffers " << a << " and " << b << " at step " << step;
        }
  }
}

std::vector<Buffer> randomBuffers(std::mt19937 &random) {
  const auto number = [&](int low, int high) {
    return std::uniform_int_distribution<int>(low, high)(random);
  };
  std::vector<Buffer> buffers(static_cast<std::size_t>(number(1, 40)));
  for (Buffer &buffer : buffers) {
    buffer.bytes = static_cast<std::uint64_t>(number(0, 3) == 0 ? number(1, 5000) : number(1, 90));
    buffer.first = number(-1, 30);
    buffer.last = buffer.first + number(0, number(0, 12));
  }
  return buffers;
}

TEST(PlanArena, RandomLifetimesNeverOverlap) {
  const unsigned seed = std::random_device()();
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937 random(seed);
  std::uint64_t floors = 0, totals = 0;
  for (int round = 0; round < 500; ++round) {
    const std::vector<Buffer> buffers = randomBuffers(random);
    const Arrangement arrangement = arrange(buffers, 8);
    expectNothingOverlaps(buffers, arrangement, 8);
    ASSERT_GE(arrangement.bytes, liveFloor(buffers, 8));
    floors += liveFloor(buffers, 8);
    totals += arrangement.bytes;
  }
  EXPECT_LT(static_cast<double>(totals), 1.02 * static_cast<double>(floors));
}

TEST(PlanArena, TheFloorIsTheFullestStep) {
  // given: 8 + 16 live together at step 1, 16 + 24 at step 3
  const std::vector<Buffer> buffers = {{5, 0, 1}, {16, 1, 3}, {20, 3, 4}};
  EXPECT_EQ(liveFloor(buffers, 8), 40u);
  EXPECT_EQ(arrange(buffers, 8).bytes, 40u);
}

TEST(PlanArena, AGapIsFoundWhereFirstComeFirstServedFailsToFit) {
  // given: in order of time, C would be pushed above B although A's place is free by then
  const std::vector<Buffer> buffers = {{100, 0, 1}, {50, 0, 3}, {140, 2, 3}, {10, 1, 2}};
  EXPECT_EQ(arrange(buffers, 1).bytes, liveFloor(buffers, 1));
}

// Tensors 0 .. 4: an input, two branches of it, their sum, an alias of the sum.
const std::vector<std::uint64_t> kBytes = {64, 64, 32, 64, 64};

TEST(PlanArena, AnAliasSharesItsPlaceAndKeepsItAlive) {
  // given: 4 = reshape(0), read by the last step
  const std::vector<TensorUse> uses = {{{0}, 4, 0, {}}, {{0}, 1, {}, {}}, {{1, 4}, 3, {}, {}}};
  const Arena arena = planArena(kBytes, uses, std::vector{0}, std::vector{3});
  EXPECT_EQ(arena.offsets[0], arena.offsets[4]);
  EXPECT_NE(arena.offsets[1], arena.offsets[4]);
  EXPECT_EQ(arena.offsets[2], std::nullopt) << "nobody uses tensor 2";
  EXPECT_EQ(arena.bytes, 3 * 64u);
}

TEST(PlanArena, AnOperatorTakesOverTheFirstInputThatNobodyNeedsAnyMore) {
  const std::vector<TensorUse> uses = {{{0}, 1, {}, {}}, {{0, 1}, 3, {}, {0, 1}}};
  const Arena arena = planArena(kBytes, uses, std::vector{0}, std::vector{3});
  EXPECT_EQ(arena.offsets[3], arena.offsets[0]);
  EXPECT_EQ(arena.bytes, 2 * 64u);
}

TEST(PlanArena, AnInputThatIsStillNeededIsNotTakenOver) {
  // given: 0 is an output as well; 1 is read once more
  const std::vector<TensorUse> uses = {
      {{0}, 1, {}, {}}, {{0, 1}, 3, {}, {0, 1}}, {{1, 3}, 4, {}, {}}};
  const Arena arena = planArena(kBytes, uses, std::vector{0}, std::vector{0, 4});
  EXPECT_NE(arena.offsets[3], arena.offsets[0]);
  EXPECT_NE(arena.offsets[3], arena.offsets[1]);
}

TEST(PlanArena, AnAliasThatIsStillNeededProtectsItsInput) {
  // given: 4 = reshape(1), and 1 itself is not read after the step that could work in place
  const std::vector<TensorUse> uses = {
      {{0}, 1, {}, {}}, {{1}, 4, 1, {}}, {{1}, 3, {}, {1}}, {{3, 4}, 2, {}, {}}};
  const Arena arena = planArena(kBytes, uses, std::vector{0}, std::vector{2});
  EXPECT_NE(arena.offsets[3], arena.offsets[1]);
}

/// A chain 0 -> 1 -> 2 -> 3, each read by the next operator only.
std::vector<TensorUse> chain() {
  std::vector<TensorUse> uses(3);
  for (std::int32_t i = 0; i < 3; ++i) {
    uses[static_cast<std::size_t>(i)].reads = {i};
    uses[static_cast<std::size_t>(i)].writes = i + 1;
  }
  return uses;
}

TEST(Arena, TheLargestTensorOfTheFullestMomentGoesToExternalMemory) {
  const std::vector<std::uint64_t> bytes = {100, 800, 400, 80};
  const std::vector<std::int32_t> in{0}, out{3};
  const auto external = [&](std::uint64_t most) {
    return planArena(bytes, chain(), in, out, most).isExternal;
  };
  EXPECT_EQ(external(1200), (std::vector<bool>{false, false, false, false}));
  EXPECT_EQ(external(1199), (std::vector<bool>{false, true, false, false}));
  EXPECT_EQ(external(480), (std::vector<bool>{false, true, false, false}));
  EXPECT_EQ(external(479), (std::vector<bool>{false, true, true, false}));
  EXPECT_EQ(external(0), (std::vector<bool>{true, true, true, true}));
  const Arena arena = planArena(bytes, chain(), in, out, 1199);
  EXPECT_EQ(arena.bytes, 480u);
  EXPECT_EQ(arena.externalBytes, 800u);
}

TEST(Arena, WhatSharesAPlaceStaysTogether) {
  std::vector<TensorUse> uses = chain();
  uses[1].alias = 1;
  const std::vector<std::uint64_t> bytes = {100, 800, 800, 80};
  const std::vector<std::int32_t> in{0}, out{3};
  const Arena arena = planArena(bytes, uses, in, out, 500);
  EXPECT_TRUE(arena.isExternal[1]);
  EXPECT_TRUE(arena.isExternal[2]);
  EXPECT_EQ(arena.offsets[1], arena.offsets[2]);
  EXPECT_EQ(arena.externalBytes, 800u);
}

} // namespace
} // namespace xs3::compiler
