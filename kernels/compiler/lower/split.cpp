#include "kernels/compiler/lower/split.h"

#include <algorithm>
#include <limits>
#include <numeric>

namespace xs3::compiler {
namespace {

/// Begins of `parts` shares of `count`.
std::vector<std::uint32_t> evenBegins(std::uint32_t count, std::uint32_t parts) {
  std::vector<std::uint32_t> begins;
  for (std::uint32_t part = 0; part <= parts; ++part)
    begins.push_back(static_cast<std::uint32_t>(std::uint64_t{count} * part / parts));
  return begins;
}

double clocksOfShares(const std::vector<std::uint32_t> &begins, const WorkEstimate &work) {
  std::vector<double> slots;
  for (std::size_t i = 0; i + 1 < begins.size(); ++i)
    slots.push_back(work.slots(begins[i + 1] - begins[i]));
  return clocksOf(slots);
}

std::uint32_t blocksOf(kernels::ChannelRange range) {
  return (range.count + kChannelBlock - 1) / kChannelBlock;
}

} // namespace

std::vector<std::uint32_t> shareUnits(std::uint32_t units, unsigned threads,
                                      const WorkEstimate &work) {
  std::vector<std::uint32_t> best{0, units};
  double bestClocks = std::numeric_limits<double>::max();
  for (unsigned parts = 1; parts <= std::min(threads, std::max(units, 1u)); ++parts) {
    std::vector<std::uint32_t> begins = evenBegins(units, parts);
    const double clocks = clocksOfShares(begins, work);
    if (clocks < bestClocks) {
      best = std::move(begins);
      bestClocks = clocks;
    }
  }
  return best;
}

std::vector<kernels::ChannelRange> cutChannels(kernels::ChannelRange range, std::uint32_t parts) {
  const std::uint32_t blocks = blocksOf(range);
  const std::vector<std::uint32_t> begins =
      evenBegins(blocks, std::clamp<std::uint32_t>(parts, 1, std::max(blocks, 1u)));
  std::vector<kernels::ChannelRange> ranges;
  for (std::size_t i = 0; i + 1 < begins.size(); ++i) {
    const std::uint32_t first = begins[i] * kChannelBlock;
    const std::uint32_t end = std::min(begins[i + 1] * kChannelBlock, range.count);
    ranges.push_back({range.first + first, end - first});
  }
  return ranges;
}

std::vector<kernels::ChannelRange> shareChannels(const std::vector<kernels::PackedCall> &calls,
                                                 kernels::ChannelRange range, unsigned threads) {
  /// Own argument blocks and a copy of the window for every range must be worth it.
  constexpr double kWorthIt = 0.95;
  const auto blocks = static_cast<double>(blocksOf(range));
  double byUnits = 0;
  for (const kernels::PackedCall &call : calls)
    byUnits +=
        clocksOfShares(shareUnits(call.units, threads, estimateWork(call)), estimateWork(call));
  std::vector<kernels::ChannelRange> best;
  double bestClocks = kWorthIt * byUnits;
  for (std::uint32_t parts = 2; parts <= std::min(threads, blocksOf(range)); ++parts) {
    std::vector<kernels::ChannelRange> ranges = cutChannels(range, parts);
    std::vector<double> slots;
    for (const kernels::ChannelRange &part : ranges) {
      double sum = 0;
      for (const kernels::PackedCall &call : calls)
        sum += estimateWork(call).slots(call.units);
      slots.push_back(sum * blocksOf(part) / blocks);
    }
    if (const double clocks = clocksOf(slots); clocks < bestClocks) {
      best = std::move(ranges);
      bestClocks = clocks;
    }
  }
  return best;
}

} // namespace xs3::compiler
