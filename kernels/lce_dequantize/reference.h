// Packed signs to numbers: bit 0 is +1, bit 1 is -1.
#pragma once

#include "base/types.h"
#include "kernels/reference/activation.h"

#include <cstdint>
#include <span>

namespace xs3::kernels {

/// pixels x ceil(channels / 32) words to pixels x channels values +1 and -1.
void lceDequantizeFloat(std::int32_t channels, std::span<const Word> input,
                        std::span<float> output);

/// The quantized values of +1 and -1: clamp(zero point +- round(1 / scale)).
void lceDequantizeInt8(std::int32_t channels, Int8Quantization quantization,
                       std::span<const Word> input, std::span<std::int8_t> output);

/// 1 for +1, 0 for -1.
void lceDequantizeBool(std::int32_t channels, std::span<const Word> input,
                       std::span<std::uint8_t> output);

} // namespace xs3::kernels
