// Float32 kernels on the machine against their scalar references, bit for bit.
#include "kernels/broadcast/float_call.h"
#include "kernels/conv2d/float_call.h"
#include "kernels/mul/reference.h"
#include "kernels/relu/reference.h"
#include "tests/kernels/kernel_broadcasts.h"
#include "tests/kernels/kernel_floats.h"
#include "tests/kernels/kernel_windows.h"

#include <gtest/gtest.h>

namespace xs3::kernels {
namespace {

using namespace xs3::test;

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
  const auto input = plainFloats(random, p.input.elements());
  const auto filter = plainFloats(random, channels * field);
  const auto bias = plainFloats(random, random.once(4) ? 0 : channels);
  const FloatRange range = randomRange(random);
  std::vector<float> expected(p.output.elements());
  conv2dFloat(p, range, input, filter, bias, expected);

  expectFloats(packConv2dFloat(p, range, filter, bias), {input}, expected, random, GetParam(),
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
  const auto input = plainFloats(random, p.input.elements());
  const auto filter = plainFloats(random, channels * field);
  const auto bias = plainFloats(random, random.once(4) ? 0 : channels);
  const FloatRange range = randomRange(random);
  std::vector<float> expected(p.output.elements());
  depthwiseConv2dFloat(p, range, input, filter, bias, expected);

  expectFloats(packDepthwiseConv2dFloat(p, range, filter, bias), {input}, expected, random,
               GetParam(), describe(p.window));
}

TEST_P(FloatKernel, FullyConnectedEqualsTheReference) {
  Random random(GetParam() + 2000);
  const FullyConnectedParameters p{static_cast<std::size_t>(random.in(1, 3)),
                                   static_cast<std::size_t>(random.in(1, 60)),
                                   static_cast<std::size_t>(random.in(1, 20))};
  const auto input = plainFloats(random, p.rows * p.depth);
  const auto filter = plainFloats(random, p.channels * p.depth);
  const auto bias = plainFloats(random, random.once(4) ? 0 : p.channels);
  const FloatRange range = randomRange(random);
  std::vector<float> expected(p.rows * p.channels);
  fullyConnectedFloat(p, range, input, filter, bias, expected);

  expectFloats(packFullyConnectedFloat(p, range, filter, bias), {input}, expected, random,
               GetParam(), std::to_string(p.rows) + " x " + std::to_string(p.depth));
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
    expectFloats(packFloatPairs(operation, shapes, clamp), {a, b}, expected, random, GetParam(),
                 describe(shapes));
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
