#include "kernels/max_pool2d/reference.h"

#include <algorithm>
#include <limits>

namespace xs3::kernels {
namespace {

template <typename T>
void maxPool2d(const Image &input, const Image &output, const Window &window, T low, T high,
               std::span<const T> values, std::span<T> result) {
  const std::size_t channels = static_cast<std::size_t>(input.channels);
  for (std::int32_t n = 0; n < output.batches; ++n)
    for (std::int32_t y = 0; y < output.height; ++y)
      for (std::int32_t x = 0; x < output.width; ++x)
        for (std::size_t c = 0; c < channels; ++c) {
          T largest = std::numeric_limits<T>::lowest();
          window.forEachTapInside(
              y, x, [&](std::int32_t, std::int32_t, std::int32_t row, std::int32_t column) {
                largest = std::max(largest, values[input.at(n, row, column) + c]);
              });
          result[output.at(n, y, x) + c] = std::clamp(largest, low, high);
        }
}

} // namespace

void maxPool2dInt8(const Image &input, const Image &output, const Window &window, Int8Range range,
                   std::span<const std::int8_t> values, std::span<std::int8_t> result) {
  maxPool2d(input, output, window, static_cast<std::int8_t>(range.low),
            static_cast<std::int8_t>(range.high), values, result);
}

void maxPool2dFloat(const Image &input, const Image &output, const Window &window, FloatRange range,
                    std::span<const float> values, std::span<float> result) {
  maxPool2d(input, output, window, range.low, range.high, values, result);
}

} // namespace xs3::kernels
