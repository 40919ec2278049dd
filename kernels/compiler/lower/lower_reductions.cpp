#include "kernels/compiler/lower/layer_builder.h"
#include "kernels/compiler/lower/lowerings.h"
#include "kernels/mean/pack.h"

namespace xs3::compiler {

void lowerMeanInt8(LayerBuilder &layer) {
  layer.call(kernels::packMeanInt8({layer.input().shape, layer.options<MeanOptions>().axes},
                                   layer.input().int8Quantization(),
                                   layer.output().int8Quantization()));
}

} // namespace xs3::compiler
