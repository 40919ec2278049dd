#include "kernels/lce_quantize/reference.h"

#include "kernels/reference/packing.h"

#include <algorithm>

namespace xs3::kernels {
namespace {

template <typename T, typename IsNegative>
void pack(std::int32_t channels, std::span<const T> input, std::span<Word> output,
          IsNegative &&isNegative) {
  const std::size_t perPixel = static_cast<std::size_t>(channels), words = wordsFor(channels);
  std::fill(output.begin(), output.end(), 0);
  for (std::size_t i = 0; i < input.size(); ++i)
    if (isNegative(input[i]))
      setBit(output.subspan(i / perPixel * words, words), i % perPixel);
}

} // namespace

void lceQuantizeFloat(std::int32_t channels, std::span<const float> input, std::span<Word> output) {
  pack(channels, input, output, [](float value) { return value < 0; });
}

void lceQuantizeInt8(std::int32_t channels, std::int32_t zeroPoint,
                     std::span<const std::int8_t> input, std::span<Word> output) {
  pack(channels, input, output, [=](std::int8_t value) { return value < zeroPoint; });
}

void lceQuantizeBool(std::int32_t channels, std::span<const std::uint8_t> input,
                     std::span<Word> output) {
  pack(channels, input, output, [](std::uint8_t value) { return value == 0; });
}

} // namespace xs3::kernels
