#include "kernels/conv2d/pack_vector.h"

#include "kernels/little_endian.h"

#include <algorithm>
#include <cstdlib>

namespace xs3::kernels {
namespace {

constexpr std::size_t kRing = 16, kVectorBytes = 32, kVectorWords = 8;

/// Lane of a ring to channel of a block (call.h).
std::size_t channelInBlock(std::size_t ring, std::size_t lane) {
  return 4 * (lane / 2) + (ring == 0 ? 2 : 0) + lane % 2;
}

} // namespace

AccumulatorRange Int8Layer::range(std::size_t channel) const {
  const std::int64_t zero = requantization.inputZeroPoint;
  const std::int64_t b = bias.empty() ? 0 : bias[channel];
  AccumulatorRange range{b, b};
  for (const std::int8_t w : weights(channel)) {
    const auto [least, most] = std::minmax({w * (-128 - zero), w * (127 - zero)});
    range.least += least;
    range.most += most;
  }
  return range;
}

SettledLayer::SettledLayer(const Int8Layer &layer)
    : requantization_(layer.requantization), filter_(layer.filter.begin(), layer.filter.end()),
      bias_(requantization_.multipliers.size(), 0),
      layer_{requantization_, layer.field, filter_, bias_} {
  std::copy(layer.bias.begin(), layer.bias.end(), bias_.begin());
  for (std::size_t channel = 0; channel < bias_.size(); ++channel) {
    const AccumulatorRange range = layer.range(channel);
    const std::int32_t result = requantization_(range.least, channel);
    if (result != requantization_(range.most, channel))
      continue;
    std::fill_n(filter_.begin() + static_cast<std::ptrdiff_t>(channel * layer.field), layer.field,
                std::int8_t{0});
    bias_[channel] = result - requantization_.outputZeroPoint;
    requantization_.multipliers[channel] = quantizeMultiplier(1);
  }
}

void addRings(PackedCall &call, const Int8Layer &layer, std::span<const std::size_t> lanes) {
  const std::size_t groups = (lanes.size() + kRing - 1) / kRing;
  const std::size_t slices = (layer.field + kVectorBytes - 1) / kVectorBytes;
  std::vector<std::int8_t> weights(groups * slices * kRing * kVectorBytes, 0);
  std::vector<std::uint16_t> starts(groups * 2 * kRing, 0);
  for (std::size_t i = 0; i < lanes.size(); ++i) {
    if (lanes[i] == kNoChannel)
      continue;
    const std::size_t group = i / kRing, lane = i % kRing;
    const auto row = layer.weights(lanes[i]);
    std::int64_t sum = 0;
    for (std::size_t k = 0; k < layer.field; ++k) {
      const std::size_t slice = group * slices + k / kVectorBytes;
      weights[(slice * kRing + (kRing - 1 - lane)) * kVectorBytes + k % kVectorBytes] = row[k];
      sum += row[k];
    }
    const std::int64_t b = layer.bias.empty() ? 0 : layer.bias[lanes[i]];
    const auto start = static_cast<std::uint64_t>(b - layer.requantization.inputZeroPoint * sum);
    starts[group * 2 * kRing + lane] = static_cast<std::uint16_t>(start >> 16);
    starts[(group * 2 + 1) * kRing + lane] = static_cast<std::uint16_t>(start);
  }
  addConstant(call, {"weights", "by 16 lanes, by 32 bytes of the window, lane 15 to 0: 32 bytes",
                     littleEndian(weights)});
  addConstant(call, {"starts", "by 16 lanes: upper, then lower halves of start values",
                     littleEndian(starts)});
}

std::vector<std::size_t> vectorLanes(std::size_t first, std::size_t blocks) {
  std::vector<std::size_t> lanes;
  for (std::size_t block = 0; block < blocks; ++block)
    for (const std::size_t ring : {0U, 1U})
      for (std::size_t lane = 0; lane < kRing; ++lane)
        lanes.push_back(first + block * kBlockChannels + channelInBlock(ring, lane));
  return lanes;
}

std::optional<std::vector<VectorScale>> proveBlock(const Int8Layer &layer, std::size_t first,
                                                   unsigned left) {
  std::vector<VectorScale> scales;
  for (const std::size_t last : {3U, 2U, 1U, 0U}) // channel modulo 4
    for (std::size_t i = 0; i < kVectorWords; ++i) {
      const std::size_t channel = first + 4 * i + last;
      const auto scale = searchScale(layer.requantization, channel, layer.range(channel), left);
      if (!scale)
        return std::nullopt;
      scales.push_back(*scale);
    }
  return scales;
}

unsigned vectorLeftShift(const Int8Layer &layer, std::size_t first, std::size_t channels) {
  constexpr int kMost = 29; // searchScale's limits
  int left = kMost;
  for (std::size_t channel = first; channel < first + channels; ++channel) {
    const AccumulatorRange range = layer.range(channel);
    const std::int64_t most = std::max(std::abs(range.least), std::abs(range.most));
    while (left > 0 && most << left > INT32_MAX)
      --left;
    left = std::min(left, kMost + std::min(layer.requantization.multipliers[channel].shift, 0));
  }
  return static_cast<unsigned>(std::max(left, 0));
}

void addVectorScales(PackedCall &call, std::span<const VectorScale> scales, Int8Range range) {
  std::vector<Conv2dVectorScale> table(scales.size() / kVectorWords);
  for (std::size_t i = 0; i < scales.size(); ++i) {
    Conv2dVectorScale &entry = table[i / kVectorWords];
    const std::size_t lane = i % kVectorWords;
    entry.startHigh[lane] = static_cast<std::int32_t>(scales[i].start >> 32);
    entry.startLow[lane] = static_cast<std::uint32_t>(scales[i].start);
    entry.factor[lane] = scales[i].factor;
    entry.sign[lane] = scales[i].sign;
    entry.shift[lane] = scales[i].shift;
  }
  addConstant(call,
              {"scales", "by 8 channels: start high, start low, factor, sign, shift, 8 words each",
               littleEndian(table)});
  if (range.low <= -128 && range.high >= 127)
    return;
  constexpr std::int32_t kOne = 1 << 23;
  std::vector<std::int32_t> clamps;
  for (const std::int32_t bound : {-range.low, range.high - range.low, range.high})
    clamps.insert(clamps.end(), kVectorWords, bound * kOne);
  addConstant(call,
              {"clamps", "-low, high - low, high, times 2^23: 8 words each", littleEndian(clamps)});
}

} // namespace xs3::kernels
