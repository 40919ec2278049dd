// Constants for the exact int8 output of an int8 convolution on the vector unit, searched and
// proven for each channel.
#pragma once

#include "kernels/reference/requantization.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace xs3::kernels {

/// The accumulators that a channel can reach.
struct AccumulatorRange {
  std::int64_t least = 0, most = 0;
};

/// A result and the smallest accumulator that reaches it: one behind the range where none does.
struct ResultStep {
  std::int32_t value;
  std::int64_t first;
};

/// Where the results of a channel rise, for every result above the lowest, in rising order.
std::vector<ResultStep> resultSteps(const Requantization &requantization, std::size_t channel,
                                    AccumulatorRange range);

/// y = clamp(floor(f / 2^24)), where, every step saturated to +-(2^31 - 1),
///   x = acc * 2^left + start
///   f = round(x * factor / 2^30), plus or minus `sign`: plus where f + zero is not negative
/// (the reference's second rounding has its ties away from zero).
struct VectorScale {
  std::int64_t start = 0;  ///< Its part above 2^left is added to the accumulator: 32 bits with it.
  std::uint32_t left = 1;  ///< 1 .. 31
  std::int32_t factor = 0; ///< Not negative.
  std::int32_t zero = 0;   ///< -f of the accumulator 0.
  std::int32_t sign = 0;   ///< Not negative; 0: none.
};

/// What is added one after the other to f for a clamp that the saturation does not do, each
/// saturated: down by the lower end and back, up by the upper end and back.
struct ClampSteps {
  std::int32_t values[4];
};

/// Whether the range needs them, and whether there are any (the ends lie below and above 0).
bool needsClamp(Int8Range range);
bool canClamp(Int8Range range);
ClampSteps clampSteps(Int8Range range);

/// The result of that formula and the range's clamp.
std::int32_t applyScale(const VectorScale &scale, Int8Range range, std::int64_t accumulator);

/// Constants that give the reference's result for every accumulator of the range; nothing where
/// none are found. Both the reference and the formula never fall as the accumulator grows, so that
/// looking at both sides of each of the reference's steps is a proof. `withSign`: whether `sign`
/// may be other than 0.
std::optional<VectorScale> searchScale(const Requantization &requantization, std::size_t channel,
                                       AccumulatorRange range, bool withSign);

} // namespace xs3::kernels
