// Constants for the exact int8 output of an int8 convolution on the vector unit, searched and
// proven for each channel.
#pragma once

#include "kernels/reference/requantization.h"

#include <cstddef>
#include <cstdint>
#include <optional>

namespace xs3::kernels {

/// The accumulators that a channel can reach.
struct AccumulatorRange {
  std::int64_t least = 0, most = 0;
};

/// y = clamp(floor((start + 2^(shift-1) + round(acc * 2^left * factor / 2^30) +- sign) /
/// 2^(8+shift)), low, high), where `sign` is subtracted for negative accumulators and added for
/// others, and nothing is added where shift is 0.
struct VectorScale {
  std::int64_t start = 0;  ///< Fits into 40 bits.
  std::int32_t factor = 0; ///< Not negative.
  std::int32_t sign = 0;   ///< Not negative.
  std::uint32_t shift = 0; ///< 0 .. 31
};

/// The result of that formula, before the clamp, in wide integers.
std::int64_t applyScale(const VectorScale &scale, unsigned left, std::int64_t accumulator);

/// Constants that give the reference's result for every accumulator of the range; nothing where
/// none are found. The accumulators times 2^left stay inside of 32 bits. Both the reference and the
/// formula never fall as the accumulator grows, so that looking at both sides of each of the
/// reference's steps is a proof.
std::optional<VectorScale> searchScale(const Requantization &requantization, std::size_t channel,
                                       AccumulatorRange range, unsigned left);

} // namespace xs3::kernels
