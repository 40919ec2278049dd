#include "kernels/reference/fixed_point.h"

#include <cmath>

namespace xs3::kernels {

Multiplier quantizeMultiplier(double real) {
  int shift = 0;
  const double fraction = std::frexp(real, &shift);
  std::int64_t q = std::llround(fraction * 2147483648.0);
  if (q == std::int64_t{1} << 31) {
    q /= 2;
    ++shift;
  }
  if (shift < -31)
    return {0, 0};
  if (shift > 30)
    return {INT32_MAX, 30};
  return {static_cast<std::int32_t>(q), shift};
}

std::int32_t highMultiply(std::int32_t value, std::int32_t q) {
  const std::int64_t product = std::int64_t{value} * q;
  const std::int64_t half = product >= 0 ? std::int64_t{1} << 30 : 1 - (std::int64_t{1} << 30);
  return saturate32((product + half) / (std::int64_t{1} << 31)); // division truncates
}

std::int32_t roundingShift(std::int32_t value, std::int32_t bits) {
  const std::int64_t half = bits == 0 ? 0 : std::int64_t{1} << (bits - 1);
  const std::int64_t magnitude = (std::llabs(std::int64_t{value}) + half) >> bits;
  return static_cast<std::int32_t>(value < 0 ? -magnitude : magnitude);
}

std::int32_t scaleBy(std::int32_t value, Multiplier factor) {
  // No real network comes near the saturation; it makes absurd scales harmless.
  const std::int32_t raised =
      saturate32(std::int64_t{value} * (std::int64_t{1} << std::max(factor.shift, 0)));
  return roundingShift(highMultiply(raised, factor.q), std::max(-factor.shift, 0));
}

float roundAway(float value) { return std::round(value); }

std::int8_t toInt8(float value, std::int32_t zeroPoint, Int8Range range) {
  const float shifted = value + static_cast<float>(zeroPoint);
  if (!(shifted > static_cast<float>(range.low)))
    return static_cast<std::int8_t>(range.low);
  return static_cast<std::int8_t>(std::min(shifted, static_cast<float>(range.high)));
}

} // namespace xs3::kernels
