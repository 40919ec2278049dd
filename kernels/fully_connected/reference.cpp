#include "kernels/fully_connected/reference.h"

#include <algorithm>
#include <cmath>

namespace xs3::kernels {
namespace {

template <typename Sum, typename T, typename Add, typename Finish>
void multiply(const FullyConnectedParameters &p, std::span<const T> input,
              std::span<const T> filter, std::span<T> output, Add &&add, Finish &&finish) {
  for (std::size_t row = 0; row < p.rows; ++row)
    for (std::size_t channel = 0; channel < p.channels; ++channel) {
      Sum sum = 0;
      for (std::size_t i = 0; i < p.depth; ++i)
        sum = add(sum, input[row * p.depth + i], filter[channel * p.depth + i]);
      output[row * p.channels + channel] = finish(sum, channel);
    }
}

} // namespace

void fullyConnectedInt8(const FullyConnectedParameters &parameters,
                        const Requantization &requantization, std::span<const std::int8_t> input,
                        std::span<const std::int8_t> filter, std::span<const std::int32_t> bias,
                        std::span<std::int8_t> output) {
  const std::int32_t zeroPoint = requantization.inputZeroPoint;
  multiply<std::int64_t>(
      parameters, input, filter, output,
      [zeroPoint](std::int64_t sum, std::int8_t value, std::int8_t weight) {
        return sum + (value - zeroPoint) * weight;
      },
      [&](std::int64_t sum, std::size_t channel) {
        return requantization(sum + (bias.empty() ? 0 : bias[channel]), channel);
      });
}

void fullyConnectedFloat(const FullyConnectedParameters &parameters, FloatRange range,
                         std::span<const float> input, std::span<const float> filter,
                         std::span<const float> bias, std::span<float> output) {
  multiply<float>(
      parameters, input, filter, output,
      [](float sum, float value, float weight) { return std::fma(value, weight, sum); },
      [&](float sum, std::size_t channel) {
        return std::clamp(sum + (bias.empty() ? 0.0f : bias[channel]), range.low, range.high);
      });
}

} // namespace xs3::kernels
