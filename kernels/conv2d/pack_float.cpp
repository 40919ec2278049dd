#include "kernels/conv2d/float_call.h"
#include "kernels/little_endian.h"

#include <bit>
#include <cassert>

namespace xs3::kernels {
namespace {

constexpr Word kFloatBytes = sizeof(float);

Word word(std::int32_t value) { return static_cast<Word>(value); }

/// All that follows from image and window; `outputsPerSource` outputs read the same `depth`
/// channels.
Conv2dFloatArguments walk(const Image &input, const Image &output, const Window &window,
                          FloatRange range, std::int32_t depth, std::int32_t outputsPerSource) {
  const auto &[rows, columns] = window;
  Conv2dFloatArguments arguments = {};
  arguments.low = std::bit_cast<Word>(range.low);
  arguments.high = std::bit_cast<Word>(range.high);
  arguments.channels = word(output.channels);
  arguments.outputHeight = word(output.height);
  arguments.outputWidth = word(output.width);
  arguments.inputHeight = word(input.height);
  arguments.inputWidth = word(input.width);
  arguments.strideHeight = word(rows.stride);
  arguments.strideWidth = word(columns.stride);
  arguments.top = word(rows.before);
  arguments.left = word(columns.before);
  arguments.tapRows = word(rows.taps);
  arguments.tapColumns = word(columns.taps);
  arguments.dilationHeight = word(rows.dilation);
  arguments.dilationWidth = word(columns.dilation);
  arguments.depth = word(depth);
  arguments.pixelBytes = kFloatBytes * word(input.channels);
  arguments.rowBytes = arguments.pixelBytes * word(input.width);
  arguments.imageBytes = arguments.rowBytes * word(input.height);
  arguments.tapStep = arguments.pixelBytes * word(columns.dilation);
  arguments.tapRowStep = arguments.rowBytes * word(rows.dilation);
  arguments.outputsPerSource = word(outputsPerSource);
  arguments.sourceStep = kFloatBytes * word(depth);
  return arguments;
}

PackedCall pack(const Conv2dFloatArguments &arguments, std::size_t outputs,
                std::span<const float> filter, std::span<const float> bias) {
  PackedCall call;
  call.kernel = "conv2d_float";
  call.arguments = argumentWords(arguments);
  call.units = static_cast<std::uint32_t>(outputs);
  pointTo(call, "input", ArgumentWord::Kind::Input);
  pointTo(call, "output", ArgumentWord::Kind::Output);
  addConstant(call, {"filter", "float32 as in the model file", littleEndian(filter)});
  addConstant(call, {"bias", "float32 by output channel",
                     bias.empty() ? littleEndian(std::vector<float>(arguments.channels, 0.0F))
                                  : littleEndian(bias)});
  return call;
}

} // namespace

PackedCall packConv2dFloat(const Conv2dParameters &parameters, FloatRange range,
                           std::span<const float> filter, std::span<const float> bias) {
  const std::int32_t depth = parameters.input.channels / parameters.groups;
  Conv2dFloatArguments arguments =
      walk(parameters.input, parameters.output, parameters.window, range, depth,
           parameters.output.channels / parameters.groups);
  arguments.filterTap = kFloatBytes * word(depth);
  arguments.filterRow = arguments.filterTap * arguments.tapColumns;
  arguments.filterChannel = arguments.filterRow * arguments.tapRows;
  arguments.solid = arguments.tapStep == arguments.filterTap ? 1 : 0;
  return pack(arguments, parameters.output.elements(), filter, bias);
}

PackedCall packDepthwiseConv2dFloat(const DepthwiseConv2dParameters &parameters, FloatRange range,
                                    std::span<const float> filter, std::span<const float> bias) {
  Conv2dFloatArguments arguments =
      walk(parameters.input, parameters.output, parameters.window, range, 1,
           parameters.output.channels / parameters.input.channels);
  arguments.filterChannel = kFloatBytes;
  arguments.filterTap = kFloatBytes * arguments.channels;
  arguments.filterRow = arguments.filterTap * arguments.tapColumns;
  return pack(arguments, parameters.output.elements(), filter, bias);
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
