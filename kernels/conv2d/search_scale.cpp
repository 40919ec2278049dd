#include "kernels/conv2d/search_scale.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

namespace xs3::kernels {
namespace {

constexpr std::int64_t kMost = std::numeric_limits<std::int32_t>::max();
constexpr std::int64_t kOne = std::int64_t{1} << 24;

std::int64_t saturated(std::int64_t value) { return std::clamp(value, -kMost, kMost); }

std::int64_t scaled(const VectorScale &scale, std::int64_t accumulator) {
  const std::int64_t x = saturated((accumulator << scale.left) + scale.start);
  return saturated((x * scale.factor + (std::int64_t{1} << 29)) >> 30);
}

/// The least x whose product with the factor is rounded to `value` or more.
std::int64_t leastFor(std::int64_t value, std::int64_t factor) {
  const std::int64_t needed = value * (std::int64_t{1} << 30) - (std::int64_t{1} << 29);
  return needed >= 0 ? (needed + factor - 1) / factor : -(-needed / factor);
}

/// Sets start and zero for the other constants, if they exist.
bool findStart(VectorScale &scale, const std::vector<ResultStep> &steps, AccumulatorRange range) {
  constexpr std::int64_t kNone = std::int64_t{1} << 61;
  std::int64_t low = -kNone, high = kNone;
  for (const ResultStep &step : steps) {
    const std::int64_t bound = step.value * kOne;
    if (step.first <= range.most) {
      const std::int64_t sign = step.first < 0 ? -scale.sign : scale.sign;
      low = std::max(low, leastFor(bound - sign, scale.factor) -
                              step.first * (std::int64_t{1} << scale.left));
    }
    if (step.first > range.least) {
      const std::int64_t sign = step.first - 1 < 0 ? -scale.sign : scale.sign;
      high = std::min(high, leastFor(bound - sign, scale.factor) - 1 -
                                (step.first - 1) * (std::int64_t{1} << scale.left));
    }
    if (low > high)
      return false;
  }
  // Where all results lie at one end of the range, a start near the only bound will do.
  if (low == -kNone)
    low = high == kNone ? 0 : high - (std::int64_t{1} << scale.left);
  if (high == kNone)
    high = low + (std::int64_t{1} << scale.left);
  scale.start = low + (high - low) / 2;
  scale.zero = static_cast<std::int32_t>(-scaled(scale, 0));
  return true;
}

bool isProven(const VectorScale &scale, const std::vector<ResultStep> &steps,
              AccumulatorRange range, Int8Range clamp) {
  for (const std::int64_t end : {range.least, range.most}) // the ring's sum
    if (std::abs(end + (scale.start >> scale.left)) > kMost)
      return false;
  return std::all_of(steps.begin(), steps.end(), [&](const ResultStep &step) {
    return (step.first > range.most || applyScale(scale, clamp, step.first) >= step.value) &&
           (step.first == range.least || applyScale(scale, clamp, step.first - 1) < step.value);
  });
}

} // namespace

std::vector<ResultStep> resultSteps(const Requantization &requantization, std::size_t channel,
                                    AccumulatorRange range) {
  std::vector<ResultStep> steps;
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

bool needsClamp(Int8Range range) { return range.low > -128 || range.high < 127; }

bool canClamp(Int8Range range) { return range.low < 0 && range.high >= 0; }

ClampSteps clampSteps(Int8Range range) {
  const auto below = static_cast<std::int32_t>((range.low + 128) * kOne);
  const auto above = static_cast<std::int32_t>((127 - range.high) * kOne);
  return {{-below, below, above, -above}};
}

std::int32_t applyScale(const VectorScale &scale, Int8Range range, std::int64_t accumulator) {
  std::int64_t f = scaled(scale, accumulator);
  f = saturated(f + (saturated(f + scale.zero) < 0 ? -scale.sign : scale.sign));
  if (needsClamp(range))
    for (const std::int32_t step : clampSteps(range).values)
      f = saturated(f + step);
  return static_cast<std::int32_t>(f >> 24);
}

std::optional<VectorScale> searchScale(const Requantization &requantization, std::size_t channel,
                                       AccumulatorRange range, bool withSign) {
  if (needsClamp(requantization.range) && !canClamp(requantization.range))
    return std::nullopt;
  const Multiplier multiplier = requantization.multipliers[channel];
  // A real factor q * 2^(shift - 31) is 2^24 * factor * 2^(left - 30) for factor = q, or its half.
  const int left = 23 + multiplier.shift;
  if (left < 1 || left > 31 || multiplier.q == 0)
    return std::nullopt;
  const std::vector<ResultStep> steps = resultSteps(requantization, channel, range);
  // Half a unit of the reference's first result; its second rounding is none where shift >= 0.
  const std::int64_t tie =
      withSign && multiplier.shift < 0 ? (std::int64_t{1} << 23) >> -multiplier.shift : 0;
  constexpr std::int64_t kReach = 300;
  for (std::int64_t i = 0; i <= 2 * kReach; ++i)
    for (const std::int64_t change : {0, 1, -1, 2, -2}) {
      const std::int64_t offset = i % 2 == 0 ? -i / 2 : (i + 1) / 2; // 0, 1, -1, 2, -2, ...
      const std::int64_t factor = multiplier.q + offset, sign = tie + change;
      if (factor < 1 || factor > kMost || sign < 0 || (!withSign && sign > 0))
        continue;
      VectorScale scale{0, static_cast<std::uint32_t>(left), static_cast<std::int32_t>(factor), 0,
                        static_cast<std::int32_t>(sign)};
      if (findStart(scale, steps, range) && isProven(scale, steps, range, requantization.range))
        return scale;
    }
  return std::nullopt;
}

} // namespace xs3::kernels
