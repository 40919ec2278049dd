// CONV_2D, DEPTHWISE_CONV_2D and FULLY_CONNECTED on the machine against their scalar references,
// bit for bit.
#include "kernels/conv2d/pack.h"
#include "kernels/depthwise_conv2d/pack.h"
#include "kernels/fully_connected/pack.h"
#include "tests/kernels/kernel_int8.h"
#include "tests/kernels/kernel_windows.h"

#include <gtest/gtest.h>

namespace xs3::kernels {
namespace {

using namespace xs3::test;

class Int8Kernel : public testing::TestWithParam<std::uint32_t> {};

TEST_P(Int8Kernel, Conv2dEqualsTheReference) {
  Random random(GetParam());
  Conv2dParameters p;
  p.groups = random.once(6) ? random.in(2, 3) : 1;
  const std::int32_t perGroup = random.once(2) ? 4 * random.in(1, 20) : random.in(1, 9);
  p.input = {random.once(6) ? 2 : 1, random.in(1, 9), random.in(1, 9), perGroup * p.groups};
  p.window = randomWindow(random, p.input);
  p.output = {p.input.batches, p.window.rows.outputs, p.window.columns.outputs,
              (random.once(2) ? 4 * random.in(8, 20) : random.in(1, 40)) * p.groups};
  const auto field =
      static_cast<std::size_t>(p.window.rows.taps * p.window.columns.taps * perGroup);
  const auto channels = static_cast<std::size_t>(p.output.channels);
  const auto input = random.int8s(p.input.elements());
  const auto filter = random.int8s(channels * field);
  const auto bias = randomBias(random, channels);
  const Requantization requantization = randomRequantization(random, channels, field);
  std::vector<std::int8_t> expected(p.output.elements());
  conv2dInt8(p, requantization, input, filter, bias, expected);

  const auto calls = packConv2dInt8(p, requantization, filter, bias);
  const std::vector<Bytes> inputs = {bytesOf(input)};
  const auto run =
      runKernels(calls, inputs, expected.size(), randomOptions(random, calls[0].units, GetParam()));

  const std::string what = describe(p.window) + ", channels " + std::to_string(p.input.channels) +
                           " to " + std::to_string(p.output.channels) + ", groups " +
                           std::to_string(p.groups);
  EXPECT_EQ(run.fault, "") << what;
  EXPECT_EQ(valuesOf<std::int8_t>(run.output), expected) << what;
}

TEST_P(Int8Kernel, DepthwiseConv2dEqualsTheReference) {
  Random random(GetParam() + 2000);
  DepthwiseConv2dParameters p;
  const std::int32_t inputs = random.once(2) ? 4 * random.in(1, 20) : random.in(1, 40);
  const std::int32_t multiplier = random.once(3) ? random.in(2, 5) : 1;
  p.input = {random.once(6) ? 2 : 1, random.in(1, 9), random.in(1, 9), inputs};
  p.window = randomWindow(random, p.input);
  p.output = {p.input.batches, p.window.rows.outputs, p.window.columns.outputs,
              inputs * multiplier};
  const auto field = static_cast<std::size_t>(p.window.rows.taps * p.window.columns.taps);
  const auto channels = static_cast<std::size_t>(p.output.channels);
  const auto input = random.int8s(p.input.elements());
  const auto filter = random.int8s(channels * field);
  const auto bias = randomBias(random, channels);
  const Requantization requantization = randomRequantization(random, channels, field);
  std::vector<std::int8_t> expected(p.output.elements());
  depthwiseConv2dInt8(p, requantization, input, filter, bias, expected);

  const auto call = packDepthwiseConv2dInt8(p, requantization, filter, bias);
  const std::vector<Bytes> inputBytes = {bytesOf(input)};
  const auto run = runKernels({&call, 1}, inputBytes, expected.size(),
                              randomOptions(random, call.units, GetParam()));

  const std::string what = describe(p.window) + ", channels " + std::to_string(inputs) + " to " +
                           std::to_string(p.output.channels);
  EXPECT_EQ(run.fault, "") << what;
  EXPECT_EQ(valuesOf<std::int8_t>(run.output), expected) << what;
}

TEST_P(Int8Kernel, FullyConnectedEqualsTheReference) {
  Random random(GetParam() + 1000);
  FullyConnectedParameters p;
  p.rows = random.once(3) ? static_cast<std::size_t>(random.in(2, 4)) : 1;
  p.depth = static_cast<std::size_t>(random.in(1, 200));
  p.channels = static_cast<std::size_t>(random.in(1, 50));
  const auto input = random.int8s(p.rows * p.depth);
  const auto filter = random.int8s(p.channels * p.depth);
  const auto bias = randomBias(random, p.channels);
  const Requantization requantization = randomRequantization(random, p.channels, p.depth);
  std::vector<std::int8_t> expected(p.rows * p.channels);
  fullyConnectedInt8(p, requantization, input, filter, bias, expected);

  const auto calls = packFullyConnectedInt8(p, requantization, filter, bias);
  const std::vector<Bytes> inputs = {bytesOf(input)};
  const auto run =
      runKernels(calls, inputs, expected.size(), randomOptions(random, calls[0].units, GetParam()));

  EXPECT_EQ(run.fault, "") << p.rows << " x " << p.depth << " to " << p.channels;
  EXPECT_EQ(valuesOf<std::int8_t>(run.output), expected)
      << p.rows << " x " << p.depth << " to " << p.channels;
}

TEST(Int8Layers, TakeDeadChannelsWithHugeBiases) {
  const WindowAxis one = windowAxis(1, 1, 1, 1, Padding::Valid);
  const Conv2dParameters p{{1, 1, 1, 4}, {1, 1, 1, 32}, {one, one}};
  Random random(1);
  auto filter = random.int8s(32 * 4);
  std::vector<std::int32_t> bias(32, 10);
  Requantization requantization{3, {}, 5, {}};
  requantization.multipliers.assign(32, quantizeMultiplier(0.01));
  for (const std::size_t channel : {0U, 9U}) {
    bias[channel] = channel == 0 ? INT32_MAX - 100000 : INT32_MIN + 100000;
    requantization.multipliers[channel] = quantizeMultiplier(3.3e-9);
  }
  const auto input = random.int8s(4);
  std::vector<std::int8_t> expected(32);
  conv2dInt8(p, requantization, input, filter, bias, expected);

  const auto calls = packConv2dInt8(p, requantization, filter, bias);
  const std::vector<Bytes> inputs = {bytesOf(input)};
  const auto run = runKernels(calls, inputs, expected.size());

  EXPECT_EQ(calls[0].kernel, "conv2d_int8_vector");
  EXPECT_EQ(valuesOf<std::int8_t>(run.output), expected);
  EXPECT_EQ(expected[0], 12); // 7 + the zero point
}

INSTANTIATE_TEST_SUITE_P(Seed, Int8Kernel, testing::Range(1U, 81U));

} // namespace
} // namespace xs3::kernels
