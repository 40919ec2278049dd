#include "base/error.h"
#include "kernels/compiler/lower/layer_builder.h"
#include "kernels/compiler/lower/lowerings.h"
#include "kernels/dequantize/reference.h"
#include "kernels/logistic/reference.h"
#include "kernels/lookup/call.h"
#include "kernels/quantize/pack.h"
#include "kernels/relu/reference.h"
#include "kernels/softmax/call.h"

#include <functional>

namespace xs3::compiler {
namespace {

std::uint32_t elements(const Tensor &tensor) {
  return static_cast<std::uint32_t>(tensor.elements());
}

/// An int8 function of one value: the reference, tabulated.
void addLookup(LayerBuilder &layer, const std::function<std::int8_t(std::int8_t)> &function) {
  layer.mayReplace(0);
  layer.call(kernels::packLookupInt8(elements(layer.input()), function));
}

void addRelu(LayerBuilder &layer, Activation activation) {
  addLookup(layer, kernels::reluScaling(layer.input().int8Quantization(),
                                        layer.output().int8Quantization(), activation));
}

} // namespace

void lowerReluInt8(LayerBuilder &layer) { addRelu(layer, Activation::Relu); }
void lowerReluN1To1Int8(LayerBuilder &layer) { addRelu(layer, Activation::ReluN1To1); }
void lowerRelu6Int8(LayerBuilder &layer) { addRelu(layer, Activation::Relu6); }

void lowerLogisticInt8(LayerBuilder &layer) {
  const auto table =
      kernels::logisticTable(layer.input().int8Quantization(), layer.output().int8Quantization());
  addLookup(layer, [&table](std::int8_t value) {
    std::int8_t result = 0;
    kernels::logisticInt8(table, {&value, 1}, {&result, 1});
    return result;
  });
}

void lowerDequantizeInt8(LayerBuilder &layer) {
  const kernels::Int8Quantization quantization = layer.input().int8Quantization();
  layer.call(kernels::packLookupFloat(elements(layer.input()), [&](std::int8_t value) {
    float result = 0;
    kernels::dequantizeInt8(quantization, {&value, 1}, {&result, 1});
    return result;
  }));
}

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
