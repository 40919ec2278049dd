// The fetch rules against published counts, and against a direct transcription of the rule text.
#include "tests/sim/timing_sequence.h"
#include "tests/sim/timing_transcription.h"

#include <gtest/gtest.h>

#include <random>

namespace xs3::sim::test {
namespace {

/// Slots per iteration of a loop in steady state, its first packet at `start` mod 16.
Slots slotsPerIteration(std::string_view kinds, Address start, Cost cost = defaultCost()) {
  Walker walker(cost, start);
  walker.loop(kinds, 3);
  const Slots three = walker.spent().slots();
  Walker longer(cost, start);
  longer.loop(kinds, 4);
  return longer.spent().slots() - three;
}

TEST(PublishedCounts, V1Lookup) {
  EXPECT_EQ(slotsPerIteration(std::string(48, 'm') + "b", 0), 61u);
}
TEST(PublishedCounts, V2Memcpy) { EXPECT_EQ(slotsPerIteration("mmb", 0), 3u); }
TEST(PublishedCounts, V3Requantize) { EXPECT_EQ(slotsPerIteration("mnmb", 0), 4u); }
TEST(PublishedCounts, V4SquareRoot) {
  EXPECT_EQ(slotsPerIteration("mmmmmmnnmmmb", 0), 13u);
  Walker walker(defaultCost(), 0);
  walker.walk("mmmm");
  EXPECT_EQ(walker.spent().fnops, 0u);
  walker.walk("m"); // "1 FNOP" before the fifth
  EXPECT_EQ(walker.spent().fnops, 1u);
}
TEST(PublishedCounts, V5DependsOnAlignment) {
  const std::string loop = "mmnnmmmmmmnnmmmnnmmmmnnmmmnnmmb";
  ASSERT_EQ(loop.size(), 31u);
  EXPECT_EQ(slotsPerIteration(loop, 4), 31u);
  EXPECT_EQ(slotsPerIteration(loop, 0), 32u);
  EXPECT_EQ(slotsPerIteration(loop, 8), 33u);
  EXPECT_EQ(slotsPerIteration(loop, 12), 34u);
}
TEST(PublishedCounts, V6MipsCounter) { EXPECT_EQ(slotsPerIteration("nnnnnmmb", 0), 8u); }
TEST(PublishedCounts, V7MaxPool) {
  EXPECT_EQ(slotsPerIteration("mmnmmmmb", 0), 8u);
  for (const Address start : {4U, 8U, 12U})
    EXPECT_EQ(slotsPerIteration("mmnmmmmb", start), 9u) << start;
}
TEST(PublishedCounts, V8Fir) {
  EXPECT_EQ(slotsPerIteration("mmb", 4), 3u);
  EXPECT_EQ(slotsPerIteration("mmb", 8), 4u);
  EXPECT_EQ(slotsPerIteration("mmb", 12), 4u);
}
TEST(PublishedCounts, V9Zip) {
  // FNOPs are annotated before packets 13 and 21; the model adds one before 25.
  std::vector<unsigned> before;
  Walker walker(defaultCost(), 0);
  unsigned packet = 0;
  for (const char kind : std::string("mmmnmnmmmmmmmmmnmmmmmmmmnmn")) {
    const Slots fnops = walker.spent().fnops;
    ++packet;
    walker.walk(std::string_view(&kind, 1));
    if (walker.spent().fnops != fnops)
      before.push_back(packet);
  }
  EXPECT_EQ(before, (std::vector<unsigned>{13, 21, 25}));
}

TEST(PublishedCounts, MemcpyFormula) {
  // dualentsp n n b | loop m m b | m m retsp: 8 + 3 * (size / 32), from dualentsp to retsp.
  for (const unsigned blocks : {0U, 1U, 2U, 3U, 10U}) {
    Walker walker(defaultCost(), 0);
    walker.walk("nnn");
    walker.issue('b', 4, blocks == 0, 28);
    if (blocks != 0)
      walker.loop("mmb", blocks);
    ASSERT_EQ(walker.pc(), 28u);
    walker.walk("mmb");
    EXPECT_EQ(walker.spent().slots(), 8 + 3 * blocks) << blocks;
  }
}

TEST(PublishedCounts, HardwareInnerLoops) {
  // Measured on hardware: 2597 slots for 1024 taps two at a time, model 2560; 4131, model 4096.
  EXPECT_EQ(slotsPerIteration("mmnnb", 0) * 512, 2560u);
  EXPECT_EQ(slotsPerIteration("mmnb", 0) * 1024, 4096u);
}

struct BinaryConvolution {
  unsigned kernelHeight, kernelWidth, channelGroups;
  Slots slots, fnops;
};

class BinaryConvolutionSlots : public testing::TestWithParam<BinaryConvolution> {};

TEST_P(BinaryConvolutionSlots, EqualTheModelsTable) {
  const BinaryConvolution &shape = GetParam();
  Walker walker(defaultCost(), 0);
  walker.walk("mmmmnmnnmmmmmm"); // the first is dualentsp with a frame
  const Address rows = walker.pc();
  for (unsigned row = 0; row < shape.kernelHeight; ++row) {
    walker.walk("n");
    const Address columns = walker.pc();
    for (unsigned column = 0; column < shape.kernelWidth; ++column) {
      walker.walk("n");
      walker.loop(std::string(17, 'm') + "b", shape.channelGroups);
      walker.issue('b', 4, column + 1 < shape.kernelWidth, columns);
    }
    walker.issue('b', 4, row + 1 < shape.kernelHeight, rows);
  }
  walker.walk("mmmmm");
  walker.issue('r', 4, true, 0);
  EXPECT_EQ(walker.spent().slots(), shape.slots);
  EXPECT_EQ(walker.spent().fnops, shape.fnops);
}

INSTANTIATE_TEST_SUITE_P(
    Shapes, BinaryConvolutionSlots,
    testing::Values(BinaryConvolution{1, 1, 1, 50, 8}, BinaryConvolution{1, 1, 2, 72, 12},
                    BinaryConvolution{1, 1, 4, 116, 20}, BinaryConvolution{3, 3, 1, 246, 40},
                    BinaryConvolution{3, 3, 2, 444, 76}, BinaryConvolution{3, 3, 4, 840, 148},
                    BinaryConvolution{5, 5, 1, 634, 104}));

std::vector<Step> randomSteps(std::mt19937 &random, bool dual) {
  const auto pick = [&](unsigned n) { return static_cast<unsigned>(random() % n); };
  std::vector<Step> steps(1 + pick(60));
  for (Step &step : steps) {
    step.kind = "mmmmnnnbbr"[pick(10)];
    step.size = dual || pick(2) == 0 ? 4 : 2;
    step.taken = step.kind == 'r' || (step.kind == 'b' && pick(2) == 0);
    step.target = dual ? 4 * pick(1000) : 2 * pick(2000);
  }
  return steps;
}

TEST(FetchRule, EqualsItsTranscriptionOn100000RandomSequences) {
  const unsigned seed = std::random_device()();
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937 random(seed);
  for (unsigned round = 0; round < 100'000; ++round) {
    const bool dual = round % 2 == 0;
    const std::vector<Step> steps = randomSteps(random, dual);
    const Address start = dual ? 4 * (random() % 8) : 2 * (random() % 16);
    Walker walker(defaultCost(), start);
    for (const Step &step : steps)
      walker.issue(step.kind, step.size, step.taken, step.target);
    ASSERT_EQ(walker.spent().slots(), transcribedSlots(steps, start)) << "round " << round;
  }
}

} // namespace
} // namespace xs3::sim::test
