#include "base/error.h"
#include "kernels/compiler/lower/layer_builder.h"
#include "kernels/compiler/lower/lowerings.h"
#include "kernels/quantize/pack.h"
#include "kernels/softmax/call.h"

namespace xs3::compiler {
namespace {

std::uint32_t elements(const Tensor &tensor) {
  return static_cast<std::uint32_t>(tensor.elements());
}

} // namespace

void lowerReshape(LayerBuilder &layer) {
  if (layer.input().isConstant())
    throw Error("its input is constant; let the converter fold it away");
  layer.alias();
}

void lowerQuantizeFloat(LayerBuilder &layer) {
  layer.call(
      kernels::packQuantizeFloat(elements(layer.input()), layer.output().int8Quantization()));
}

void lowerRequantize(LayerBuilder &layer) {
  layer.mayReplace(0);
  layer.call(kernels::packRequantize(elements(layer.input()), layer.input().int8Quantization(),
                                     layer.output().int8Quantization()));
}

void lowerSoftmaxInt8(LayerBuilder &layer) {
  const auto classes = static_cast<std::uint32_t>(layer.input().shape.back());
  const kernels::Int8Quantization output = layer.output().int8Quantization();
  layer.call(kernels::packSoftmax(
      elements(layer.input()) / classes, classes, layer.input().int8Quantization().scale,
      layer.options<SoftmaxOptions>().beta, output.scale, output.zeroPoint));
}

} // namespace xs3::compiler
