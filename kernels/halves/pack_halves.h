// The constants that halves.inc reads.
#pragma once

#include "kernels/halves/search_halves.h"
#include "kernels/reference/activation.h"

#include <cstdint>
#include <span>
#include <vector>

namespace xs3::kernels {

inline constexpr std::uint32_t kHalvesLanes = 16;
inline constexpr std::uint32_t kHalvesScratch = 128; ///< Bytes: what halves.inc needs.

/// Whether an output has no range of its own (else: clamp_scaled), and whether it has one that
/// clamp_scaled can do.
bool isWholeRange(Int8Range range);
bool halvesCanClamp(Int8Range range);

/// For a channel with one result for every input, which is to have accumulators of 0.
HalvesScale settledHalves(std::int32_t result);

/// Appends the constants of a group of up to 16 channels, 16 halfwords each: 16; of HalvesScale and
/// HalvesStart upper, whole, fractionLow, apart, sign, lower, fractionHigh, whole; 1; the shift;
/// for clamp_scaled four; 32640; and 32 bytes of -128.
void appendHalves(std::vector<std::uint8_t> &block, std::span<const HalvesScale> scales,
                  Int8Range range);

} // namespace xs3::kernels
