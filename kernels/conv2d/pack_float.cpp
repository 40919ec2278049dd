#include "kernels/conv2d/float_call.h"

namespace xs3::kernels {
namespace {

std::size_t index(std::int32_t value) { return static_cast<std::size_t>(value); }

} // namespace

PackedCall packConv2dFloat(const Conv2dParameters &parameters, FloatRange range,
                           std::span<const float> filter, std::span<const float> bias) {
  const auto &[input, output, window, groups] = parameters;
  const std::int32_t depth = input.channels / groups;
  const Image filters{output.channels, window.rows.taps, window.columns.taps, depth};
  PackedCall call =
      packFloatWindow("conv2d_float", input, output, window, FloatChannels::Shared, groups, range);
  addFloatWeights(call, output, window, groups, depth, bias,
                  [&](std::int32_t channel, std::int32_t row, std::int32_t column, std::int32_t i) {
                    return filter[filters.at(channel, row, column) + index(i)];
                  });
  return call;
}

PackedCall packDepthwiseConv2dFloat(const DepthwiseConv2dParameters &parameters, FloatRange range,
                                    std::span<const float> filter, std::span<const float> bias) {
  const auto &[input, output, window] = parameters;
  const Image filters{1, window.rows.taps, window.columns.taps, output.channels};
  // An output for each input, or several: then they make a group that shares it.
  const bool single = input.channels == output.channels;
  const std::int32_t groups = single ? 1 : input.channels;
  PackedCall call = single ? packFloatWindow("depthwise_conv2d_float", input, output, window,
                                             FloatChannels::Own, groups, range)
                           : packFloatWindow("conv2d_float", input, output, window,
                                             FloatChannels::Shared, groups, range);
  addFloatWeights(call, output, window, groups, 1, bias,
                  [&](std::int32_t channel, std::int32_t row, std::int32_t column, std::int32_t) {
                    return filter[filters.at(0, row, column) + index(channel)];
                  });
  return call;
}

PackedCall packFullyConnectedFloat(const FullyConnectedParameters &parameters, FloatRange range,
                                   std::span<const float> filter, std::span<const float> bias) {
  const auto rows = static_cast<std::int32_t>(parameters.rows);
  const WindowAxis one = windowAxis(1, 1, 1, 1, Padding::Valid);
  return packConv2dFloat({{rows, 1, 1, static_cast<std::int32_t>(parameters.depth)},
                          {rows, 1, 1, static_cast<std::int32_t>(parameters.channels)},
                          {one, one}},
                         range, filter, bias);
}

} // namespace xs3::kernels
