#include "kernels/bconv2d/search_int8.h"

#include "kernels/reference/fixed_point.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace xs3::kernels {
namespace {

constexpr std::int64_t kInt32Most = std::numeric_limits<std::int32_t>::max();
constexpr std::int32_t kOneFactor = 32767, kTwoFactors = 2 * kOneFactor;

/// Neighbouring a with one result. What a line through them must satisfy is decided at the ends.
struct Run {
  std::int64_t first, last;
  std::int32_t value;
};

std::vector<Run> runsOf(const Int8Step &step, bool positiveOnly) {
  std::vector<Run> runs;
  for (std::int64_t a = positiveOnly ? 0 : step.lowest(); a <= step.highest(); ++a) {
    if (runs.empty() || runs.back().value != step.at(a))
      runs.push_back({a, a, step.at(a)});
    runs.back().last = a;
  }
  return runs;
}

/// The start value for one factor and shift, if there is one.
std::optional<std::int32_t> startFor(const std::vector<Run> &runs, std::int64_t factor,
                                     std::uint32_t shift) {
  const std::int64_t unit = std::int64_t{1} << (8 + shift);
  const std::int64_t half = shift == 0 ? 0 : std::int64_t{1} << (shift - 1);
  const auto [least, most] = std::minmax({runs.front().first * factor, runs.back().last * factor});
  // Bounds of start + half: no sum leaves 32 bits ...
  std::int64_t low = half - kInt32Most - std::min<std::int64_t>(least, 0);
  std::int64_t high = half + kInt32Most - half - std::max<std::int64_t>(most, 0);
  for (const Run &run : runs) // ... and every run comes out right.
    for (const std::int64_t a : {run.first, run.last}) {
      if (run.value > -128)
        low = std::max(low, run.value * unit - a * factor);
      if (run.value < 127)
        high = std::min(high, (run.value + 1) * unit - 1 - a * factor);
    }
  if (low > high)
    return std::nullopt;
  return static_cast<std::int32_t>(low + (high - low) / 2 - half);
}

} // namespace

Int8Step::Int8Step(std::int64_t bits, const Bconv2dOutputTransform &transform, std::size_t channel)
    : lowest_((bits + 1) / 2 - bits) {
  for (std::int64_t x = bits; x >= 0; --x)
    values_.push_back(toInt8(roundAway(transform(2 * x, channel)), 0));
}

bool Int8Step::flatBelowZero() const {
  for (std::int64_t a = lowest(); a < 0; ++a)
    if (at(a) != at(0))
      return false;
  return true;
}

namespace {

std::optional<Int8Constants> searchUpTo(std::int32_t factorMost, const std::vector<Run> &runs,
                                        double slope) {
  constexpr std::uint32_t kShiftMost = 15;
  for (std::uint32_t shift = kShiftMost + 1; shift-- > 0;) {
    const double nominal = runs.size() == 1 ? 0 : std::ldexp(slope, static_cast<int>(8 + shift));
    if (std::abs(nominal) > factorMost && shift > 0)
      continue;
    const auto centre =
        static_cast<std::int32_t>(std::clamp<double>(std::round(nominal), -factorMost, factorMost));
    const std::int32_t reach = std::abs(centre) / 500 + 1;
    for (std::int32_t i = 0; i <= 2 * reach; ++i) { // 0, 1, -1, 2, -2, ...
      const std::int32_t factor = centre + (i % 2 == 0 ? -i / 2 : (i + 1) / 2);
      if (std::abs(factor) > factorMost)
        continue;
      if (const auto start = startFor(runs, factor, shift))
        return Int8Constants{*start, factor, shift};
    }
  }
  return std::nullopt;
}

} // namespace

std::optional<Int8Constants> searchInt8(const Int8Step &step, double slope, bool positiveOnly) {
  const std::vector<Run> runs = runsOf(step, positiveOnly);
  const auto one = searchUpTo(kOneFactor, runs, slope);
  return one ? one : searchUpTo(kTwoFactors, runs, slope);
}

} // namespace xs3::kernels
