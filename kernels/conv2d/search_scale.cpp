#include "kernels/conv2d/search_scale.h"

#include <algorithm>
#include <limits>
#include <vector>

namespace xs3::kernels {
namespace {

constexpr std::int64_t kMostStart = std::int64_t{1} << 38;

/// What is compared with multiples of 2^(8+shift), but for the start value.
std::int64_t scaled(const VectorScale &scale, unsigned left, std::int64_t accumulator) {
  const std::int64_t product = (accumulator << left) * scale.factor;
  const std::int64_t rounded = (product + (std::int64_t{1} << 29)) >> 30;
  return rounded + (accumulator < 0 ? -scale.sign : scale.sign);
}

/// A result and the smallest accumulator that reaches it: one behind the range where none does.
struct Step {
  std::int32_t value;
  std::int64_t first;
};

std::vector<Step> stepsOf(const Requantization &requantization, std::size_t channel,
                          AccumulatorRange range) {
  std::vector<Step> steps;
  std::int64_t from = range.least;
  for (std::int32_t value = requantization.range.low + 1; value <= requantization.range.high;
       ++value) {
    std::int64_t to = range.most + 1;
    while (from < to) {
      const std::int64_t middle = from + (to - from) / 2;
      if (requantization(middle, channel) >= value)
        to = middle;
      else
        from = middle + 1;
    }
    steps.push_back({value, from});
  }
  return steps;
}

/// Sets the start value for the other constants, if there is one.
bool findStart(VectorScale &scale, unsigned left, const std::vector<Step> &steps,
               AccumulatorRange range) {
  const unsigned down = 8 + scale.shift;
  const std::int64_t half = scale.shift == 0 ? 0 : std::int64_t{1} << (scale.shift - 1);
  std::int64_t low = -kMostStart, high = kMostStart; // of start + half
  for (const Step &step : steps) {
    const std::int64_t bound = std::int64_t{step.value} << down;
    if (step.first <= range.most)
      low = std::max(low, bound - scaled(scale, left, step.first));
    if (step.first > range.least)
      high = std::min(high, bound - 1 - scaled(scale, left, step.first - 1));
    if (low > high)
      return false;
  }
  scale.start = low + (high - low) / 2 - half;
  return true;
}

} // namespace

std::int64_t applyScale(const VectorScale &scale, unsigned left, std::int64_t accumulator) {
  const std::int64_t half = scale.shift == 0 ? 0 : std::int64_t{1} << (scale.shift - 1);
  return (scale.start + half + scaled(scale, left, accumulator)) >> (8 + scale.shift);
}

std::optional<VectorScale> searchScale(const Requantization &requantization, std::size_t channel,
                                       AccumulatorRange range, unsigned left) {
  const Multiplier multiplier = requantization.multipliers[channel];
  const std::vector<Step> steps = stepsOf(requantization, channel, range);
  // With the reference's own factor q, 2^left * q / 2^30 is the real factor times 2^down.
  const int down = static_cast<int>(left) + 1 - multiplier.shift;
  if (down < 8 || down > 30)
    return std::nullopt;
  // Its second rounding has ties away from zero: half of a unit of its first result either way.
  const std::int64_t tie = multiplier.shift < 0 ? std::int64_t{1} << left : 0;
  constexpr std::int64_t kReach = 300;
  for (std::int64_t i = 0; i <= 2 * kReach; ++i)
    for (const std::int64_t change : {0, 1, -1, 2, -2}) {
      const std::int64_t offset = i % 2 == 0 ? -i / 2 : (i + 1) / 2; // 0, 1, -1, 2, -2, ...
      const std::int64_t factor = multiplier.q + offset, sign = tie + change;
      if (factor < 0 || factor > std::numeric_limits<std::int32_t>::max() || sign < 0)
        continue;
      VectorScale scale{0, static_cast<std::int32_t>(factor), static_cast<std::int32_t>(sign),
                        static_cast<std::uint32_t>(down - 8)};
      if (findStart(scale, left, steps, range))
        return scale;
    }
  return std::nullopt;
}

} // namespace xs3::kernels
