#include "kernels/bconv2d/pack.h"
#include "kernels/bmaxpool2d/pack.h"
#include "kernels/compiler/import/parameters.h"
#include "kernels/compiler/lower/layer_builder.h"
#include "kernels/compiler/lower/lowerings.h"
#include "kernels/lce_dequantize/call.h"
#include "kernels/lce_quantize/pack.h"

namespace xs3::compiler {
namespace {

/// Everything but the last dimension, and the last one.
struct Pixels {
  std::uint32_t pixels, channels;
};

Pixels pixels(const Tensor &tensor) {
  const auto channels = static_cast<std::uint32_t>(tensor.shape.back());
  return {static_cast<std::uint32_t>(tensor.elements()) / channels, channels};
}

void addBconv2d(LayerBuilder &layer, const kernels::Bconv2dParameters &parameters,
                const PackChannels &pack) {
  layer.macs(
      parameters.output.elements() * static_cast<std::uint64_t>(kernels::fieldBits(parameters)), 0);
  if (parameters.groups == 1)
    return layer.callByChannels(static_cast<std::uint32_t>(parameters.output.channels), pack);
  for (const kernels::PackedCall &call : pack({}))
    layer.call(call);
}

kernels::Bconv2dOutputTransform transform(const LayerBuilder &layer,
                                          const kernels::Bconv2dParameters &parameters) {
  return kernels::bconv2dOutputTransform(
      kernels::fieldBits(parameters), layer.options<Bconv2dOptions>().activation,
      constantValues<float>(layer.input(2)), constantValues<float>(layer.input(3)),
      layer.output().int8Quantization());
}

} // namespace

void lowerLceQuantizeInt8(LayerBuilder &layer) {
  const Pixels shape = pixels(layer.input());
  layer.call(kernels::packLceQuantizeInt8(shape.pixels, shape.channels,
                                          layer.input().int8Quantization().zeroPoint));
}

void lowerLceQuantizeFloat(LayerBuilder &layer) {
  const Pixels shape = pixels(layer.input());
  layer.call(kernels::packLceQuantizeFloat(shape.pixels, shape.channels));
}

void lowerLceQuantizeBool(LayerBuilder &layer) {
  const Pixels shape = pixels(layer.input());
  layer.call(kernels::packLceQuantizeBool(shape.pixels, shape.channels));
}

void lowerLceDequantizeInt8(LayerBuilder &layer) {
  const Pixels shape = pixels(layer.output());
  layer.call(kernels::packLceDequantizeInt8(shape.pixels, shape.channels,
                                            layer.output().int8Quantization()));
}

void lowerLceDequantizeFloat(LayerBuilder &layer) {
  const Pixels shape = pixels(layer.output());
  layer.call(kernels::packLceDequantizeFloat(shape.pixels, shape.channels));
}

void lowerLceDequantizeBool(LayerBuilder &layer) {
  const Pixels shape = pixels(layer.output());
  layer.call(kernels::packLceDequantizeBool(shape.pixels, shape.channels));
}

void lowerBconv2dBits(LayerBuilder &layer) {
  const auto parameters = bconv2dParameters(layer.network(), layer.op());
  const auto filter = constantValues<Word>(layer.input(1));
  const auto threshold = constantValues<std::int32_t>(layer.input(4));
  addBconv2d(layer, parameters, [&](kernels::ChannelRange outputs) {
    return kernels::packBconv2dBits(parameters, filter, threshold, outputs);
  });
}

void lowerBconv2dFloat(LayerBuilder &layer) {
  const auto parameters = bconv2dParameters(layer.network(), layer.op());
  const auto filter = constantValues<Word>(layer.input(1));
  const auto affine = transform(layer, parameters);
  addBconv2d(layer, parameters, [&](kernels::ChannelRange outputs) {
    return kernels::packBconv2dFloat(parameters, filter, affine, outputs);
  });
}

void lowerBconv2dInt8(LayerBuilder &layer) {
  const auto parameters = bconv2dParameters(layer.network(), layer.op());
  const auto filter = constantValues<Word>(layer.input(1));
  const auto affine = transform(layer, parameters);
  addBconv2d(layer, parameters, [&](kernels::ChannelRange outputs) {
    return kernels::packBconv2dInt8(parameters, filter, affine, outputs);
  });
}

void lowerBMaxPool2d(LayerBuilder &layer) {
  layer.call(kernels::packBmaxpool2d(packedImage(layer.input()), packedImage(layer.output()),
                                     poolWindow(layer.input(), layer.options<Pool2dOptions>())));
}

} // namespace xs3::compiler
