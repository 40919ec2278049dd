#include "kernels/add/search_sum.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <limits>
#include <vector>

namespace xs3::kernels {
namespace {

constexpr std::int64_t kMostSum = (std::int64_t{1} << 31) - (std::int64_t{1} << 25);
constexpr std::int64_t kUnbounded = std::int64_t{1} << 50;
constexpr std::int32_t kReach = 30;       ///< How far from the real weights, in units.
constexpr std::uint32_t kFinest = 15;     ///< The most that results of 16 bits leave room for.
constexpr std::int32_t kMostFactor = 255; ///< times 128 fits into 16 bits.
/// At all pairs, in one search: scales that no weights fit would take seconds.
constexpr int kMostLooks = 2000;

/// What one pair asks of the start value: low - V <= start <= high - V, V being its weighted sum.
struct Bound {
  std::int32_t a, b;
  std::int64_t low, high;
};

/// The start values that all looked-at pairs allow, and the pairs that say so.
struct Interval {
  std::int64_t low = -kUnbounded, high = kUnbounded;
  Bound lowest = {}, highest = {};

  bool empty() const { return low > high; }
  void narrow(const Bound &bound, std::int64_t sum) {
    if (bound.low - sum > low) {
      low = bound.low - sum;
      lowest = bound;
    }
    if (bound.high - sum < high) {
      high = bound.high - sum;
      highest = bound;
    }
  }
};

/// The reference's result for every pair, a outer.
std::vector<std::int8_t> allResults(const AddScaling &scaling, Sign sign) {
  std::array<std::int32_t, 256> termsB = {};
  for (std::int32_t b = -128; b < 128; ++b)
    termsB[static_cast<std::size_t>(b + 128)] = scaling.termB(b);
  std::vector<std::int8_t> results;
  results.reserve(256 * 256);
  for (std::int32_t a = -128; a < 128; ++a) {
    const std::int32_t termA = scaling.termA(a);
    for (const std::int32_t termB : termsB)
      results.push_back(scaling.result(termA, termB, sign));
  }
  return results;
}

double realFactor(Multiplier multiplier) { return std::ldexp(multiplier.q, multiplier.shift - 31); }

/// A search at one precision: results are multiples of 2^bits.
class Search {
public:
  Search(const std::vector<std::int8_t> &results, Int8Range range, std::uint32_t bits)
      : results_(results), range_(range), one_(std::int64_t{1} << bits) {}

  /// Whether pairs that refused earlier weights refuse these: a short look.
  bool refused(std::int64_t weightA, std::int64_t weightB) const {
    Interval interval;
    for (const Bound &bound : refusals_) {
      interval.narrow(bound, weightA * bound.a + weightB * bound.b);
      if (interval.empty())
        return true;
    }
    return false;
  }

  /// A start value for these weights, if there is one whose sums fit, by all pairs: in the middle
  /// of those that there are, as far as they fit.
  std::optional<std::int64_t> start(std::int64_t weightA, std::int64_t weightB) {
    Interval interval;
    auto result = results_.begin();
    for (std::int32_t a = -128; a < 128 && !interval.empty(); ++a)
      for (std::int32_t b = -128; b < 128; ++b)
        interval.narrow(boundOf(a, b, *result++), weightA * a + weightB * b);
    if (!interval.empty()) {
      const std::int64_t most = kMostSum - 1 - 128 * (std::abs(weightA) + std::abs(weightB));
      const std::int64_t middle = interval.low + (interval.high - interval.low) / 2;
      const std::int64_t fitting = std::max(std::min(middle, most), -most);
      return most >= 0 && fitting >= interval.low && fitting <= interval.high
                 ? std::optional(fitting)
                 : std::nullopt;
    }
    refusals_.push_back(interval.lowest);
    refusals_.push_back(interval.highest);
    return std::nullopt;
  }

private:
  Bound boundOf(std::int32_t a, std::int32_t b, std::int32_t result) const {
    return {a, b, result <= range_.low ? -kUnbounded : result * one_,
            result >= range_.high ? kUnbounded : (result + 1) * one_ - 1};
  }

  const std::vector<std::int8_t> &results_;
  Int8Range range_;
  std::int64_t one_;
  std::vector<Bound> refusals_;
};

bool hasForm(std::int64_t weight, SumForm form) {
  return form == SumForm::Any || factored(static_cast<std::int32_t>(weight));
}

} // namespace

std::optional<FactoredWeight> factored(std::int32_t weight) {
  for (std::int32_t factor = kMostFactor; factor > 0; --factor)
    if (weight % factor == 0 &&
        std::abs(weight / factor) <= std::numeric_limits<std::int16_t>::max())
      return FactoredWeight{factor, weight / factor};
  return std::nullopt;
}

std::optional<SumWeights> searchSum(const AddScaling &scaling, Sign sign, SumForm form) {
  const double unit = std::ldexp(realFactor(scaling.sum), 20);
  const double realA = realFactor(scaling.a) * unit;
  const double realB = realFactor(scaling.b) * (sign == Sign::Plus ? unit : -unit);
  const std::vector<std::int8_t> results = allResults(scaling, sign);
  int looks = 0;
  for (std::uint32_t shift = kFinest + 1; shift-- > 0;) {
    const double one = std::ldexp(1, static_cast<int>(8 + shift));
    if (128 * (std::abs(realA) + std::abs(realB)) * one >= static_cast<double>(kMostSum))
      continue;
    const std::int64_t nearA = std::llround(realA * one), nearB = std::llround(realB * one);
    Search search(results, scaling.range, 8 + shift);
    for (std::int32_t ring = 0; ring <= kReach; ++ring)
      for (std::int32_t byA = -ring; byA <= ring; ++byA)
        // Of the square's border alone.
        for (std::int32_t byB = -ring; byB <= ring; byB += std::abs(byA) == ring ? 1 : 2 * ring) {
          const std::int64_t weightA = nearA + byA, weightB = nearB + byB;
          if (search.refused(weightA, weightB) || !hasForm(weightA, form) ||
              !hasForm(weightB, form))
            continue;
          if (++looks > kMostLooks)
            return std::nullopt;
          if (const auto start = search.start(weightA, weightB))
            return SumWeights{static_cast<std::int32_t>(weightA),
                              static_cast<std::int32_t>(weightB), static_cast<std::int32_t>(*start),
                              shift};
        }
  }
  return std::nullopt;
}

} // namespace xs3::kernels
