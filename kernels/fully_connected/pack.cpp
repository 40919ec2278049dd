#include "kernels/fully_connected/pack.h"

#include "kernels/conv2d/pack.h"
#include "kernels/little_endian.h"

#include <algorithm>

namespace xs3::kernels {
namespace {

std::vector<PackedCall> packAsConvolution(const FullyConnectedParameters &parameters,
                                          const Requantization &requantization,
                                          std::span<const std::int8_t> filter,
                                          std::span<const std::int32_t> bias,
                                          ChannelRange outputs) {
  const auto rows = static_cast<std::int32_t>(parameters.rows);
  const WindowAxis one = windowAxis(1, 1, 1, 1, Padding::Valid);
  const Conv2dParameters convolution{{rows, 1, 1, static_cast<std::int32_t>(parameters.depth)},
                                     {rows, 1, 1, static_cast<std::int32_t>(parameters.channels)},
                                     {one, one}};
  return packConv2dInt8(convolution, requantization, filter, bias, outputs);
}

/// Weights and start values as fully_connected_int8_pairs reads them.
void addPairs(PackedCall &call, const Int8Layer &layer, std::size_t first, std::size_t channels) {
  constexpr std::size_t kVectorBytes = 32;
  const std::size_t pairs = (channels + 1) / 2;
  const std::size_t slices = (layer.field + kVectorBytes - 1) / kVectorBytes;
  std::vector<std::int8_t> weights(pairs * slices * 2 * kVectorBytes, 0);
  std::vector<Word> starts(2 * pairs, 0);
  for (std::size_t i = 0; i < channels; ++i) {
    const auto row = layer.weights(first + i);
    for (std::size_t k = 0; k < layer.field; ++k) {
      const std::size_t slice = i / 2 * slices + k / kVectorBytes;
      weights[(2 * slice + 1 - i % 2) * kVectorBytes + k % kVectorBytes] = row[k];
    }
    starts[i] = static_cast<Word>(layer.start(first + i));
  }
  addConstant(call,
              {"weights", "by two channels, by 32 bytes of the row, second, then first: 32 bytes",
               littleEndian(weights)});
  addConstant(call, {"starts", "by channel: start value", littleEndian(starts)});
}

} // namespace

std::vector<PackedCall> packFullyConnectedInt8(const FullyConnectedParameters &parameters,
                                               const Requantization &requantization,
                                               std::span<const std::int8_t> filter,
                                               std::span<const std::int32_t> bias,
                                               ChannelRange outputs) {
  if (parameters.rows > 1 && parameters.depth % 4 != 0)
    return packAsConvolution(parameters, requantization, filter, bias, outputs);
  const std::size_t first = outputs.first;
  const std::size_t channels = std::min<std::size_t>(outputs.count, parameters.channels - first);
  FullyConnectedArguments arguments = {};
  arguments.zeroPoint = static_cast<Word>(requantization.outputZeroPoint);
  arguments.low = static_cast<Word>(requantization.range.low);
  arguments.high = static_cast<Word>(requantization.range.high);
  arguments.channels = static_cast<Word>(channels);
  arguments.outputStep = static_cast<Word>(parameters.channels);
  arguments.output = outputs.first;
  arguments.depth = static_cast<Word>(parameters.depth);
  arguments.slices = static_cast<Word>((parameters.depth + 31) / 32);
  // A single group would leave all but one thread without work.
  const bool inPairs = parameters.rows == 1 && channels <= kGroupChannels;
  arguments.groups = static_cast<Word>(inPairs ? (channels + 1) / 2
                                               : (channels + kGroupChannels - 1) / kGroupChannels);
  PackedCall call;
  call.kernel = inPairs ? "fully_connected_int8_pairs" : "fully_connected_int8";
  call.arguments = argumentWords(arguments);
  call.units = static_cast<std::uint32_t>(parameters.rows) * arguments.groups;
  call.scratchBytes = 64;
  pointTo(call, "input", ArgumentWord::Kind::Input);
  pointTo(call, "output", ArgumentWord::Kind::Output);
  const SettledLayer settled({requantization, parameters.depth, filter, bias});
  if (inPairs) {
    addPairs(call, settled.layer(), first, channels);
    addInt8Multipliers(call, settled.layer(), first, channels);
  } else {
    addInt8Weights(call, settled.layer(), first, channels);
  }
  return {call};
}

} // namespace xs3::kernels
