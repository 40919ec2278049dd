// Binary channels in 32-bit words: channel c is bit c % 32 of word c / 32; bit 0 is +1, bit 1 is
// -1.
#pragma once

#include "base/types.h"

#include <cstddef>
#include <cstdint>
#include <span>

namespace xs3::kernels {

/// Words of a pixel with that many channels (at least 1).
constexpr std::size_t wordsFor(std::int32_t channels) {
  return (static_cast<std::size_t>(channels) + 31) / 32;
}

constexpr void setBit(std::span<Word> pixel, std::size_t channel) {
  pixel[channel / 32] |= Word{1} << (channel % 32);
}

constexpr bool testBit(std::span<const Word> pixel, std::size_t channel) {
  return (pixel[channel / 32] >> (channel % 32) & 1) != 0;
}

} // namespace xs3::kernels
