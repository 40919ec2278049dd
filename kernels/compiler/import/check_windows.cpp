// Convolutions, pools and dense layers: filters, windows, output shapes.
#include "kernels/compiler/import/check.h"

#include <algorithm>

namespace xs3::compiler {
namespace {

using Shape = std::vector<std::int32_t>;

std::int32_t words(std::int32_t channels) { return (channels - 1) / 32 + 1; }

/// Bits of a packed filter beyond its channels would count in every dot product.
void wantUnusedBitsClear(const OperatorCheck &check, const Tensor &filter,
                         std::int32_t channelsPerGroup) {
  const unsigned used = static_cast<unsigned>(channelsPerGroup % 32);
  if (used == 0)
    return;
  const std::vector<std::uint32_t> values = constantValues<std::uint32_t>(filter);
  const std::size_t perPixel = static_cast<std::size_t>(filter.shape[3]);
  for (std::size_t last = perPixel - 1; last < values.size(); last += perPixel)
    if (values[last] >> used != 0)
      check.fail("word " + std::to_string(last) + " of its filter has bits set beyond channel " +
                 std::to_string(channelsPerGroup) + "; convert the network again");
}

/// Multiplier and bias of a binary convolution, or its thresholds.
void wantOutputTransform(const OperatorCheck &check, std::int32_t channels) {
  if (check.output().type == ElementType::Int32) {
    check.wantShape(check.constant(4, "threshold", ElementType::Int32), "threshold", {channels});
    return;
  }
  check.wantShape(check.constant(2, "multiplier", ElementType::Float32), "multiplier", {channels});
  check.wantShape(check.constant(3, "bias", ElementType::Float32), "bias", {channels});
  check.wantOneScale(check.output(), "output");
}

/// Weights of an int8 layer: symmetric, one scale, or one for each output channel along `axis`.
void wantWeightScales(const OperatorCheck &check, const Tensor &filter, std::int32_t axis) {
  if (!filter.quantization)
    check.fail("its int8 filter has no quantization scales; convert the network again");
  const Quantization &quantization = *filter.quantization;
  if (!quantization.perTensor() && quantization.axis != axis)
    check.fail("the scales of its filter lie along dimension " + std::to_string(quantization.axis) +
               " in place of " + std::to_string(axis));
  if (std::any_of(quantization.zeroPoints.begin(), quantization.zeroPoints.end(),
                  [](std::int32_t zeroPoint) { return zeroPoint != 0; }))
    check.fail("the zero points of its filter are not all 0; convert the network with "
               "symmetric weights");
}

/// Filter and bias of CONV_2D, DEPTHWISE_CONV_2D, FULLY_CONNECTED.
const Tensor &filterOf(const OperatorCheck &check) {
  check.wantFloatOrScaledInt8();
  return check.constant(1, "filter", check.input(0).type);
}

void wantBias(const OperatorCheck &check, std::int32_t channels) {
  if (!check.has(2))
    return;
  const bool real = check.input(0).type == ElementType::Float32;
  const Tensor &bias = check.constant(2, "bias", real ? ElementType::Float32 : ElementType::Int32);
  if (bias.elements() != static_cast<std::size_t>(channels))
    check.fail("its bias is " + describe(bias) + ", but there are " + std::to_string(channels) +
               " output channels");
}

template <typename WindowOptions>
Shape convolved(const OperatorCheck &check, const Tensor &filter, const WindowOptions &options,
                std::int32_t channels) {
  const Shape &in = check.input(0).shape;
  return {in[0],
          check.outputSize("height", in[1], filter.shape[1], options.strideHeight,
                           options.dilationHeight, options.padding),
          check.outputSize("width", in[2], filter.shape[2], options.strideWidth,
                           options.dilationWidth, options.padding),
          channels};
}

Shape pooled(const OperatorCheck &check, const Pool2dOptions &options) {
  const Shape &in = check.input(0).shape;
  return {in[0],
          check.outputSize("height", in[1], options.filterHeight, options.strideHeight, 1,
                           options.padding),
          check.outputSize("width", in[2], options.filterWidth, options.strideWidth, 1,
                           options.padding),
          in[3]};
}

} // namespace

void checkBconv2d(const OperatorCheck &check, const Bconv2dOptions &options) {
  const Tensor &input = check.input(0);
  const Tensor &filter = check.input(1, "filter");
  check.wantType(input, "input", {ElementType::Int32});
  check.wantRank(input, "input", 4);
  if (filter.type == ElementType::Float32)
    check.fail("its filter is not packed, as in files of early converters; convert the network "
               "with a newer Larq Compute Engine");
  check.constant(1, "filter", ElementType::Int32);
  check.wantRank(filter, "filter", 4);
  check.wantType(check.output(), "output",
                 {ElementType::Int32, ElementType::Int8, ElementType::Float32});

  if (input.shape[3] != words(options.channelsIn))
    check.fail("channels_in is " + std::to_string(options.channelsIn) + ", which takes " +
               std::to_string(words(options.channelsIn)) + " words a pixel, but its input is " +
               describe(input));
  const std::int32_t groups = std::max(input.shape[3] / filter.shape[3], 1);
  const std::int32_t channels = filter.shape[0];
  if (groups * filter.shape[3] != input.shape[3])
    check.fail("its filter is " + describe(filter) + ", whose last dimension does not divide the " +
               std::to_string(input.shape[3]) + " words of an input pixel");
  if (groups > 1 &&
      (options.channelsIn % (32 * std::int64_t{groups}) != 0 || channels % groups != 0))
    check.fail(std::to_string(options.channelsIn) + " input and " + std::to_string(channels) +
               " output channels do not make " + std::to_string(groups) + " groups of whole words");
  wantUnusedBitsClear(check, filter, options.channelsIn / groups);
  wantOutputTransform(check, channels);
  const bool packed = check.output().type == ElementType::Int32;
  check.wantShape(check.output(), "output",
                  convolved(check, filter, options, packed ? words(channels) : channels));
}

void checkConv2d(const OperatorCheck &check, const Conv2dOptions &options) {
  const Tensor &input = check.input(0);
  const Tensor &filter = filterOf(check);
  check.wantRank(input, "input", 4);
  check.wantRank(filter, "filter", 4);
  const std::int32_t channels = filter.shape[0];
  if (input.shape[3] % filter.shape[3] != 0 || channels % (input.shape[3] / filter.shape[3]) != 0)
    check.fail("its filter is " + describe(filter) + ", which does not fit the input " +
               describe(input));
  if (input.type == ElementType::Int8)
    wantWeightScales(check, filter, 0);
  wantBias(check, channels);
  check.wantShape(check.output(), "output", convolved(check, filter, options, channels));
}

void checkDepthwiseConv2d(const OperatorCheck &check, const Conv2dOptions &options) {
  const Tensor &input = check.input(0);
  const Tensor &filter = filterOf(check);
  check.wantRank(input, "input", 4);
  check.wantRank(filter, "filter", 4);
  const std::int32_t channels = filter.shape[3];
  if (filter.shape[0] != 1 ||
      std::int64_t{input.shape[3]} * options.depthMultiplier != std::int64_t{channels})
    check.fail("its filter is " + describe(filter) + ", which does not fit the input " +
               describe(input) + " with depth multiplier " +
               std::to_string(options.depthMultiplier));
  if (input.type == ElementType::Int8)
    wantWeightScales(check, filter, 3);
  wantBias(check, channels);
  check.wantShape(check.output(), "output", convolved(check, filter, options, channels));
}

void checkBMaxPool2d(const OperatorCheck &check, const Pool2dOptions &options) {
  check.wantType(check.input(0), "input", {ElementType::Int32});
  check.wantType(check.output(), "output", {ElementType::Int32});
  check.wantRank(check.input(0), "input", 4);
  check.wantShape(check.output(), "output", pooled(check, options));
}

void checkPool2d(const OperatorCheck &check, const Pool2dOptions &options) {
  check.wantFloatOrInt8();
  check.wantRank(check.input(0), "input", 4);
  check.wantSameScale(check.input(0), "input");
  if (options.activation != Activation::None)
    check.wantOneScale(check.output(), "output");
  check.wantShape(check.output(), "output", pooled(check, options));
}

void checkFullyConnected(const OperatorCheck &check) {
  const Tensor &input = check.input(0), &output = check.output();
  const Tensor &filter = filterOf(check);
  check.wantRank(filter, "filter", 2);
  const std::size_t channels = static_cast<std::size_t>(filter.shape[0]);
  const std::size_t depth = static_cast<std::size_t>(filter.shape[1]);
  if (input.elements() % depth != 0)
    check.fail("its filter is " + describe(filter) + ", whose last dimension does not divide the " +
               std::to_string(input.elements()) + " elements of its input");
  if (input.type == ElementType::Int8)
    wantWeightScales(check, filter, 0);
  wantBias(check, filter.shape[0]);
  if (output.elements() != input.elements() / depth * channels || output.shape.empty() ||
      output.shape.back() != filter.shape[0])
    check.fail("its output is " + describe(output) + ", which does not follow from the input " +
               describe(input) + " and the filter " + describe(filter));
}

} // namespace xs3::compiler
