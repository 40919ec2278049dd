#include "kernels/fully_connected/pack.h"

#include "kernels/conv2d/pack.h"

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
  arguments.groups = static_cast<Word>((channels + 15) / 16);
  PackedCall call;
  call.kernel = "fully_connected_int8";
  call.arguments = argumentWords(arguments);
  call.units = static_cast<std::uint32_t>(parameters.rows) * arguments.groups;
  call.scratchBytes = 64;
  pointTo(call, "input", ArgumentWord::Kind::Input);
  pointTo(call, "output", ArgumentWord::Kind::Output);
  const SettledLayer settled({requantization, parameters.depth, filter, bias});
  addInt8Weights(call, settled.layer(), first, channels);
  return {call};
}

} // namespace xs3::kernels
