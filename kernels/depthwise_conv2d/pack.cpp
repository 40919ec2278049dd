#include "kernels/depthwise_conv2d/pack.h"

#include "kernels/conv2d/pack.h"
#include "kernels/little_endian.h"

#include <algorithm>
#include <cstdlib>

namespace xs3::kernels {
namespace {

/// What the kernel keeps before its window or table: 16 accumulators, their upper and lower halves.
constexpr std::uint32_t kScratchHead = 64;
constexpr std::size_t kGroup = 16;
constexpr std::uint32_t kVectorBytes = 32;

std::uint32_t wholeGroups(std::size_t channels) {
  return static_cast<std::uint32_t>((channels + kGroup - 1) / kGroup * kGroup);
}

/// The group of output channels from `first` on, as the kernel reads it; `filter` has `channels`
/// weights for each of `taps`.
void appendGroup(std::vector<std::uint8_t> &block, const Requantization &requantization,
                 std::size_t first, std::size_t taps, std::size_t channels,
                 std::span<const std::int8_t> filter, std::span<const std::int32_t> bias) {
  std::array<std::uint16_t, 2 * kGroup> starts = {};
  std::vector<std::int8_t> weights(taps * kGroup, 0);
  std::array<Conv2dMultiplier, kGroup> multipliers = {};
  for (std::size_t lane = 0; lane < std::min(kGroup, channels - first); ++lane) {
    const std::size_t channel = first + lane;
    std::int64_t sum = 0, magnitude = 0;
    for (std::size_t tap = 0; tap < taps; ++tap) {
      const std::int8_t weight = filter[tap * channels + channel];
      weights[(taps - 1 - tap) * kGroup + lane] = weight;
      sum += weight;
      magnitude += std::abs(int{weight});
    }
    const std::int64_t b = bias.empty() ? 0 : bias[channel];
    const auto start = static_cast<std::uint64_t>(b - requantization.inputZeroPoint * sum);
    starts[lane] = static_cast<std::uint16_t>(start >> 16);
    starts[kGroup + lane] = static_cast<std::uint16_t>(start);
    multipliers[lane] =
        conv2dMultiplier(requantization.multipliers[channel], std::abs(b) + 256 * magnitude);
  }
  for (const auto &bytes :
       {littleEndian(std::span<const std::uint16_t>(starts)), littleEndian(weights),
        littleEndian(std::span<const Conv2dMultiplier>(multipliers))})
    block.insert(block.end(), bytes.begin(), bytes.end());
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
  arguments.zeroPoint = static_cast<Word>(requantization.outputZeroPoint);
  arguments.low = static_cast<Word>(requantization.range.low);
  arguments.high = static_cast<Word>(requantization.range.high);
  arguments.channels = arguments.outputStep = static_cast<Word>(channels);
  arguments.repeats = expanded ? static_cast<Word>(channels / inputs) : 0;
  arguments.window = windowArguments(shape);
  arguments.window.tapBytes = tapBytes;

  PackedCall call;
  call.kernel = "depthwise_conv2d_int8";
  call.arguments = argumentWords(arguments);
  call.units = static_cast<std::uint32_t>(parameters.output.pixels());
  call.scratchBytes = kScratchHead + (taps * tapBytes + 7) / 8 * 8;
  pointTo(call, "input", ArgumentWord::Kind::Input);
  pointTo(call, "output", ArgumentWord::Kind::Output);
  std::vector<std::uint8_t> groups;
  for (std::size_t first = 0; first < channels; first += kGroup)
    appendGroup(groups, requantization, first, taps, channels, filter, bias);
  addConstant(call, {"weights",
                     "by 16 channels: start values (upper, lower halves), last to first tap, "
                     "factor, left shift, half, right shift of each",
                     std::move(groups), 8});
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
