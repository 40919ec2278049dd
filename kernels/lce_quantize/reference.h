// The sign of every channel, packed: bit = 1 where the value stands for a number below zero.
#pragma once

#include "base/types.h"

#include <cstdint>
#include <span>

namespace xs3::kernels {

/// pixels x channels values to pixels x ceil(channels / 32) words, spare bits 0. bit = value < 0.
void lceQuantizeFloat(std::int32_t channels, std::span<const float> input, std::span<Word> output);

/// bit = value < zeroPoint.
void lceQuantizeInt8(std::int32_t channels, std::int32_t zeroPoint,
                     std::span<const std::int8_t> input, std::span<Word> output);

/// bit = not value. One byte an element, 0 is false.
void lceQuantizeBool(std::int32_t channels, std::span<const std::uint8_t> input,
                     std::span<Word> output);

} // namespace xs3::kernels
