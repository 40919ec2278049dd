// Scalar loads and stores: what is done to the value. Shapes load and store do the rest: the type
// of the parameter (of the result, for a store) is the width in memory.
#pragma once

#include "sim/exec/access.h"
#include "sim/exec/results.h"

#include <cstdint>

namespace xs3::sim::exec {

constexpr Word LDW(std::uint32_t word) { return word; }
constexpr Word LD16S(std::int16_t half) { return static_cast<Word>(std::int32_t{half}); }
constexpr Word LD8U(std::uint8_t byte) { return byte; }
/// {word at the lower address, word at the higher}
constexpr Pair LDD(std::uint64_t words) {
  return {static_cast<Word>(words), static_cast<Word>(words >> 32)};
}

constexpr std::uint32_t STW(Word a) { return a; }
constexpr std::uint16_t ST16(Word a) { return static_cast<std::uint16_t>(a); }
constexpr std::uint8_t ST8(Word a) { return static_cast<std::uint8_t>(a); }
constexpr std::uint64_t STD(Word lower, Word higher) {
  return (static_cast<std::uint64_t>(higher) << 32) | lower;
}

/// A hint that starts filling a line of the cache before external memory. No effect on SRAM, and no
/// trap wherever it points.
EffectKind PREFETCH(Context &context, Word r11);

} // namespace xs3::sim::exec
