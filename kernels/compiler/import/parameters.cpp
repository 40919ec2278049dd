#include "kernels/compiler/import/parameters.h"

#include <cassert>

namespace xs3::compiler {
namespace {

/// The window of a convolution; the filter has its rows and columns in the middle.
template <typename WindowOptions>
kernels::Window convolutionWindow(const Tensor &input, const Tensor &filter,
                                  const WindowOptions &options) {
  return {kernels::windowAxis(input.shape[1], filter.shape[1], options.strideHeight,
                              options.dilationHeight, options.padding),
          kernels::windowAxis(input.shape[2], filter.shape[2], options.strideWidth,
                              options.dilationWidth, options.padding)};
}

} // namespace

kernels::Image image(const Tensor &tensor) {
  assert(tensor.shape.size() == 4);
  return {tensor.shape[0], tensor.shape[1], tensor.shape[2], tensor.shape[3]};
}

kernels::Image packedImage(const Tensor &tensor) {
  kernels::Image packed = image(tensor);
  packed.channels *= 32;
  return packed;
}

kernels::Window poolWindow(const Tensor &input, const Pool2dOptions &options) {
  return {kernels::windowAxis(input.shape[1], options.filterHeight, options.strideHeight, 1,
                              options.padding),
          kernels::windowAxis(input.shape[2], options.filterWidth, options.strideWidth, 1,
                              options.padding)};
}

kernels::Bconv2dParameters bconv2dParameters(const Network &network, const Operator &op) {
  const auto &options = std::get<Bconv2dOptions>(op.options);
  const Tensor &input = *network.input(op, 0), &filter = *network.input(op, 1);
  kernels::Bconv2dParameters parameters;
  parameters.input = image(input);
  parameters.input.channels = options.channelsIn;
  parameters.output = image(network.output(op));
  parameters.output.channels = filter.shape[0];
  parameters.window = convolutionWindow(input, filter, options);
  parameters.groups = input.shape[3] / filter.shape[3];
  parameters.padWithOnes = options.padWithOnes;
  return parameters;
}

kernels::Conv2dParameters conv2dParameters(const Network &network, const Operator &op) {
  const Tensor &input = *network.input(op, 0), &filter = *network.input(op, 1);
  return {image(input), image(network.output(op)),
          convolutionWindow(input, filter, std::get<Conv2dOptions>(op.options)),
          input.shape[3] / filter.shape[3]};
}

kernels::DepthwiseConv2dParameters depthwiseConv2dParameters(const Network &network,
                                                             const Operator &op) {
  const Tensor &input = *network.input(op, 0), &filter = *network.input(op, 1);
  return {image(input), image(network.output(op)),
          convolutionWindow(input, filter, std::get<Conv2dOptions>(op.options))};
}

kernels::FullyConnectedParameters fullyConnectedParameters(const Network &network,
                                                           const Operator &op) {
  const Tensor &filter = *network.input(op, 1);
  const std::size_t depth = static_cast<std::size_t>(filter.shape[1]);
  return {network.input(op, 0)->elements() / depth, depth,
          static_cast<std::size_t>(filter.shape[0])};
}

kernels::Requantization requantization(const Network &network, const Operator &op) {
  const auto input = network.input(op, 0)->int8Quantization();
  const auto output = network.output(op).int8Quantization();
  const auto &weightScales = network.input(op, 1)->quantization->scales;
  if (op.kind == OperatorKind::FullyConnected)
    return kernels::fullyConnectedRequantization(
        input, weightScales, output, std::get<FullyConnectedOptions>(op.options).activation,
        static_cast<std::size_t>(network.input(op, 1)->shape[0]));
  return kernels::convolutionRequantization(input, weightScales, output,
                                            std::get<Conv2dOptions>(op.options).activation,
                                            static_cast<std::size_t>(network.output(op).shape[3]));
}

} // namespace xs3::compiler
