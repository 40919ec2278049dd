#include "kernels/depthwise_conv2d/pack.h"

#include "kernels/conv2d/pack.h"
#include "kernels/halves/pack_halves.h"
#include "kernels/little_endian.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdlib>
#include <optional>

namespace xs3::kernels {
namespace {

/// What the kernels keep before their window or table: 16 accumulators, their upper and lower
/// halves, or four vectors.
constexpr std::uint32_t kScratchHead = 64, kVectorScratchHead = kHalvesScratch;
constexpr std::size_t kGroup = 16;
constexpr std::uint32_t kVectorBytes = 32;

std::uint32_t wholeGroups(std::size_t channels) {
  return static_cast<std::uint32_t>((channels + kGroup - 1) / kGroup * kGroup);
}

/// Weights of all taps by output channel, and a bias that may be empty.
struct DepthwiseLayer {
  const Requantization &requantization;
  std::size_t taps, channels;
  std::span<const std::int8_t> filter;
  std::span<const std::int32_t> bias;

  std::int8_t weight(std::size_t tap, std::size_t channel) const {
    return filter[tap * channels + channel];
  }
  std::int64_t biasOf(std::size_t channel) const { return bias.empty() ? 0 : bias[channel]; }

  AccumulatorRange range(std::size_t channel) const {
    const std::int64_t zero = requantization.inputZeroPoint;
    AccumulatorRange range{biasOf(channel), biasOf(channel)};
    for (std::size_t tap = 0; tap < taps; ++tap) {
      const std::int64_t w = weight(tap, channel);
      const auto [least, most] = std::minmax({w * (-128 - zero), w * (127 - zero)});
      range.least += least;
      range.most += most;
    }
    return range;
  }
};

template <typename T> void append(std::vector<std::uint8_t> &block, const T &values) {
  const auto bytes = littleEndian(std::span<const typename T::value_type>(values));
  block.insert(block.end(), bytes.begin(), bytes.end());
}

using Lanes = std::array<std::uint16_t, kGroup>;

/// Start values and weights of the group of channels from `first` on. Those of `settled` channels
/// are 0.
void appendSums(std::vector<std::uint8_t> &block, const DepthwiseLayer &layer, std::size_t first,
                std::uint32_t settled = 0) {
  std::array<Lanes, 2> starts = {};
  std::vector<std::int8_t> weights(layer.taps * kGroup, 0);
  for (std::size_t lane = 0; lane < std::min(kGroup, layer.channels - first); ++lane) {
    if ((settled >> lane & 1) != 0)
      continue;
    const std::size_t channel = first + lane;
    std::int64_t sum = 0;
    for (std::size_t tap = 0; tap < layer.taps; ++tap) {
      const std::int8_t weight = layer.weight(tap, channel);
      weights[(layer.taps - 1 - tap) * kGroup + lane] = weight;
      sum += weight;
    }
    const auto start = static_cast<std::uint64_t>(layer.biasOf(channel) -
                                                  layer.requantization.inputZeroPoint * sum);
    starts[0][lane] = static_cast<std::uint16_t>(start >> 16);
    starts[1][lane] = static_cast<std::uint16_t>(start);
  }
  for (const Lanes &half : starts)
    append(block, half);
  append(block, weights);
}

/// The groups as depthwise_conv2d_int8 reads them.
std::vector<std::uint8_t> scalarGroups(const DepthwiseLayer &layer) {
  std::vector<std::uint8_t> block;
  for (std::size_t first = 0; first < layer.channels; first += kGroup) {
    std::array<Conv2dMultiplier, kGroup> multipliers = {};
    for (std::size_t lane = 0; lane < std::min(kGroup, layer.channels - first); ++lane) {
      std::int64_t magnitude = 0;
      for (std::size_t tap = 0; tap < layer.taps; ++tap)
        magnitude += std::abs(int{layer.weight(tap, first + lane)});
      multipliers[lane] = conv2dMultiplier(layer.requantization.multipliers[first + lane],
                                           std::abs(layer.biasOf(first + lane)) + 256 * magnitude);
    }
    appendSums(block, layer, first);
    append(block, multipliers);
  }
  return block;
}

/// The groups as the vector kernels read them, where constants are found for all channels.
std::optional<std::vector<std::uint8_t>> vectorGroups(const DepthwiseLayer &layer) {
  const Int8Range range = layer.requantization.range;
  if (layer.channels % 4 != 0 || !halvesCanClamp(range))
    return std::nullopt;
  std::vector<std::uint8_t> block;
  for (std::size_t first = 0; first < layer.channels; first += kGroup) {
    std::vector<HalvesScale> scales;
    std::uint32_t settled = 0;
    for (std::size_t channel = first; channel < std::min(first + kGroup, layer.channels);
         ++channel) {
      const AccumulatorRange reach = layer.range(channel);
      const std::int32_t result = layer.requantization(reach.least, channel);
      std::optional<HalvesScale> scale;
      if (result == layer.requantization(reach.most, channel)) {
        settled |= 1U << (channel - first);
        scale = settledHalves(result);
      } else {
        scale = searchHalves(layer.requantization, channel, reach);
      }
      if (!scale)
        return std::nullopt;
      scales.push_back(*scale);
    }
    appendSums(block, layer, first, settled);
    appendHalves(block, scales, range);
  }
  return block;
}

/// DepthwiseConv2dArguments::offsets, for taps that are that many bytes apart.
std::vector<Word> tapOffsets(const Window &window, std::int64_t rowStep, std::int64_t columnStep) {
  std::vector<Word> offsets = {0};
  for (std::int32_t row = 0; row < window.rows.taps; ++row)
    for (std::int32_t column = 0; column < window.columns.taps; ++column)
      offsets.push_back(static_cast<Word>(row * rowStep + column * columnStep));
  return offsets;
}

} // namespace

PackedCall packDepthwiseConv2dInt8(const DepthwiseConv2dParameters &parameters,
                                   const Requantization &requantization,
                                   std::span<const std::int8_t> filter,
                                   std::span<const std::int32_t> bias) {
  const auto &[rows, columns] = parameters.window;
  const auto inputs = static_cast<std::uint32_t>(parameters.input.channels);
  const auto channels = static_cast<std::size_t>(parameters.output.channels);
  const auto taps =
      static_cast<std::uint32_t>(rows.taps) * static_cast<std::uint32_t>(columns.taps);
  const bool expanded = channels != inputs || inputs % 4 != 0;
  const std::uint32_t tapBytes = expanded ? wholeGroups(channels) : sizeof(Word);
  WindowShape shape{parameters.input, parameters.window};
  shape.pixelBytes = shape.tapBytes = inputs;

  DepthwiseConv2dArguments arguments = {};
  arguments.taps = taps;
  arguments.channels = arguments.outputStep = static_cast<Word>(channels);
  arguments.repeats = expanded ? static_cast<Word>(channels / inputs) : 0;
  arguments.window = windowArguments(shape);
  arguments.window.tapBytes = tapBytes;

  PackedCall call;
  const DepthwiseLayer layer{requantization, taps, channels, filter, bias};
  const Int8Range range = requantization.range;
  auto groups = vectorGroups(layer);
  if (groups) {
    call.kernel = isWholeRange(range) ? "depthwise_conv2d_int8_vector"
                                      : "depthwise_conv2d_int8_vector_clamped";
    auto vector = std::bit_cast<DepthwiseConv2dVectorArguments>(arguments);
    if (rows.taps == 3 && columns.taps == 3 && !expanded) {
      const Word column = static_cast<Word>(columns.dilation) * inputs;
      const Word row = static_cast<Word>(rows.dilation * parameters.input.width) * inputs;
      vector.lastTap = 2 * row + 2 * column;
      vector.minusColumn = -column;
      vector.minusRow = -(row - 2 * column);
    }
    call.arguments = argumentWords(vector);
  } else {
    call.kernel = "depthwise_conv2d_int8";
    arguments.zeroPoint = static_cast<Word>(requantization.outputZeroPoint);
    arguments.low = static_cast<Word>(range.low);
    arguments.high = static_cast<Word>(range.high);
    call.arguments = argumentWords(arguments);
  }
  call.units = static_cast<std::uint32_t>(parameters.output.pixels());
  call.scratchBytes = (groups ? kVectorScratchHead : kScratchHead) + (taps * tapBytes + 7) / 8 * 8;
  pointTo(call, "input", ArgumentWord::Kind::Input);
  pointTo(call, "output", ArgumentWord::Kind::Output);
  const char *layout =
      groups
          ? "by 16 channels: start values (upper, lower halves), last to first tap, what scales"
          : "by 16 channels: start values (upper, lower halves), last to first tap, factor, left "
            "shift, half, right shift of each";
  addConstant(call, {"weights", layout, groups ? std::move(*groups) : scalarGroups(layer), 8});
  const std::int64_t pixel = std::int64_t{inputs}, row = pixel * parameters.input.width;
  addConstant(call,
              {"offsets", "a word that is not used, then of each tap",
               littleEndian(expanded ? tapOffsets(parameters.window,
                                                  std::int64_t{columns.taps} * tapBytes, tapBytes)
                                     : tapOffsets(parameters.window, rows.dilation * row,
                                                  columns.dilation * pixel))});
  addConstant(
      call, {"fill", "the input's zero point",
             std::vector<std::uint8_t>(wholeGroups(inputs) + kVectorBytes,
                                       static_cast<std::uint8_t>(requantization.inputZeroPoint))});
  return call;
}

} // namespace xs3::kernels
