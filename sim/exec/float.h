// The floating-point unit: binary32, round to nearest even, subnormals kept, every NaN result
// 0x7FC00000 (encoding.md section 9). The host's float is the same format; nothing here may be
// contracted or reordered (no -ffast-math, -ffp-contract=off).
#pragma once

#include "sim/exec/wide.h"

#include <bit>
#include <cmath>
#include <limits>

namespace xs3::sim::exec {

static_assert(std::numeric_limits<float>::is_iec559);

inline constexpr Word kNan = 0x7fc00000;
inline constexpr Word kInfinity = 0x7f800000;
inline constexpr Word kSign = 0x80000000;
inline constexpr int kExponentBias = 127;
inline constexpr int kFractionBits = 23;

constexpr float asFloat(Word a) { return std::bit_cast<float>(a); }
constexpr Word asWord(float value) { return value != value ? kNan : std::bit_cast<Word>(value); }

constexpr Word FADD(Word b, Word c) { return asWord(asFloat(b) + asFloat(c)); }
constexpr Word FSUB(Word b, Word c) { return asWord(asFloat(b) - asFloat(c)); }
constexpr Word FMUL(Word b, Word c) { return asWord(asFloat(b) * asFloat(c)); }
/// a + b * c with one rounding.
inline Word FMACC(Word a, Word b, Word c) {
  return asWord(std::fma(asFloat(b), asFloat(c), asFloat(a)));
}

constexpr Word FEQ(Word b, Word c) { return asFloat(b) == asFloat(c); }
constexpr Word FLT(Word b, Word c) { return asFloat(b) < asFloat(c); }
constexpr Word FGT(Word b, Word c) { return asFloat(b) > asFloat(c); }
constexpr bool isNan(Word a) { return (a & ~kSign) > kInfinity; }
constexpr Word FUN(Word b, Word c) { return isNan(b) || isNan(c); }

constexpr Word exponentField(Word c) { return (c & kInfinity) >> kFractionBits; }
constexpr Word fraction(Word c) { return c & MKMSK(kFractionBits); }

/// {sign, unbiased exponent}: -126 for zeros and subnormals, 128 for infinities and NaNs (open
/// question "fsexp-special").
constexpr Pair FSEXP(Word c) {
  const auto exponent = static_cast<int>(std::max<Word>(exponentField(c), 1)) - kExponentBias;
  return {c >> 31, static_cast<Word>(exponent)};
}
/// The 24-bit mantissa; zeros and subnormals have no hidden bit.
constexpr Word FMANT(Word b) {
  return fraction(b) | (exponentField(b) != 0 ? Word{1} << kFractionBits : 0);
}

/// 0 a normal number, 1 a zero, 2 an infinity, 3 a NaN; 4 more when the sign is set. Subnormals
/// count as normal (open question "fclass-subnormal").
constexpr Word FCLASS(Word b) {
  const Word magnitude = b & ~kSign;
  const Word kind = magnitude == 0 ? 1 : magnitude == kInfinity ? 2 : isNan(b) ? 3 : 0;
  return kind + ((b & kSign) != 0 ? 4 : 0);
}

/// value / 2^places rounded to nearest even, for any number of places.
constexpr std::uint64_t roundedToEven(std::uint64_t value, std::int64_t places) {
  if (places <= 0)
    return value << -places;
  if (places > 64)
    return 0;
  const std::uint64_t half = std::uint64_t{1} << (places - 1);
  const std::uint64_t rest = value & (half | (half - 1));
  const std::uint64_t quotient = places == 64 ? 0 : value >> places;
  const bool up = rest > half || (rest == half && (quotient & 1) != 0);
  return quotient + (up ? 1 : 0);
}

/// (-1)^d * c:e * 2^(b - 23), rounded; 0 keeps its sign, too large a value is infinite.
constexpr Word FMAKE(Word d, Word b, Word c, Word e) {
  const Word sign = d << 31;
  const std::uint64_t mantissa = join(c, e);
  if (mantissa == 0)
    return sign;
  constexpr std::int64_t kLowestUnit = 1 - kExponentBias - kFractionBits; // of subnormals
  const std::int64_t unit = std::int64_t{asSigned(b)} - kFractionBits;    // of the mantissa
  const std::int64_t top = unit + 63 - std::countl_zero(mantissa);
  const std::int64_t resultUnit = std::max(top - kFractionBits, kLowestUnit);
  if (top > kExponentBias)
    return sign | kInfinity;
  // The hidden bit, where there is one, adds 1 to the exponent field; so does a carry of rounding,
  // up to infinity.
  const auto field = static_cast<std::uint64_t>(resultUnit - kLowestUnit) << kFractionBits;
  return sign | static_cast<Word>(field + roundedToEven(mantissa, resultUnit - unit));
}

} // namespace xs3::sim::exec
