#include "kernels/halves/search_halves.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <vector>

namespace xs3::kernels {
namespace {

constexpr std::int64_t kMostSum = (std::int64_t{1} << 31) - (std::int64_t{1} << 29);
constexpr std::int64_t kHalf = 65536;
/// With a smaller weight T could fall from one accumulator to the next.
constexpr double kLeastWeight = 4, kMostWeight = 8191;

/// Half of 2^15: the product with a fraction takes the other half.
constexpr std::int32_t kMostApart = (1 << 14) - 1;

/// Sets the start value for the other constants, if there is one.
bool findStart(HalvesScale &scale, const std::vector<ResultStep> &steps, AccumulatorRange range) {
  std::int64_t low = -kMostSum, high = kMostSum;
  for (const ResultStep &step : steps) {
    const std::int64_t bound = std::int64_t{step.value} << (8 + scale.shift);
    if (step.first <= range.most)
      low = std::max(low, bound - applyHalves(scale, step.first));
    if (step.first > range.least)
      high = std::min(high, bound - 1 - applyHalves(scale, step.first - 1));
    if (low > high)
      return false;
  }
  scale.start = low + (high - low) / 2;
  return true;
}

/// Whether all sums stay within 32 bits, with room for those on the way.
bool fits(const HalvesScale &scale, AccumulatorRange range) {
  return std::max(std::abs(scale.start + applyHalves(scale, range.least)),
                  std::abs(scale.start + applyHalves(scale, range.most))) < kMostSum &&
         std::abs(range.least) < kMostSum && std::abs(range.most) < kMostSum;
}

HalvesScale withWeight(double weight, std::uint32_t shift) {
  HalvesScale scale;
  scale.shift = shift;
  scale.whole = static_cast<std::int32_t>(std::lround(weight));
  const double fraction = weight - scale.whole;
  scale.fractionHigh =
      std::min(static_cast<std::int32_t>(std::lround(fraction * kHalf)), (1 << 15) - 1);
  scale.fractionLow = static_cast<std::int32_t>(std::lround(std::ldexp(fraction, 14)));
  return scale;
}

} // namespace

std::int64_t applyHalves(const HalvesScale &scale, std::int64_t accumulator) {
  const std::int64_t high = (accumulator + kHalf / 2) >> 16, low = accumulator - high * kHalf;
  const std::int64_t fraction = (low * scale.fractionLow + (1 << 13)) >> 14;
  return (kHalf * scale.whole + scale.fractionHigh) * high + scale.whole * low + fraction +
         (accumulator < 0 ? -scale.sign : scale.sign);
}

std::optional<HalvesStart> startHalves(const HalvesScale &scale) {
  const std::int64_t start = scale.start -
                             (scale.shift == 0 ? 0 : std::int64_t{1} << (scale.shift - 1)) -
                             (std::int64_t{1} << (7 + scale.shift));
  constexpr std::int32_t kWord = static_cast<std::int32_t>(kHalf);
  for (const std::int32_t apart : {0, kMostApart}) {
    const auto residue = static_cast<std::int32_t>((start - apart) & (kWord - 1));
    const std::int32_t lower = residue < kWord / 2 ? residue : residue - kWord;
    const std::int32_t margin = lower < 0 ? -lower - 1 : lower;
    if (margin >= scale.sign && margin + scale.sign < kWord / 2 - 1)
      return HalvesStart{static_cast<std::int32_t>((start - apart) >> 16), lower, apart};
  }
  return std::nullopt;
}

std::optional<HalvesScale> searchHalves(const Requantization &requantization, std::size_t channel,
                                        AccumulatorRange range) {
  constexpr int kReach = 200;
  constexpr std::uint32_t kMostShift = 22;
  constexpr std::int64_t kMostSign = 16383;
  const Multiplier multiplier = requantization.multipliers[channel];
  const double real = std::ldexp(multiplier.q, multiplier.shift - 31);
  const std::vector<ResultStep> steps = resultSteps(requantization, channel, range);
  for (std::uint32_t shift = kMostShift + 1; shift-- > 0;) {
    const double weight = std::ldexp(real, static_cast<int>(8 + shift));
    if (weight < kLeastWeight)
      break;
    if (weight > kMostWeight ||
        weight * static_cast<double>(range.most - range.least) / 2 >= static_cast<double>(kMostSum))
      continue;
    // Half a unit of the reference's first result.
    const std::int64_t tie =
        multiplier.shift < 0 ? (std::int64_t{1} << (7 + shift)) >> -multiplier.shift : 0;
    const double finest = std::ldexp(1, -17);
    for (int i = 0; i <= 2 * kReach; ++i)
      for (const std::int64_t change : {0, 1, -1, 2, -2}) {
        HalvesScale scale =
            withWeight(weight + (i % 2 == 0 ? -i / 2 : (i + 1) / 2) * finest, shift);
        if (tie + change < 0 || tie + change > kMostSign)
          continue;
        scale.sign = static_cast<std::int32_t>(tie + change);
        if (findStart(scale, steps, range) && fits(scale, range) && startHalves(scale))
          return scale;
      }
  }
  return std::nullopt;
}

} // namespace xs3::kernels
