#include "kernels/broadcast/float_call.h"
#include "kernels/compiler/import/parameters.h"
#include "kernels/compiler/lower/layer_builder.h"
#include "kernels/compiler/lower/lowerings.h"
#include "kernels/conv2d/float_call.h"
#include "kernels/exponential/float_call.h"
#include "kernels/mean/float_call.h"
#include "kernels/relu/float_call.h"

namespace xs3::compiler {
namespace {

std::vector<float> bias(const LayerBuilder &layer) {
  return layer.has(2) ? constantValues<float>(layer.input(2)) : std::vector<float>();
}

/// Each element is read before it is written, so the output may lie on an operand of its size.
void addPairs(LayerBuilder &layer, kernels::FloatPairOperation operation, Activation activation) {
  layer.mayReplace(0);
  layer.mayReplace(1);
  layer.call(kernels::packFloatPairs(
      operation, {layer.input(0).shape, layer.input(1).shape, layer.output().shape},
      kernels::floatRange(activation)));
}

Activation pairActivation(const LayerBuilder &layer) {
  return layer.options<ArithmeticOptions>().activation;
}

void pool(LayerBuilder &layer, std::string_view kernel) {
  const auto &options = layer.options<Pool2dOptions>();
  layer.call(kernels::packFloatWindow(
      kernel, image(layer.input()), image(layer.output()), poolWindow(layer.input(), options),
      kernels::FloatChannels::Own, 1, kernels::floatRange(options.activation)));
}

void clamp(LayerBuilder &layer, Activation activation) {
  layer.mayReplace(0);
  layer.call(kernels::packClampFloat(layer.output().elements(), kernels::floatRange(activation)));
}

} // namespace

void lowerConv2dFloat(LayerBuilder &layer) {
  layer.call(
      kernels::packConv2dFloat(conv2dParameters(layer.network(), layer.op()),
                               kernels::floatRange(layer.options<Conv2dOptions>().activation),
                               constantValues<float>(layer.input(1)), bias(layer)));
}

void lowerDepthwiseConv2dFloat(LayerBuilder &layer) {
  layer.call(kernels::packDepthwiseConv2dFloat(
      depthwiseConv2dParameters(layer.network(), layer.op()),
      kernels::floatRange(layer.options<Conv2dOptions>().activation),
      constantValues<float>(layer.input(1)), bias(layer)));
}

void lowerFullyConnectedFloat(LayerBuilder &layer) {
  layer.call(kernels::packFullyConnectedFloat(
      fullyConnectedParameters(layer.network(), layer.op()),
      kernels::floatRange(layer.options<FullyConnectedOptions>().activation),
      constantValues<float>(layer.input(1)), bias(layer)));
}

void lowerAddFloat(LayerBuilder &layer) {
  addPairs(layer, kernels::FloatPairOperation::Add, pairActivation(layer));
}

void lowerSubFloat(LayerBuilder &layer) {
  addPairs(layer, kernels::FloatPairOperation::Sub, pairActivation(layer));
}

void lowerMulFloat(LayerBuilder &layer) {
  addPairs(layer, kernels::FloatPairOperation::Mul, pairActivation(layer));
}

void lowerPreluFloat(LayerBuilder &layer) {
  addPairs(layer, kernels::FloatPairOperation::Prelu, Activation::None);
}

void lowerMaxPool2dFloat(LayerBuilder &layer) { pool(layer, "max_pool2d_float"); }

void lowerAveragePool2dFloat(LayerBuilder &layer) { pool(layer, "average_pool2d_float"); }

void lowerMeanFloat(LayerBuilder &layer) {
  layer.call(kernels::packMeanFloat({layer.input().shape, layer.options<MeanOptions>().axes}));
}

void lowerReluFloat(LayerBuilder &layer) { clamp(layer, Activation::Relu); }

void lowerReluN1To1Float(LayerBuilder &layer) { clamp(layer, Activation::ReluN1To1); }

void lowerRelu6Float(LayerBuilder &layer) { clamp(layer, Activation::Relu6); }

void lowerSoftmaxFloat(LayerBuilder &layer) {
  layer.mayReplace(0);
  const auto classes = static_cast<std::size_t>(layer.input().shape.back());
  layer.call(kernels::packSoftmaxFloat(layer.input().elements() / classes, classes,
                                       layer.options<SoftmaxOptions>().beta));
}

void lowerLogisticFloat(LayerBuilder &layer) {
  layer.mayReplace(0);
  layer.call(kernels::packLogisticFloat(layer.output().elements()));
}

} // namespace xs3::compiler
