#include "kernels/conv2d/reference.h"

#include <algorithm>
#include <cmath>

namespace xs3::kernels {
namespace {

/// Sum over the window, in the order of the filter: sum = add(sum, input, weight).
template <typename Sum, typename T, typename Add>
Sum sumOverWindow(const Conv2dParameters &p, std::span<const T> input, std::span<const T> filter,
                  std::int32_t n, std::int32_t y, std::int32_t x, std::int32_t channel, Add &&add) {
  const std::size_t depth = static_cast<std::size_t>(p.input.channels / p.groups);
  const std::size_t group = static_cast<std::size_t>(channel / (p.output.channels / p.groups));
  const Image filters{p.output.channels, p.window.rows.taps, p.window.columns.taps,
                      p.input.channels / p.groups};
  Sum sum = 0;
  p.window.forEachTapInside(
      y, x, [&](std::int32_t ky, std::int32_t kx, std::int32_t row, std::int32_t column) {
        const T *values = &input[p.input.at(n, row, column) + group * depth];
        const T *weights = &filter[filters.at(channel, ky, kx)];
        for (std::size_t i = 0; i < depth; ++i)
          sum = add(sum, values[i], weights[i]);
      });
  return sum;
}

/// Calls compute(n, y, x, channel) for every element of the output and stores what it gives.
template <typename T, typename Compute>
void forEachOutput(const Image &output, std::span<T> values, Compute &&compute) {
  for (std::int32_t n = 0; n < output.batches; ++n)
    for (std::int32_t y = 0; y < output.height; ++y)
      for (std::int32_t x = 0; x < output.width; ++x)
        for (std::int32_t channel = 0; channel < output.channels; ++channel)
          values[output.at(n, y, x) + static_cast<std::size_t>(channel)] =
              compute(n, y, x, channel);
}

} // namespace

void conv2dInt8(const Conv2dParameters &parameters, const Requantization &requantization,
                std::span<const std::int8_t> input, std::span<const std::int8_t> filter,
                std::span<const std::int32_t> bias, std::span<std::int8_t> output) {
  const std::int32_t zeroPoint = requantization.inputZeroPoint;
  const auto add = [zeroPoint](std::int64_t sum, std::int8_t value, std::int8_t weight) {
    return sum + (value - zeroPoint) * weight;
  };
  forEachOutput(parameters.output, output,
                [&](std::int32_t n, std::int32_t y, std::int32_t x, std::int32_t channel) {
                  const std::size_t o = static_cast<std::size_t>(channel);
                  const std::int64_t sum =
                      sumOverWindow<std::int64_t>(parameters, input, filter, n, y, x, channel, add);
                  return requantization(sum + (bias.empty() ? 0 : bias[o]), o);
                });
}

void conv2dFloat(const Conv2dParameters &parameters, FloatRange range, std::span<const float> input,
                 std::span<const float> filter, std::span<const float> bias,
                 std::span<float> output) {
  const auto add = [](float sum, float value, float weight) {
    return std::fma(value, weight, sum);
  };
  forEachOutput(parameters.output, output,
                [&](std::int32_t n, std::int32_t y, std::int32_t x, std::int32_t channel) {
                  const float sum =
                      sumOverWindow<float>(parameters, input, filter, n, y, x, channel, add);
                  const float biased =
                      sum + (bias.empty() ? 0.0f : bias[static_cast<std::size_t>(channel)]);
                  return std::clamp(biased, range.low, range.high);
                });
}

} // namespace xs3::kernels
