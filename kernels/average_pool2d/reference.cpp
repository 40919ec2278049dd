#include "kernels/average_pool2d/reference.h"

#include <algorithm>

namespace xs3::kernels {
namespace {

/// For every element of the output, finish(sum, count).
template <typename Sum, typename T, typename Finish>
void pool(const Image &input, const Image &output, const Window &window, std::span<const T> values,
          std::span<T> result, Finish &&finish) {
  const std::size_t channels = static_cast<std::size_t>(input.channels);
  for (std::int32_t n = 0; n < output.batches; ++n)
    for (std::int32_t y = 0; y < output.height; ++y)
      for (std::int32_t x = 0; x < output.width; ++x)
        for (std::size_t c = 0; c < channels; ++c) {
          Sum sum = 0;
          std::int64_t count = 0;
          window.forEachTapInside(
              y, x, [&](std::int32_t, std::int32_t, std::int32_t row, std::int32_t column) {
                sum += values[input.at(n, row, column) + c];
                ++count;
              });
          result[output.at(n, y, x) + c] = finish(sum, count);
        }
}

} // namespace

std::int64_t averageOf(std::int64_t sum, std::int64_t count) {
  return (sum + (sum < 0 ? -(count / 2) : count / 2)) / count;
}

void averagePool2dInt8(const Image &input, const Image &output, const Window &window,
                       Int8Range range, std::span<const std::int8_t> values,
                       std::span<std::int8_t> result) {
  pool<std::int64_t>(input, output, window, values, result,
                     [range](std::int64_t sum, std::int64_t count) {
                       return static_cast<std::int8_t>(
                           std::clamp<std::int64_t>(averageOf(sum, count), range.low, range.high));
                     });
}

void averagePool2dFloat(const Image &input, const Image &output, const Window &window,
                        FloatRange range, std::span<const float> values, std::span<float> result) {
  pool<float>(input, output, window, values, result, [range](float sum, std::int64_t count) {
    return std::clamp(sum / static_cast<float>(count), range.low, range.high);
  });
}

} // namespace xs3::kernels
