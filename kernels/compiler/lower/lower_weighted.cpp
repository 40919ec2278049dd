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

} // namespace

void lowerConv2dInt8(LayerBuilder &layer) {
  layer.macs(0, layer.output().elements() * fieldOf(layer.input(1)));
  for (const kernels::PackedCall &call :
       kernels::packConv2dInt8(conv2dParameters(layer.network(), layer.op()),
                               requantization(layer.network(), layer.op()),
                               constantValues<std::int8_t>(layer.input(1)), bias(layer)))
    layer.call(call);
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
  for (const kernels::PackedCall &call :
       kernels::packFullyConnectedInt8(fullyConnectedParameters(layer.network(), layer.op()),
                                       requantization(layer.network(), layer.op()),
                                       constantValues<std::int8_t>(layer.input(1)), bias(layer)))
    layer.call(call);
}

} // namespace xs3::compiler
