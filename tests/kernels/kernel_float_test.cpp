// Float32 kernels on the machine against their scalar references, bit for bit.
#include "kernels/broadcast/float_call.h"
#include "kernels/conv2d/float_call.h"
#include "kernels/mul/reference.h"
#include "kernels/relu/reference.h"
#include "tests/kernels/kernel_broadcasts.h"
#include "tests/kernels/kernel_windows.h"

#include <gtest/gtest.h>

namespace xs3::kernels {
namespace {

using namespace xs3::test;

std::vector<float> randomFloats(Random &random, std::size_t count) {
  std::vector<float> values(count);
  for (auto &value : values)
    value = random.once(8) ? 0.0F : random.real(-2.0F, 2.0F);
  return values;
}

FloatRange randomRange(Random &random) {
  return floatRange(static_cast<Activation>(random.in(0, 3)));
}

void expectEqual(const PackedCall &call, std::span<const float> input,
                 const std::vector<float> &expected, Random &random, std::uint32_t seed,
                 const std::string &what) {
  const std::vector<Bytes> inputs = {bytesOf(input)};
  const auto run =
      runKernels({&call, 1}, inputs, 4 * expected.size(), randomOptions(random, call.units, seed));
  EXPECT_EQ(run.fault, "") << what;
  EXPECT_EQ(run.output, bytesOf(expected)) << what;
}

class FloatKernel : public testing::TestWithParam<std::uint32_t> {};

TEST_P(FloatKernel, Conv2dEqualsTheReference) {
  Random random(GetParam());
  Conv2dParameters p;
  p.groups = random.once(4) ? random.in(2, 3) : 1;
  const std::int32_t perGroup = random.in(1, 6);
  p.input = {random.once(6) ? 2 : 1, random.in(1, 8), random.in(1, 8), perGroup * p.groups};
  p.window = randomWindow(random, p.input);
  p.output = {p.input.batches, p.window.rows.outputs, p.window.columns.outputs,
              random.in(1, 6) * p.groups};
  const auto channels = static_cast<std::size_t>(p.output.channels);
  const auto field =
      static_cast<std::size_t>(p.window.rows.taps * p.window.columns.taps * perGroup);
  const auto input = randomFloats(random, p.input.elements());
  const auto filter = randomFloats(random, channels * field);
  const auto bias = randomFloats(random, random.once(4) ? 0 : channels);
  const FloatRange range = randomRange(random);
  std::vector<float> expected(p.output.elements());
  conv2dFloat(p, range, input, filter, bias, expected);

  expectEqual(packConv2dFloat(p, range, filter, bias), input, expected, random, GetParam(),
              describe(p.window) + ", groups " + std::to_string(p.groups));
}

TEST_P(FloatKernel, DepthwiseConv2dEqualsTheReference) {
  Random random(GetParam() + 1000);
  DepthwiseConv2dParameters p;
  p.input = {random.once(6) ? 2 : 1, random.in(1, 8), random.in(1, 8), random.in(1, 9)};
  p.window = randomWindow(random, p.input);
  p.output = {p.input.batches, p.window.rows.outputs, p.window.columns.outputs,
              p.input.channels * (random.once(3) ? random.in(2, 3) : 1)};
  const auto channels = static_cast<std::size_t>(p.output.channels);
  const auto field = static_cast<std::size_t>(p.window.rows.taps * p.window.columns.taps);
  const auto input = randomFloats(random, p.input.elements());
  const auto filter = randomFloats(random, channels * field);
  const auto bias = randomFloats(random, random.once(4) ? 0 : channels);
  const FloatRange range = randomRange(random);
  std::vector<float> expected(p.output.elements());
  depthwiseConv2dFloat(p, range, input, filter, bias, expected);

  expectEqual(packDepthwiseConv2dFloat(p, range, filter, bias), input, expected, random, GetParam(),
              describe(p.window));
}

TEST_P(FloatKernel, FullyConnectedEqualsTheReference) {
  Random random(GetParam() + 2000);
  const FullyConnectedParameters p{static_cast<std::size_t>(random.in(1, 3)),
                                   static_cast<std::size_t>(random.in(1, 60)),
                                   static_cast<std::size_t>(random.in(1, 20))};
  const auto input = randomFloats(random, p.rows * p.depth);
  const auto filter = randomFloats(random, p.channels * p.depth);
  const auto bias = randomFloats(random, random.once(4) ? 0 : p.channels);
  const FloatRange range = randomRange(random);
  std::vector<float> expected(p.rows * p.channels);
  fullyConnectedFloat(p, range, input, filter, bias, expected);

  expectEqual(packFullyConnectedFloat(p, range, filter, bias), input, expected, random, GetParam(),
              std::to_string(p.rows) + " x " + std::to_string(p.depth));
}

TEST_P(FloatKernel, PairsEqualTheReference) {
  Random random(GetParam() + 3000);
  BroadcastShapes shapes = drawShapes(random);
  const auto draw = [&](const std::vector<std::int32_t> &shape) {
    std::vector<float> values(elements(shape));
    for (auto &value : values)
      value = random.once(8) ? -0.0F : random.real(-9.0F, 9.0F);
    return values;
  };
  const auto a = draw(shapes.a), b = draw(shapes.b);
  const FloatRange range = floatRange(static_cast<Activation>(random.in(0, 3)));
  const auto check = [&](FloatPairOperation operation, FloatRange clamp, auto &&reference) {
    std::vector<float> expected(elements(shapes.output));
    reference(expected);
    const auto call = packFloatPairs(operation, shapes, clamp);
    const std::vector<Bytes> inputs = {bytesOf(a), bytesOf(b)};
    const auto run = runKernels({&call, 1}, inputs, 4 * expected.size(),
                                randomOptions(random, call.units, GetParam()));
    EXPECT_EQ(run.fault, "") << call.kernel << ' ' << describe(shapes);
    EXPECT_EQ(run.output, bytesOf(expected)) << call.kernel << ' ' << describe(shapes);
  };

  check(FloatPairOperation::Add, range,
        [&](auto &out) { addFloat(shapes, range, Sign::Plus, a, b, out); });
  check(FloatPairOperation::Sub, range,
        [&](auto &out) { addFloat(shapes, range, Sign::Minus, a, b, out); });
  check(FloatPairOperation::Mul, range, [&](auto &out) { mulFloat(shapes, range, a, b, out); });
  if (shapes.a == shapes.output)
    check(FloatPairOperation::Prelu, floatRange(Activation::None),
          [&](auto &out) { preluFloat(shapes.a, shapes.b, a, b, out); });
}

INSTANTIATE_TEST_SUITE_P(Seed, FloatKernel, testing::Range(1U, 81U));

} // namespace
} // namespace xs3::kernels
