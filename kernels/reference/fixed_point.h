// The integer arithmetic of quantized operators: a real factor as a 31-bit fixed-point number,
// applied in two roundings.
#pragma once

#include "kernels/reference/activation.h"

#include <algorithm>
#include <cstdint>

namespace xs3::kernels {

/// A real factor m = q * 2^(shift - 31) with q in 2^30 .. 2^31 - 1, or q = 0 for a factor below
/// 2^-32.
struct Multiplier {
  std::int32_t q = 0;
  std::int32_t shift = 0; ///< -31 .. 30.
};

/// The Multiplier nearest to `real` (positive, finite). Factors of 2^30 and above become the
/// largest one.
Multiplier quantizeMultiplier(double real);

/// `value` / 2^31 * q, to nearest, ties up.
std::int32_t highMultiply(std::int32_t value, std::int32_t q);

/// `value` / 2^bits, to nearest, ties away from zero. bits 0 .. 31.
std::int32_t roundingShift(std::int32_t value, std::int32_t bits);

/// `value` times the factor. Rounded twice, so that it may differ by one from the true rounding.
std::int32_t scaleBy(std::int32_t value, Multiplier factor);

/// `value` where it fits into 32 bits, else the nearest that does.
constexpr std::int32_t saturate32(std::int64_t value) {
  return static_cast<std::int32_t>(std::clamp<std::int64_t>(value, INT32_MIN, INT32_MAX));
}

/// To the nearest integer, ties away from zero.
float roundAway(float value);

/// `value` (already rounded) plus the zero point, clamped into the range. Not a number becomes its
/// low end.
std::int8_t toInt8(float value, std::int32_t zeroPoint, Int8Range range = {});

/// `value` plus the zero point, clamped into the range.
constexpr std::int8_t toInt8(std::int32_t value, std::int32_t zeroPoint, Int8Range range = {}) {
  return static_cast<std::int8_t>(
      std::clamp<std::int64_t>(std::int64_t{value} + zeroPoint, range.low, range.high));
}

} // namespace xs3::kernels
