#include "kernels/compiler/import/parameters.h"
#include "kernels/compiler/lower/layer_builder.h"
#include "kernels/compiler/lower/lowerings.h"
#include "kernels/conv2d/pack.h"
#include "kernels/depthwise_conv2d/pack.h"
#include "kernels/fully_connected/pack.h"

namespace xs3::compiler {
namespace {

std::vector<std::int32_t> bias(const LayerBuilder &layer) {
  return layer.has(2) ? constantValues<std::int32_t>(layer.input(2)) : std::vector<std::int32_t>();
}

/// Weights that one output needs: all dimensions of the filter but the first.
std::uint64_t fieldOf(const Tensor &filter) {
  return filter.elements() / static_cast<std::uint64_t>(filter.shape.front());
}

std::uint32_t outputChannels(const LayerBuilder &layer) {
  return static_cast<std::uint32_t>(layer.output().shape.back());
}

} // namespace

void lowerConv2dInt8(LayerBuilder &layer) {
  layer.macs(0, layer.output().elements() * fieldOf(layer.input(1)));
  const auto parameters = conv2dParameters(layer.network(), layer.op());
  const auto scaling = requantization(layer.network(), layer.op());
  const auto filter = constantValues<std::int8_t>(layer.input(1));
  const auto biases = bias(layer);
  layer.callByChannels(outputChannels(layer), [&](kernels::ChannelRange outputs) {
    return kernels::packConv2dInt8(parameters, scaling, filter, biases, outputs);
  });
}

void lowerDepthwiseConv2dInt8(LayerBuilder &layer) {
  const std::vector<std::int32_t> &filter = layer.input(1).shape;
  layer.macs(0, layer.output().elements() * static_cast<std::uint64_t>(filter[1]) *
                    static_cast<std::uint64_t>(filter[2]));
  layer.call(
      kernels::packDepthwiseConv2dInt8(depthwiseConv2dParameters(layer.network(), layer.op()),
                                       requantization(layer.network(), layer.op()),
                                       constantValues<std::int8_t>(layer.input(1)), bias(layer)));
}

void lowerFullyConnectedInt8(LayerBuilder &layer) {
  layer.macs(0, layer.output().elements() * fieldOf(layer.input(1)));
  const auto parameters = fullyConnectedParameters(layer.network(), layer.op());
  const auto scaling = requantization(layer.network(), layer.op());
  const auto filter = constantValues<std::int8_t>(layer.input(1));
  const auto biases = bias(layer);
  layer.callByChannels(outputChannels(layer), [&](kernels::ChannelRange outputs) {
    return kernels::packFullyConnectedInt8(parameters, scaling, filter, biases, outputs);
  });
}

} // namespace xs3::compiler
