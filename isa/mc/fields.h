// The joint operand fields of the packed formats: operands 0..11 keep their low two bits apart,
// their high parts share one field as a base-3 number.
#pragma once

#include "base/bits.h"

#include <array>
#include <cstdint>
#include <optional>

namespace xs3::isa::mc {

/// hhhhh aa bb cc, bits 10..0.
constexpr std::uint32_t packThree(std::uint32_t a, std::uint32_t b, std::uint32_t c) {
  const std::uint32_t high = a / 4 + 3 * (b / 4) + 9 * (c / 4);
  return high << 6 | (a % 4) << 4 | (b % 4) << 2 | c % 4;
}

constexpr std::optional<std::array<std::uint32_t, 3>> unpackThree(std::uint32_t word) {
  const std::uint32_t high = bits<10, 6>(word);
  if (high >= 27)
    return std::nullopt;
  return std::array{high % 3 * 4 + bits<5, 4>(word), high / 3 % 3 * 4 + bits<3, 2>(word),
                    high / 9 * 4 + bits<1, 0>(word)};
}

/// kkkkk j X aa bb, bits 10..0 with X zero.
constexpr std::uint32_t packTwo(std::uint32_t a, std::uint32_t b) {
  const std::uint32_t high = a / 4 + 3 * (b / 4);
  const std::uint32_t field = high <= 4 ? (27 + high) << 1 : (22 + high) << 1 | 1;
  return field << 5 | (a % 4) << 2 | b % 4;
}

constexpr std::optional<std::array<std::uint32_t, 2>> unpackTwo(std::uint32_t word) {
  const std::uint32_t k = bits<10, 6>(word);
  if (k < 27)
    return std::nullopt;
  const std::uint32_t high = k - 27 + 5 * bits<5, 5>(word);
  if (high > 8)
    return std::nullopt;
  return std::array{high % 3 * 4 + bits<3, 2>(word), high / 3 * 4 + bits<1, 0>(word)};
}

/// Bit positions by code; code 11 means 32 as code 0 does.
constexpr std::array<std::uint8_t, 12> kBitPositions = {32, 1, 2, 3, 4, 5, 6, 7, 8, 16, 24, 32};
constexpr std::uint32_t kAlternate32 = 11;

constexpr std::uint32_t bitPositionCode(std::uint32_t position, bool alternate) {
  switch (position) {
  case 16:
    return 9;
  case 24:
    return 10;
  case 32:
    return alternate ? kAlternate32 : 0;
  default:
    return position;
  }
}

} // namespace xs3::isa::mc
