// DEPTHWISE_CONV_2D on the vector unit: layers as networks have them, and the constants that stand
// for the reference's two roundings.
#include "kernels/depthwise_conv2d/pack.h"
#include "kernels/halves/search_halves.h"
#include "tests/kernels/kernel_windows.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace xs3::kernels {
namespace {

using namespace xs3::test;

struct LayerCase {
  std::int32_t taps, stride, channels;
  Padding padding;
  Activation activation;
  std::int32_t outputZeroPoint;
  std::string_view kernel;
};

void PrintTo(const LayerCase &c, std::ostream *out) {
  *out << c.taps << 'x' << c.taps << '/' << c.stride << ' ' << c.channels << ' ' << c.kernel;
}

class DepthwiseLayer : public testing::TestWithParam<LayerCase> {};

TEST_P(DepthwiseLayer, EqualsTheReferenceOnTheVectorUnit) {
  const LayerCase &c = GetParam();
  Random random(static_cast<std::uint32_t>(c.channels));
  DepthwiseConv2dParameters p;
  p.input = {1, 12, 11, c.channels};
  p.window = {windowAxis(12, c.taps, c.stride, 1, c.padding),
              windowAxis(11, c.taps, c.stride, 1, c.padding)};
  p.output = {1, p.window.rows.outputs, p.window.columns.outputs, c.channels};
  const auto channels = static_cast<std::size_t>(c.channels);
  const auto filter = random.int8s(channels * static_cast<std::size_t>(c.taps * c.taps));
  const auto input = random.int8s(p.input.elements());
  std::vector<float> scales(channels);
  std::vector<std::int32_t> bias(channels);
  for (std::size_t i = 0; i < channels; ++i) {
    scales[i] = random.real(0.001F, 0.004F);
    bias[i] = i % 7 == 3 ? -10'000'000 : random.in(-5000, 5000); // some are dead
  }
  const Requantization requantization = convolutionRequantization(
      {0.05F, 7}, scales, {0.03F, c.outputZeroPoint}, c.activation, channels);
  std::vector<std::int8_t> expected(p.output.elements());
  depthwiseConv2dInt8(p, requantization, input, filter, bias, expected);

  const auto call = packDepthwiseConv2dInt8(p, requantization, filter, bias);
  const std::vector<Bytes> inputs = {bytesOf(input)};
  const auto run = runKernels({&call, 1}, inputs, expected.size());

  EXPECT_EQ(call.kernel, c.kernel);
  EXPECT_EQ(run.fault, "");
  EXPECT_EQ(valuesOf<std::int8_t>(run.output), expected);
  EXPECT_EQ(std::count(expected.begin(), expected.end(), requantization.range.low) > 0, true);
}

constexpr auto kVector = "depthwise_conv2d_int8_vector";
constexpr auto kClamped = "depthwise_conv2d_int8_vector_clamped";
INSTANTIATE_TEST_SUITE_P(
    Layers, DepthwiseLayer,
    testing::Values(
        LayerCase{3, 2, 64, Padding::Same, Activation::None, 3, kVector},
        LayerCase{3, 1, 16, Padding::Same, Activation::Relu, -128, kVector},
        LayerCase{3, 1, 72, Padding::Valid, Activation::None, -40, kVector},
        LayerCase{5, 1, 20, Padding::Same, Activation::None, 12, kVector},
        LayerCase{2, 2, 32, Padding::Valid, Activation::None, 0, kVector},
        LayerCase{3, 1, 36, Padding::Same, Activation::Relu, -20, kClamped},
        LayerCase{3, 2, 16, Padding::Same, Activation::ReluN1To1, 0, kClamped},
        LayerCase{3, 1, 16, Padding::Same, Activation::Relu, 20, "depthwise_conv2d_int8"},
        LayerCase{3, 1, 18, Padding::Same, Activation::None, 20, "depthwise_conv2d_int8"}));

/// Channels with accumulators of up to 2^17 and results that cover more or less than int8.
class HalvesSearch : public testing::TestWithParam<std::uint32_t> {};

TEST_P(HalvesSearch, EqualsTheReferenceForEveryAccumulator) {
  Random random(GetParam());
  constexpr std::int64_t kMost = 1 << 17;
  Requantization requantization;
  requantization.outputZeroPoint = random.in(-128, 127);
  requantization.multipliers = {
      quantizeMultiplier(double{random.real(20, 2000)} / static_cast<double>(kMost))};
  const AccumulatorRange range{-random.in(1000, kMost), random.in(1000, kMost)};

  const auto scale = searchHalves(requantization, 0, range);

  ASSERT_TRUE(scale.has_value());
  ASSERT_TRUE(startHalves(*scale).has_value());
  for (std::int64_t a = range.least; a <= range.most; ++a) {
    const std::int64_t y = (scale->start + applyHalves(*scale, a)) >> (8 + scale->shift);
    ASSERT_EQ(std::clamp<std::int64_t>(y, -128, 127), requantization(a, 0)) << a;
  }
}

INSTANTIATE_TEST_SUITE_P(Seed, HalvesSearch, testing::Range(1U, 31U));

} // namespace
} // namespace xs3::kernels
