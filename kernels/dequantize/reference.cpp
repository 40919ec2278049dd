#include "kernels/dequantize/reference.h"

#include <algorithm>

namespace xs3::kernels {

void dequantizeInt8(Int8Quantization input, std::span<const std::int8_t> values,
                    std::span<float> result) {
  std::transform(values.begin(), values.end(), result.begin(), [input](std::int8_t value) {
    return input.scale * static_cast<float>(value - input.zeroPoint);
  });
}

} // namespace xs3::kernels
