// Float32 kernels of one operand on the machine: pools, MEAN, RELU, SOFTMAX and LOGISTIC against
// their scalar references, bit for bit, with infinities, numbers that are none and subnormals among
// the operands.
#include "kernels/average_pool2d/reference.h"
#include "kernels/exponential/float_call.h"
#include "kernels/logistic/reference.h"
#include "kernels/max_pool2d/reference.h"
#include "kernels/mean/float_call.h"
#include "kernels/relu/float_call.h"
#include "kernels/relu/reference.h"
#include "kernels/softmax/reference.h"
#include "kernels/window/float_call.h"
#include "tests/kernels/kernel_floats.h"
#include "tests/kernels/kernel_windows.h"

#include <gtest/gtest.h>

#include <cmath>

namespace xs3::kernels {
namespace {

using namespace xs3::test;

class FloatFunction : public testing::TestWithParam<std::uint32_t> {};

TEST_P(FloatFunction, PoolsEqualTheReference) {
  Random random(GetParam());
  const Image input{random.once(6) ? 2 : 1, random.in(1, 8), random.in(1, 8), random.in(1, 11)};
  Window window = randomWindow(random, input);
  for (WindowAxis *axis : {&window.rows, &window.columns})
    *axis = windowAxis(axis->size, axis->taps, axis->stride, 1,
                       axis->before > 0 || random.once(2) ? Padding::Same : Padding::Valid);
  const Image output{input.batches, window.rows.outputs, window.columns.outputs, input.channels};
  const auto values =
      random.once(3) ? anyFloats(random, input.elements()) : plainFloats(random, input.elements());
  const FloatRange range = randomRange(random);
  const auto check = [&](std::string_view kernel, auto &&reference) {
    std::vector<float> expected(output.elements());
    reference(input, output, window, range, values, expected);
    expectFloats(packFloatWindow(kernel, input, output, window, FloatChannels::Own, 1, range),
                 {values}, expected, random, GetParam(), describe(window));
  };

  check("max_pool2d_float", maxPool2dFloat);
  check("average_pool2d_float", averagePool2dFloat);
}

TEST_P(FloatFunction, MeanEqualsTheReference) {
  Random random(GetParam() + 1000);
  MeanParameters p;
  std::size_t means = 1, elements = 1;
  for (std::int32_t i = 0, rank = random.in(1, 5); i < rank; ++i) {
    const std::int32_t size = random.in(1, 6);
    p.shape.push_back(size);
    elements *= static_cast<std::size_t>(size);
    if (random.once(2))
      p.axes.push_back(i);
    else
      means *= static_cast<std::size_t>(size);
  }
  const auto values = random.once(3) ? anyFloats(random, elements) : plainFloats(random, elements);
  std::vector<float> expected(means);
  meanFloat(p, values, expected);

  expectFloats(packMeanFloat(p), {values}, expected, random, GetParam(),
               std::to_string(elements) + " to " + std::to_string(means));
}

TEST_P(FloatFunction, ClampsEqualTheReference) {
  Random random(GetParam() + 2000);
  const auto values = anyFloats(random, static_cast<std::size_t>(random.in(1, 90)));
  for (const Activation activation : {Activation::Relu, Activation::Relu6, Activation::ReluN1To1}) {
    std::vector<float> expected(values.size());
    reluFloat(floatRange(activation), values, expected);
    expectFloats(packClampFloat(values.size(), floatRange(activation)), {values}, expected, random,
                 GetParam(), "clamp");
  }
}

TEST_P(FloatFunction, SoftmaxEqualsTheReference) {
  Random random(GetParam() + 3000);
  const auto rows = static_cast<std::size_t>(random.in(1, 4)),
             classes = static_cast<std::size_t>(random.in(1, 40));
  const float beta = random.once(2) ? 1.0F : random.real(0.1F, 30.0F);
  const auto values =
      random.once(4) ? anyFloats(random, rows * classes) : plainFloats(random, rows * classes);
  std::vector<float> expected(values.size());
  softmaxFloat(classes, beta, values, expected);

  expectFloats(packSoftmaxFloat(rows, classes, beta), {values}, expected, random, GetParam(),
               std::to_string(rows) + " x " + std::to_string(classes));
}

TEST_P(FloatFunction, LogisticEqualsTheReference) {
  Random random(GetParam() + 4000);
  std::vector<float> values = anyFloats(random, 60);
  for (int i = 0; i < 200; ++i)
    values.push_back(random.real(-20.0F, 20.0F));
  std::vector<float> expected(values.size());
  logisticFloat(values, expected);

  expectFloats(packLogisticFloat(values.size()), {values}, expected, random, GetParam(), "");
}

INSTANTIATE_TEST_SUITE_P(Seed, FloatFunction, testing::Range(1U, 61U));

/// A softmax of {0, x} is exp(x) / (1 + exp(x)): exp(x) itself below about -17.3.
void expectExponentials(const std::vector<float> &arguments, std::uint32_t seed) {
  Random random(seed);
  std::vector<float> rows, expected(2 * arguments.size());
  for (const float x : arguments)
    rows.insert(rows.end(), {0.0F, x});
  softmaxFloat(2, 1.0F, rows, expected);
  expectFloats(packSoftmaxFloat(arguments.size(), 2, 1.0F), {rows}, expected, random, seed, "exp");
}

TEST(Exponential, IsRoundedToNearestOverEveryBinade) {
  Random random(7);
  std::vector<float> arguments;
  for (int exponent = -30; exponent <= 6; ++exponent)
    for (int i = 0; i < 200; ++i)
      arguments.push_back(-std::ldexp(random.real(1.0F, 2.0F), exponent));
  expectExponentials(arguments, 7);
}

// The arguments whose exponential lies closest to the middle between two floats, found by a search
// over all: within 2^-52 of it.
TEST(Exponential, IsRoundedToNearestInTheHardestCases) {
  expectExponentials({-14.56709F, -0.00735258358F, -0.00171573041F, -0.0103926901F, -3.8762939F,
                      -0.00558649376F, -11.8374491F, -0.0225773137F, -1.49710977F},
                     8);
}

TEST(Exponential, RunsOutIntoSubnormalsAndZero) {
  expectExponentials({-87.0F, -87.5F, -88.0F, -95.0F, -100.0F, -103.0F, -103.97F, -103.98F, -104.0F,
                      -127.9F, -128.0F, -1e30F, -INFINITY, -0.0F, -1e-42F},
                     9);
}

/// With one value a mean is the division of a sum by the number of its terms.
TEST(Division, OfSubnormalAndHugeSumsIsRoundedToNearest) {
  Random random(11);
  std::vector<float> values;
  for (int i = 0; i < 3000; ++i)
    values.push_back(std::bit_cast<float>(random.word()));
  for (const std::int32_t count : {3, 7, 10, 49, 999}) {
    // Rows of one value and zeros.
    const auto n = static_cast<std::size_t>(count);
    const std::size_t rows = 3000 / n;
    std::vector<float> input(rows * n), expected(rows);
    for (std::size_t row = 0; row < rows; ++row) {
      const float value = values[row];
      input[row * n + n / 2] = value;
      expected[row] = static_cast<float>(double{value} / count);
    }
    const MeanParameters p{{static_cast<std::int32_t>(rows), count}, {1}};
    expectFloats(packMeanFloat(p), {input}, expected, random, 11, std::to_string(count));
  }
}

} // namespace
} // namespace xs3::kernels
