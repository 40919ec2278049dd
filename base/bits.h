// Bit fields by name instead of bare shifts.
#pragma once

#include <cstdint>

namespace xs3 {

/// Bits High..Low of `word`, moved down to bit 0.
template <unsigned High, unsigned Low> constexpr std::uint32_t bits(std::uint32_t word) {
  static_assert(Low <= High && High < 32);
  return (word >> Low) & static_cast<std::uint32_t>((std::uint64_t{1} << (High - Low + 1)) - 1);
}

/// Bit `Position` of `word`.
template <unsigned Position> constexpr bool bit(std::uint32_t word) {
  return bits<Position, Position>(word) != 0;
}

/// `value` with its low `width` bits (1..32) read as a signed number.
constexpr std::int32_t signExtend(std::uint32_t value, unsigned width) {
  const unsigned unused = 32 - width;
  return static_cast<std::int32_t>(value << unused) >> unused;
}

/// `value` rounded up to a multiple of `alignment`, a power of two.
constexpr std::uint32_t alignUp(std::uint32_t value, std::uint32_t alignment) {
  return (value + alignment - 1) & ~(alignment - 1);
}

} // namespace xs3
