#include "kernels/conv2d/pack_vector.h"

#include "kernels/little_endian.h"

#include <algorithm>
#include <array>
#include <cstdlib>

namespace xs3::kernels {
namespace {

constexpr std::size_t kRing = kGroupChannels, kVectorBytes = 32;

std::size_t groupsOf(std::size_t channels) { return (channels + kRing - 1) / kRing; }

/// The lane of a ring in which a channel of its group lies (call.h).
std::size_t laneOf(std::size_t channel) {
  const std::size_t word = channel % kRing / 4;
  return 2 * (channel % 4 < 2 ? word + 4 : word) + channel % 2;
}

using Start = std::array<std::int64_t, kRing>;

/// Start values: 16 upper halves, then 16 lower ones.
void appendHalves(std::vector<std::uint16_t> &halves, const Start &values) {
  for (const int shift : {16, 0})
    for (const std::int64_t value : values)
      halves.push_back(static_cast<std::uint16_t>(static_cast<std::uint64_t>(value) >> shift));
}

/// Puts a weight of a group whose weights begin at `group` where the ring meets it with the byte at
/// `place` of the window.
void putWeight(std::span<std::int8_t> group, std::size_t lane, std::size_t place,
               std::int8_t weight) {
  group[(place / kVectorBytes * kRing + (kRing - 1 - lane)) * kVectorBytes + place % kVectorBytes] =
      weight;
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

std::int64_t Int8Layer::start(std::size_t channel) const {
  std::int64_t sum = 0;
  for (const std::int8_t weight : weights(channel))
    sum += weight;
  return (bias.empty() ? 0 : bias[channel]) - requantization.inputZeroPoint * sum;
}

void addRings(PackedCall &call, const Int8Layer &layer, std::size_t first, std::size_t channels) {
  const std::size_t slices = (layer.field + kVectorBytes - 1) / kVectorBytes;
  const std::size_t groupBytes = slices * kRing * kVectorBytes;
  std::vector<std::int8_t> weights(groupsOf(channels) * groupBytes, 0);
  std::vector<Start> start(groupsOf(channels), Start{});
  for (std::size_t i = 0; i < channels; ++i) {
    const auto group = std::span(weights).subspan(i / kRing * groupBytes, groupBytes);
    const auto row = layer.weights(first + i);
    for (std::size_t k = 0; k < layer.field; ++k)
      putWeight(group, i % kRing, k, row[k]);
    start[i / kRing][i % kRing] = layer.start(first + i);
  }
  std::vector<std::uint16_t> starts;
  for (const Start &values : start)
    appendHalves(starts, values);
  addConstant(call, {"weights", "by 16 lanes, by 32 bytes of the window, lane 15 to 0: 32 bytes",
                     littleEndian(weights)});
  addConstant(call, {"starts", "by 16 lanes: upper, then lower halves of start values",
                     littleEndian(starts)});
}

std::optional<VectorScale> proveChannel(const Int8Layer &layer, std::size_t channel) {
  const AccumulatorRange range = layer.range(channel);
  const auto plain = searchScale(layer.requantization, channel, range, false);
  const auto scale = plain ? plain : searchScale(layer.requantization, channel, range, true);
  if (!scale)
    return std::nullopt;
  // Whatever the order of the window, no sum on the way may leave 32 bits.
  std::int64_t most = std::abs(layer.start(channel) + (scale->start >> scale->left));
  for (const std::int8_t weight : layer.weights(channel))
    most += 128 * std::abs(int{weight});
  return most <= INT32_MAX ? scale : std::nullopt;
}

ScaleForm formOf(std::span<const VectorScale> scales, Int8Range range) {
  const bool sign =
      std::any_of(scales.begin(), scales.end(), [](const auto &s) { return s.sign != 0; });
  if (needsClamp(range))
    return sign || range.high < 127 ? ScaleForm::Clamped : ScaleForm::Relu;
  return sign ? ScaleForm::Signed : ScaleForm::Plain;
}

void addVectorConstants(PackedCall &call, const Int8Layer &layer, std::size_t first,
                        std::span<const VectorScale> scales, ScaleForm form) {
  const ClampSteps clamp = clampSteps(layer.requantization.range);
  const std::size_t additions = form == ScaleForm::Clamped ? 4 : form == ScaleForm::Relu ? 2 : 0;
  std::vector<std::uint16_t> constants;
  for (std::size_t group = 0; group < groupsOf(scales.size()); ++group) {
    Start start = {};
    std::array<VectorScale, kRing> byLane = {};
    for (std::size_t i = group * kRing; i < std::min((group + 1) * kRing, scales.size()); ++i) {
      byLane[laneOf(i)] = scales[i];
      start[laneOf(i)] = layer.start(first + i) + (scales[i].start >> scales[i].left);
    }
    appendHalves(constants, start);
    for (const std::size_t odd : {1U, 0U}) {
      const auto words = [&](auto &&valueOf) {
        for (std::size_t lane = odd; lane < kRing; lane += 2) {
          const auto value = static_cast<std::uint32_t>(valueOf(byLane[lane]));
          constants.push_back(static_cast<std::uint16_t>(value));
          constants.push_back(static_cast<std::uint16_t>(value >> 16));
        }
      };
      words([](const VectorScale &s) { return s.start << (32 - s.left); });
      words([](const VectorScale &s) { return 32 - s.left; });
      words([](const VectorScale &s) { return s.factor; });
      if (form == ScaleForm::Signed || form == ScaleForm::Clamped) {
        words([](const VectorScale &s) { return s.zero; });
        words([](const VectorScale &s) { return s.sign; });
      }
      for (const std::int32_t step : std::span(clamp.values).first(additions))
        words([step](const VectorScale &) { return step; });
    }
  }
  addConstant(call, {"constants",
                     "by 16 channels: upper and lower halves of the start values; of odd, then of "
                     "even lanes: fraction of the start, shift, factor and what the kernel adds",
                     littleEndian(constants)});
}

std::vector<std::int8_t> vectorWeights(const Int8Layer &layer, std::size_t first,
                                       std::size_t channels, const WindowPlaces &window) {
  const std::size_t groupBytes = (window.slices * kRing + 1) * kVectorBytes;
  std::vector<std::int8_t> weights(groupsOf(channels) * groupBytes, 0);
  for (std::size_t i = 0; i < channels; ++i) {
    const auto group = std::span(weights).subspan(i / kRing * groupBytes, groupBytes);
    const auto row = layer.weights(first + i);
    for (std::size_t k = 0; k < layer.field; ++k)
      putWeight(group, laneOf(i), window.places[k], row[k]);
  }
  return weights;
}

} // namespace xs3::kernels
