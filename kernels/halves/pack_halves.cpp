#include "kernels/halves/pack_halves.h"

#include "kernels/little_endian.h"

#include <array>

namespace xs3::kernels {
namespace {

constexpr std::int32_t kMost16 = 32767, kOne = 256;

/// Numbers whose saturated sums end at the range's ends, and their negatives.
std::array<std::int32_t, 4> clampsOf(Int8Range range) {
  const std::int32_t down = kMost16 + range.low * kOne, up = kMost16 - range.high * kOne;
  return {-down, down, up, -up};
}

} // namespace

bool isWholeRange(Int8Range range) { return range.low <= -128 && range.high >= 127; }

bool halvesCanClamp(Int8Range range) { return range.low <= 0 && range.high >= 0; }

HalvesScale settledHalves(std::int32_t result) {
  HalvesScale scale;
  scale.shift = 1;
  scale.start = (std::int64_t{result} << 9) + (1 << 8);
  return scale;
}

void appendHalves(std::vector<std::uint8_t> &block, std::span<const HalvesScale> scales,
                  Int8Range range) {
  const auto byLane = [&](auto &&value) {
    std::array<std::uint16_t, kHalvesLanes> lanes = {};
    for (std::size_t lane = 0; lane < scales.size(); ++lane)
      lanes[lane] = static_cast<std::uint16_t>(value(scales[lane]));
    const auto bytes = littleEndian(std::span<const std::uint16_t>(lanes));
    block.insert(block.end(), bytes.begin(), bytes.end());
  };
  byLane([](const HalvesScale &) { return 16; });
  byLane([](const HalvesScale &s) { return startHalves(s)->upper; });
  byLane([](const HalvesScale &s) { return s.whole; });
  byLane([](const HalvesScale &s) { return s.fractionLow; });
  byLane([](const HalvesScale &s) { return startHalves(s)->apart; });
  byLane([](const HalvesScale &s) { return s.sign; });
  byLane([](const HalvesScale &s) { return startHalves(s)->lower; });
  byLane([](const HalvesScale &s) { return s.fractionHigh; });
  byLane([](const HalvesScale &s) { return s.whole; });
  byLane([](const HalvesScale &) { return 1; });
  byLane([](const HalvesScale &s) { return s.shift; });
  if (!isWholeRange(range))
    for (const std::int32_t clamp : clampsOf(range))
      byLane([clamp](const HalvesScale &) { return clamp; });
  byLane([](const HalvesScale &) { return 127 * kOne + kOne / 2; });
  block.insert(block.end(), 2 * kHalvesLanes, std::uint8_t{0x80});
}

} // namespace xs3::kernels
