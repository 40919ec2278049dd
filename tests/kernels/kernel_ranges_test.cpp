// Int8 layers that are cut by output channels: the calls of the ranges give what the whole operator
// gives.
#include "kernels/conv2d/pack.h"
#include "kernels/fully_connected/pack.h"
#include "tests/kernels/kernel_int8.h"
#include "tests/kernels/kernel_windows.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace xs3::kernels {
namespace {

using namespace xs3::test;

/// Neighbouring ranges that cover all channels, each but the last a multiple of 32.
std::vector<ChannelRange> randomRanges(Random &random, std::size_t channels) {
  std::vector<ChannelRange> ranges;
  for (std::uint32_t first = 0; first < channels; first += ranges.back().count)
    ranges.push_back({first, 32 * static_cast<std::uint32_t>(random.in(1, 2))});
  return ranges;
}

template <typename Pack>
std::vector<PackedCall> callsOf(const std::vector<ChannelRange> &ranges, Pack &&pack) {
  std::vector<PackedCall> calls;
  for (const ChannelRange range : ranges)
    std::ranges::move(pack(range), std::back_inserter(calls));
  return calls;
}

class ChannelRanges : public testing::TestWithParam<std::uint32_t> {};

TEST_P(ChannelRanges, OfConv2dTogetherAreTheOperator) {
  Random random(GetParam());
  Conv2dParameters p;
  p.groups = random.once(4) ? 2 : 1;
  const std::int32_t perGroup = random.in(1, 12);
  p.input = {1, random.in(1, 5), random.in(1, 5), perGroup * p.groups};
  p.window = randomWindow(random, p.input);
  p.output = {1, p.window.rows.outputs, p.window.columns.outputs, random.in(33, 150) * p.groups};
  const auto field =
      static_cast<std::size_t>(p.window.rows.taps * p.window.columns.taps * perGroup);
  const auto channels = static_cast<std::size_t>(p.output.channels);
  const auto input = random.int8s(p.input.elements());
  const auto filter = random.int8s(channels * field);
  const auto bias = randomBias(random, channels);
  const Requantization requantization = randomRequantization(random, channels, field);
  std::vector<std::int8_t> expected(p.output.elements());
  conv2dInt8(p, requantization, input, filter, bias, expected);

  const auto calls = callsOf(randomRanges(random, channels), [&](ChannelRange range) {
    return packConv2dInt8(p, requantization, filter, bias, range);
  });
  const std::vector<Bytes> inputs = {bytesOf(input)};
  const auto run = runKernels(calls, inputs, expected.size());

  EXPECT_EQ(run.fault, "") << describe(p.window);
  EXPECT_EQ(valuesOf<std::int8_t>(run.output), expected) << describe(p.window);
}

TEST_P(ChannelRanges, OfFullyConnectedTogetherAreTheOperator) {
  Random random(GetParam() + 1000);
  FullyConnectedParameters p;
  p.rows = static_cast<std::size_t>(random.in(1, 3));
  p.depth = static_cast<std::size_t>(random.in(1, 70));
  p.channels = static_cast<std::size_t>(random.in(33, 150));
  const auto input = random.int8s(p.rows * p.depth);
  const auto filter = random.int8s(p.channels * p.depth);
  const auto bias = randomBias(random, p.channels);
  const Requantization requantization = randomRequantization(random, p.channels, p.depth);
  std::vector<std::int8_t> expected(p.rows * p.channels);
  fullyConnectedInt8(p, requantization, input, filter, bias, expected);

  const auto calls = callsOf(randomRanges(random, p.channels), [&](ChannelRange range) {
    return packFullyConnectedInt8(p, requantization, filter, bias, range);
  });
  const std::vector<Bytes> inputs = {bytesOf(input)};
  const auto run = runKernels(calls, inputs, expected.size());

  EXPECT_EQ(run.fault, "") << p.rows << " x " << p.depth << " to " << p.channels;
  EXPECT_EQ(valuesOf<std::int8_t>(run.output), expected)
      << p.rows << " x " << p.depth << " to " << p.channels;
}

INSTANTIATE_TEST_SUITE_P(Seed, ChannelRanges, testing::Range(1U, 31U));

} // namespace
} // namespace xs3::kernels
