#include "kernels/quantize/reference.h"

#include "kernels/reference/fixed_point.h"

#include <algorithm>

namespace xs3::kernels {

void quantizeFloat(Int8Quantization output, std::span<const float> input,
                   std::span<std::int8_t> result) {
  std::transform(input.begin(), input.end(), result.begin(), [output](float value) {
    return toInt8(roundAway(value / output.scale), output.zeroPoint);
  });
}

void quantizeInt8(Int8Quantization input, Int8Quantization output,
                  std::span<const std::int8_t> values, std::span<std::int8_t> result) {
  const Multiplier multiplier = quantizeMultiplier(double{input.scale} / double{output.scale});
  std::transform(values.begin(), values.end(), result.begin(), [&](std::int8_t value) {
    return toInt8(scaleBy(value - input.zeroPoint, multiplier), output.zeroPoint);
  });
}

} // namespace xs3::kernels
