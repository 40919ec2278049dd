#include "kernels/lce_dequantize/reference.h"

#include "kernels/reference/fixed_point.h"
#include "kernels/reference/packing.h"

namespace xs3::kernels {
namespace {

template <typename T>
void unpack(std::int32_t channels, std::span<const Word> input, std::span<T> output, T plusOne,
            T minusOne) {
  const std::size_t perPixel = static_cast<std::size_t>(channels), words = wordsFor(channels);
  for (std::size_t i = 0; i < output.size(); ++i)
    output[i] =
        testBit(input.subspan(i / perPixel * words, words), i % perPixel) ? minusOne : plusOne;
}

} // namespace

void lceDequantizeFloat(std::int32_t channels, std::span<const Word> input,
                        std::span<float> output) {
  unpack(channels, input, output, 1.0f, -1.0f);
}

void lceDequantizeInt8(std::int32_t channels, Int8Quantization quantization,
                       std::span<const Word> input, std::span<std::int8_t> output) {
  const float one = roundAway(1.0f / quantization.scale);
  unpack(channels, input, output, toInt8(one, quantization.zeroPoint),
         toInt8(-one, quantization.zeroPoint));
}

void lceDequantizeBool(std::int32_t channels, std::span<const Word> input,
                       std::span<std::uint8_t> output) {
  unpack<std::uint8_t>(channels, input, output, 1, 0);
}

} // namespace xs3::kernels
