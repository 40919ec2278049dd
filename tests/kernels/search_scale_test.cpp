// The constants by which int8 convolutions are scaled on the vector unit: what the search calls
// proven is looked at for every accumulator.
#include "kernels/conv2d/search_scale.h"
#include "tests/kernels/kernel_int8.h"

#include <gtest/gtest.h>

namespace xs3::kernels {
namespace {

using namespace xs3::test;

/// How many accumulators of the range the constants take to another result.
int wrongResults(const VectorScale &scale, const Requantization &requantization,
                 AccumulatorRange range) {
  int wrong = 0;
  for (std::int64_t a = range.least; a <= range.most; ++a)
    wrong += std::clamp<std::int32_t>(applyScale(scale, requantization.range, a),
                                      requantization.range.low,
                                      requantization.range.high) != requantization(a, 0);
  return wrong;
}

class SearchScale : public testing::TestWithParam<std::uint32_t> {};

TEST_P(SearchScale, GivesTheReferencesResultForEveryAccumulator) {
  Random random(GetParam());
  const Requantization requantization = randomRequantization(random, 1, 20);
  const AccumulatorRange range{-random.in(0, 200000), random.in(0, 200000)};

  const auto scale = searchScale(requantization, 0, range, true);

  if (scale)
    EXPECT_EQ(wrongResults(*scale, requantization, range), 0) << "seed " << GetParam();
  else // only a clamp that is all on one side of 0 is beyond the sequence
    EXPECT_FALSE(canClamp(requantization.range)) << "seed " << GetParam();
}

INSTANTIATE_TEST_SUITE_P(Seed, SearchScale, testing::Range(1U, 101U));

TEST(SearchScaleEdges, NeedsNoSignForOutputsThatAreNeverBelowTheZeroPoint) {
  Requantization requantization{0, {quantizeMultiplier(0.0123)}, -128, {}};
  const AccumulatorRange range{-50000, 50000};

  const auto scale = searchScale(requantization, 0, range, false);

  ASSERT_TRUE(scale.has_value());
  EXPECT_EQ(scale->sign, 0);
  EXPECT_EQ(wrongResults(*scale, requantization, range), 0);
}

TEST(SearchScaleEdges, NeedsASignForBothSidesOfTheZeroPoint) {
  Requantization requantization{0, {quantizeMultiplier(0.0123)}, 0, {}};
  const AccumulatorRange range{-50000, 50000};

  EXPECT_FALSE(searchScale(requantization, 0, range, false).has_value());
  EXPECT_TRUE(searchScale(requantization, 0, range, true).has_value());
}

TEST(SearchScaleEdges, FactorsBeyondTheShiftHaveNoConstants) {
  const AccumulatorRange range{-100, 100};
  for (const double factor : {1e-9, 1e6}) {
    Requantization requantization{0, {quantizeMultiplier(factor)}, 0, {}};
    EXPECT_FALSE(searchScale(requantization, 0, range, true).has_value()) << factor;
  }
}

} // namespace
} // namespace xs3::kernels
