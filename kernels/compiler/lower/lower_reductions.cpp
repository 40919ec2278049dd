#include "kernels/average_pool2d/pack.h"
#include "kernels/compiler/import/parameters.h"
#include "kernels/compiler/lower/layer_builder.h"
#include "kernels/compiler/lower/lowerings.h"
#include "kernels/max_pool2d/pack.h"
#include "kernels/mean/pack.h"

namespace xs3::compiler {
namespace {

/// What an activation fused into a pool lets through.
kernels::Int8Range poolRange(const LayerBuilder &layer) {
  return kernels::int8Range(layer.options<Pool2dOptions>().activation,
                            layer.output().int8Quantization());
}

} // namespace

void lowerMaxPool2dInt8(LayerBuilder &layer) {
  layer.call(kernels::packMaxPool2dInt8(image(layer.input()), image(layer.output()),
                                        poolWindow(layer.input(), layer.options<Pool2dOptions>()),
                                        poolRange(layer)));
}

void lowerAveragePool2dInt8(LayerBuilder &layer) {
  layer.call(kernels::packAveragePool2dInt8(
      image(layer.input()), image(layer.output()),
      poolWindow(layer.input(), layer.options<Pool2dOptions>()), poolRange(layer)));
}

void lowerMeanInt8(LayerBuilder &layer) {
  layer.call(kernels::packMeanInt8({layer.input().shape, layer.options<MeanOptions>().axes},
                                   layer.input().int8Quantization(),
                                   layer.output().int8Quantization()));
}

} // namespace xs3::compiler
