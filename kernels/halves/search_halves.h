// Constants for the exact int8 output of accumulators of up to about 21 bits on the vector unit,
// searched and proven for each channel.
#pragma once

#include "kernels/conv2d/search_scale.h"
#include "kernels/reference/requantization.h"

#include <cstddef>
#include <cstdint>
#include <optional>

namespace xs3::kernels {

/// y = clamp(floor((start + T(acc)) / 2^(8 + shift)), low, high). T is about acc times a weight of
/// a whole part and a fraction, and a little for the sign: with acc = 65536 h + l, l within 16
/// bits,
///   T = 65536 whole h + fractionHigh h + whole l + round(l * fractionLow / 2^14) +- sign
/// where `sign` is subtracted for negative accumulators and added for others: the reference rounds
/// twice, the second time with ties away from zero.
struct HalvesScale {
  std::int64_t start = 0;
  std::int32_t whole = 0;
  std::int32_t fractionHigh = 0; ///< Of 65536.
  std::int32_t fractionLow = 0;  ///< Of 2^14.
  std::int32_t sign = 0;         ///< 0 .. 16383
  std::uint32_t shift = 0;
};

/// The start value as the kernel has it, before vlsat and vdepth8 add half of what they shift away:
/// 65536 upper + lower + apart. The kernel takes lower - sign and lower + sign, both of 16 bits, as
/// numbers of 16 bits without a sign: 65536 more where they are negative, which both must be or
/// not.
struct HalvesStart {
  std::int32_t upper, lower;
  std::int32_t apart; ///< Added where there is room for it: to the product with fractionLow.
};

/// Nothing where no such halves exist.
std::optional<HalvesStart> startHalves(const HalvesScale &scale);

/// T(acc) in wide integers.
std::int64_t applyHalves(const HalvesScale &scale, std::int64_t accumulator);

/// Constants that give the reference's result for every accumulator of the range, and stay inside
/// of the kernel's 16 and 32 bits; nothing where none are found. Both the reference and T never
/// fall as the accumulator grows, so that looking at both sides of each of the reference's steps is
/// a proof.
std::optional<HalvesScale> searchHalves(const Requantization &requantization, std::size_t channel,
                                        AccumulatorRange range);

} // namespace xs3::kernels
