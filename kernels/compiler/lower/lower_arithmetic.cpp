#include "kernels/add/call.h"
#include "kernels/compiler/lower/layer_builder.h"
#include "kernels/compiler/lower/lowerings.h"
#include "kernels/mul/call.h"

namespace xs3::compiler {
namespace {

kernels::BroadcastShapes shapes(const LayerBuilder &layer) {
  return {layer.input(0).shape, layer.input(1).shape, layer.output().shape};
}

/// Each element is read before it is written, so the output may lie on an operand of its size.
void mayReplaceOperands(LayerBuilder &layer) {
  layer.mayReplace(0);
  layer.mayReplace(1);
}

void lowerSum(LayerBuilder &layer, kernels::Sign sign) {
  mayReplaceOperands(layer);
  layer.call(kernels::packAddInt8(
      shapes(layer),
      kernels::addScaling(layer.input(0).int8Quantization(), layer.input(1).int8Quantization(),
                          layer.output().int8Quantization(),
                          layer.options<ArithmeticOptions>().activation),
      sign));
}

} // namespace

void lowerAddInt8(LayerBuilder &layer) { lowerSum(layer, kernels::Sign::Plus); }

void lowerSubInt8(LayerBuilder &layer) { lowerSum(layer, kernels::Sign::Minus); }

void lowerMulInt8(LayerBuilder &layer) {
  mayReplaceOperands(layer);
  layer.call(kernels::packMulInt8(
      shapes(layer),
      kernels::mulScaling(layer.input(0).int8Quantization(), layer.input(1).int8Quantization(),
                          layer.output().int8Quantization(),
                          layer.options<ArithmeticOptions>().activation)));
}

} // namespace xs3::compiler
