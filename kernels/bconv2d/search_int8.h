// Constants for the exact int8 output of a binary convolution, searched and proven for each
// channel.
#pragma once

#include "kernels/bconv2d/reference.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace xs3::kernels {

/// One channel's output as a function of a = ceil(K/2) - x, where x = 0 .. K is the popcount.
class Int8Step {
public:
  Int8Step(std::int64_t bits, const Bconv2dOutputTransform &transform, std::size_t channel);

  std::int64_t lowest() const { return lowest_; }
  std::int64_t highest() const { return lowest_ + static_cast<std::int64_t>(values_.size()) - 1; }
  std::int32_t at(std::int64_t a) const { return values_[static_cast<std::size_t>(a - lowest_)]; }
  /// Whether all a <= 0 give one result, so that the kernel may replace them by 0 (RELU).
  bool flatBelowZero() const;

private:
  std::int64_t lowest_;
  std::vector<std::int8_t> values_;
};

/// y = clamp(floor((start + 2^(shift-1) + a * factor) / 2^(8+shift)), -128, 127); nothing is added
/// where shift is 0.
struct Int8Constants {
  std::int32_t start = 0;
  std::int32_t factor = 0; ///< -65534 .. 65534: two 16-bit factors where one is not enough
  std::uint32_t shift = 0; ///< 0 .. 15
};

/// Constants that give the step's value for every a in lowest .. highest, or (positiveOnly) in 0 ..
/// highest. None of their sums leaves 32 bits. `slope` is about what the result grows by when a
/// does; factors close to it are tried. Nothing where there are none.
std::optional<Int8Constants> searchInt8(const Int8Step &step, double slope, bool positiveOnly);

} // namespace xs3::kernels
