// DEQUANTIZE: int8 to float32.
#pragma once

#include "kernels/reference/activation.h"

#include <cstdint>
#include <span>

namespace xs3::kernels {

/// scale * (value - zero point) in float32.
void dequantizeInt8(Int8Quantization input, std::span<const std::int8_t> values,
                    std::span<float> result);

} // namespace xs3::kernels
