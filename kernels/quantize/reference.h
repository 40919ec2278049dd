// QUANTIZE: float32 to int8, or int8 to another scale.
#pragma once

#include "kernels/reference/activation.h"

#include <cstdint>
#include <span>

namespace xs3::kernels {

/// round(value / scale), the quotient in float32, ties away from zero; plus the zero point,
/// clamped.
void quantizeFloat(Int8Quantization output, std::span<const float> input,
                   std::span<std::int8_t> result);

/// (value - zero point) * input scale / output scale in fixed point, plus the output's zero point,
/// clamped.
void quantizeInt8(Int8Quantization input, Int8Quantization output,
                  std::span<const std::int8_t> values, std::span<std::int8_t> result);

} // namespace xs3::kernels
