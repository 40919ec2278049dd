// Float32 references against plain formulas in double.
#include "kernels/average_pool2d/reference.h"
#include "kernels/conv2d/reference.h"
#include "kernels/depthwise_conv2d/reference.h"
#include "kernels/fully_connected/reference.h"
#include "kernels/logistic/reference.h"
#include "kernels/max_pool2d/reference.h"
#include "kernels/mean/reference.h"
#include "kernels/softmax/reference.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

namespace xs3::kernels {
namespace {

constexpr FloatRange kAll{-INFINITY, INFINITY};

class FloatReference : public testing::TestWithParam<std::uint32_t> {
protected:
  std::int32_t number(std::int32_t low, std::int32_t high) {
    return std::uniform_int_distribution<std::int32_t>(low, high)(random_);
  }
  std::vector<float> reals(std::size_t count, float most) {
    std::vector<float> values(count);
    for (float &value : values)
      value = std::uniform_real_distribution<float>(-most, most)(random_);
    return values;
  }

private:
  std::mt19937 random_{GetParam()};
};

// An image of one row, so that a window is a stretch of it: no Window, no Image::at.
TEST_P(FloatReference, DepthwiseConvolutionAndPoolsOfARowAreCloseToDouble) {
  const std::int32_t width = number(3, 12), channels = number(1, 5), taps = number(1, 3);
  const Window window{windowAxis(1, 1, 1, 1, Padding::Valid),
                      windowAxis(width, taps, 1, 1, Padding::Valid)};
  const std::int32_t places = width - taps + 1;
  const Image input{1, 1, width, channels}, output{1, 1, places, channels};
  const auto values = reals(input.elements(), 2);
  const auto filter = reals(static_cast<std::size_t>(taps * channels), 1);
  std::vector<float> sums(output.elements()), largest(sums), means(sums);

  depthwiseConv2dFloat({input, output, window}, kAll, values, filter, {}, sums);
  maxPool2dFloat(input, output, window, kAll, values, largest);
  averagePool2dFloat(input, output, window, kAll, values, means);

  for (std::int32_t i = 0; i < places * channels; ++i) {
    double sum = 0, total = 0, most = -1e9;
    for (std::int32_t tap = 0; tap < taps; ++tap) {
      const double value = values[static_cast<std::size_t>(i + tap * channels)];
      sum += value * filter[static_cast<std::size_t>(tap * channels + i % channels)];
      total += value;
      most = std::max(most, value);
    }
    const auto at = static_cast<std::size_t>(i);
    EXPECT_NEAR(sums[at], sum, 1e-6);
    EXPECT_NEAR(means[at], total / taps, 1e-6);
    EXPECT_EQ(largest[at], most);
  }
}

TEST_P(FloatReference, DenseLayersAndMeansAreCloseToDouble) {
  const auto rows = static_cast<std::size_t>(number(1, 4)), depth = static_cast<std::size_t>(40);
  const auto values = reals(rows * depth, 2), filter = reals(3 * depth, 1);
  std::vector<float> dense(rows * 3), means(rows);

  fullyConnectedFloat({rows, depth, 3}, kAll, values, filter, {}, dense);
  meanFloat({{static_cast<std::int32_t>(rows), static_cast<std::int32_t>(depth)}, {1}}, values,
            means);

  for (std::size_t row = 0; row < rows; ++row) {
    double total = 0, products[3] = {};
    for (std::size_t i = 0; i < depth; ++i) {
      total += values[row * depth + i];
      for (std::size_t channel = 0; channel < 3; ++channel)
        products[channel] += double{values[row * depth + i]} * filter[channel * depth + i];
    }
    EXPECT_NEAR(means[row], total / 40, 1e-6);
    for (std::size_t channel = 0; channel < 3; ++channel)
      EXPECT_NEAR(dense[row * 3 + channel], products[channel], 2e-5);
  }
}

TEST_P(FloatReference, SoftmaxAndLogisticAreCloseToDouble) {
  const auto values = reals(30, 40);
  std::vector<float> shares(values.size()), chances(values.size());

  softmaxFloat(values.size(), 0.5f, values, shares);
  logisticFloat(values, chances);

  double sum = 0;
  for (const float value : values)
    sum += std::exp(0.5 * value);
  for (std::size_t i = 0; i < values.size(); ++i) {
    const double share = std::exp(0.5 * values[i]) / sum,
                 chance = 1 / (1 + std::exp(-double{values[i]}));
    EXPECT_NEAR(shares[i], share, 3e-6 * share);
    // The tail below -9 leaves the 1 of the quotient out.
    EXPECT_NEAR(chances[i], chance, (values[i] < -9 ? 1.3e-4 : 3e-7) * chance);
  }
}

INSTANTIATE_TEST_SUITE_P(Seed, FloatReference, testing::Range(1U, 21U));

// (1 + 2^-12)^2 has a last bit of 2^-24 that a rounded product would lose.
TEST(FloatSums, ProductsAreAddedWithOneRounding) {
  const float x = 1 + 0x1p-12f;
  const std::vector<float> values{1, x}, filter{-(1 + 0x1p-11f), x};
  const WindowAxis one = windowAxis(1, 1, 1, 1, Padding::Valid);
  std::vector<float> conv(1), dense(1), depthwise(1);

  conv2dFloat({{1, 1, 1, 2}, {1, 1, 1, 1}, {one, one}, 1}, kAll, values, filter, {}, conv);
  fullyConnectedFloat({1, 2, 1}, kAll, values, filter, {}, dense);
  depthwiseConv2dFloat({{1, 1, 2, 1}, {1, 1, 1, 1}, {one, windowAxis(2, 2, 1, 1, Padding::Valid)}},
                       kAll, values, filter, {}, depthwise);

  for (const auto *result : {&conv, &dense, &depthwise})
    EXPECT_EQ(result->front(), 0x1p-24f);
}

} // namespace
} // namespace xs3::kernels
