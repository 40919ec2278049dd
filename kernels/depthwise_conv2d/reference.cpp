#include "kernels/depthwise_conv2d/reference.h"

#include <algorithm>
#include <cmath>

namespace xs3::kernels {
namespace {

/// For every element of the output, finish(sum, output channel); the sum over the window is sum =
/// add(sum, input, weight).
template <typename Sum, typename T, typename Add, typename Finish>
void convolve(const DepthwiseConv2dParameters &p, std::span<const T> input,
              std::span<const T> filter, std::span<T> output, Add &&add, Finish &&finish) {
  const std::int32_t multiplier = p.output.channels / p.input.channels;
  const Image filters{1, p.window.rows.taps, p.window.columns.taps, p.output.channels};
  for (std::int32_t n = 0; n < p.output.batches; ++n)
    for (std::int32_t y = 0; y < p.output.height; ++y)
      for (std::int32_t x = 0; x < p.output.width; ++x)
        for (std::int32_t channel = 0; channel < p.output.channels; ++channel) {
          const std::size_t o = static_cast<std::size_t>(channel);
          const std::size_t source = static_cast<std::size_t>(channel / multiplier);
          Sum sum = 0;
          p.window.forEachTapInside(
              y, x, [&](std::int32_t ky, std::int32_t kx, std::int32_t row, std::int32_t column) {
                sum = add(sum, input[p.input.at(n, row, column) + source],
                          filter[filters.at(0, ky, kx) + o]);
              });
          output[p.output.at(n, y, x) + o] = finish(sum, o);
        }
}

} // namespace

void depthwiseConv2dInt8(const DepthwiseConv2dParameters &parameters,
                         const Requantization &requantization, std::span<const std::int8_t> input,
                         std::span<const std::int8_t> filter, std::span<const std::int32_t> bias,
                         std::span<std::int8_t> output) {
  const std::int32_t zeroPoint = requantization.inputZeroPoint;
  convolve<std::int64_t>(
      parameters, input, filter, output,
      [zeroPoint](std::int64_t sum, std::int8_t value, std::int8_t weight) {
        return sum + (value - zeroPoint) * weight;
      },
      [&](std::int64_t sum, std::size_t channel) {
        return requantization(sum + (bias.empty() ? 0 : bias[channel]), channel);
      });
}

void depthwiseConv2dFloat(const DepthwiseConv2dParameters &parameters, FloatRange range,
                          std::span<const float> input, std::span<const float> filter,
                          std::span<const float> bias, std::span<float> output) {
  convolve<float>(
      parameters, input, filter, output,
      [](float sum, float value, float weight) { return std::fma(value, weight, sum); },
      [&](float sum, std::size_t channel) {
        return std::clamp(sum + (bias.empty() ? 0.0f : bias[channel]), range.low, range.high);
      });
}

} // namespace xs3::kernels
