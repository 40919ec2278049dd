#include "kernels/compiler/import/evaluate.h"

#include "kernels/add/reference.h"
#include "kernels/average_pool2d/reference.h"
#include "kernels/bconv2d/reference.h"
#include "kernels/bmaxpool2d/reference.h"
#include "kernels/compiler/import/parameters.h"
#include "kernels/compiler/import/place.h"
#include "kernels/concatenation/reference.h"
#include "kernels/conv2d/reference.h"
#include "kernels/depthwise_conv2d/reference.h"
#include "kernels/dequantize/reference.h"
#include "kernels/fully_connected/reference.h"
#include "kernels/lce_dequantize/reference.h"
#include "kernels/lce_quantize/reference.h"
#include "kernels/logistic/reference.h"
#include "kernels/max_pool2d/reference.h"
#include "kernels/mean/reference.h"
#include "kernels/mul/reference.h"
#include "kernels/pad/reference.h"
#include "kernels/quantize/reference.h"
#include "kernels/relu/reference.h"
#include "kernels/reshape/reference.h"
#include "kernels/softmax/reference.h"

namespace xs3::compiler {
namespace {

using kernels::floatRange;
using kernels::int8Range;

/// One operator with the bytes of its tensors.
class Evaluation {
public:
  Evaluation(const Network &network, const Operator &op, std::vector<Bytes> &values)
      : network_(network), op_(op), values_(values) {}

  void run();

private:
  const Tensor &input(std::size_t position) const { return *network_.input(op_, position); }
  const Tensor &output() const { return network_.output(op_); }
  bool isFloat() const { return input(0).type == ElementType::Float32; }
  template <typename T> const T &options() const { return std::get<T>(op_.options); }

  /// Bytes come from the allocator, so they are aligned for every element type.
  template <typename T> std::span<const T> in(std::size_t position) const {
    if (!network_.input(op_, position))
      return {};
    const Bytes &bytes = values_[static_cast<std::size_t>(op_.inputs[position])];
    return {reinterpret_cast<const T *>(bytes.data()), bytes.size() / sizeof(T)};
  }
  template <typename T> std::span<T> out() const {
    Bytes &bytes = values_[static_cast<std::size_t>(op_.outputs.front())];
    return {reinterpret_cast<T *>(bytes.data()), bytes.size() / sizeof(T)};
  }

  void quantizeToBits() const;
  void dequantizeBits() const;
  void bconv2d() const;
  void bmaxpool2d() const;
  void conv2d() const;
  void depthwiseConv2d() const;
  void fullyConnected() const;
  void add(kernels::Sign sign) const;
  void mul() const;
  void maxPool2d() const;
  void averagePool2d() const;
  void mean() const;
  void concatenation() const;
  void pad() const;
  void relu(Activation activation) const;
  void prelu() const;
  void softmax() const;
  void logistic() const;
  void quantize() const;
  void dequantize() const;

  const Network &network_;
  const Operator &op_;
  std::vector<Bytes> &values_;
};

void Evaluation::quantizeToBits() const {
  const std::int32_t channels = input(0).shape.back();
  if (isFloat())
    kernels::lceQuantizeFloat(channels, in<float>(0), out<Word>());
  else if (input(0).type == ElementType::Bool)
    kernels::lceQuantizeBool(channels, in<std::uint8_t>(0), out<Word>());
  else
    kernels::lceQuantizeInt8(channels, input(0).int8Quantization().zeroPoint, in<std::int8_t>(0),
                             out<Word>());
}

void Evaluation::dequantizeBits() const {
  const std::int32_t channels = output().shape.back();
  if (output().type == ElementType::Float32)
    kernels::lceDequantizeFloat(channels, in<Word>(0), out<float>());
  else if (output().type == ElementType::Bool)
    kernels::lceDequantizeBool(channels, in<Word>(0), out<std::uint8_t>());
  else
    kernels::lceDequantizeInt8(channels, output().int8Quantization(), in<Word>(0),
                               out<std::int8_t>());
}

void Evaluation::bconv2d() const {
  const auto parameters = bconv2dParameters(network_, op_);
  const kernels::Bconv2dOperands operands{in<Word>(0), in<Word>(1)};
  if (output().type == ElementType::Int32)
    return kernels::bconv2dBits(parameters, operands, in<std::int32_t>(4), out<Word>());
  const auto transform = kernels::bconv2dOutputTransform(
      kernels::fieldBits(parameters), options<Bconv2dOptions>().activation, in<float>(2),
      in<float>(3), output().int8Quantization());
  if (output().type == ElementType::Float32)
    kernels::bconv2dFloat(parameters, operands, transform, out<float>());
  else
    kernels::bconv2dInt8(parameters, operands, transform, out<std::int8_t>());
}

void Evaluation::bmaxpool2d() const {
  kernels::bmaxpool2d(packedImage(input(0)), packedImage(output()),
                      poolWindow(input(0), options<Pool2dOptions>()), in<Word>(0), out<Word>());
}

void Evaluation::conv2d() const {
  const auto parameters = conv2dParameters(network_, op_);
  if (isFloat())
    kernels::conv2dFloat(parameters, floatRange(options<Conv2dOptions>().activation), in<float>(0),
                         in<float>(1), in<float>(2), out<float>());
  else
    kernels::conv2dInt8(parameters, requantization(network_, op_), in<std::int8_t>(0),
                        in<std::int8_t>(1), in<std::int32_t>(2), out<std::int8_t>());
}

void Evaluation::depthwiseConv2d() const {
  const auto parameters = depthwiseConv2dParameters(network_, op_);
  if (isFloat())
    kernels::depthwiseConv2dFloat(parameters, floatRange(options<Conv2dOptions>().activation),
                                  in<float>(0), in<float>(1), in<float>(2), out<float>());
  else
    kernels::depthwiseConv2dInt8(parameters, requantization(network_, op_), in<std::int8_t>(0),
                                 in<std::int8_t>(1), in<std::int32_t>(2), out<std::int8_t>());
}

void Evaluation::fullyConnected() const {
  const auto parameters = fullyConnectedParameters(network_, op_);
  if (isFloat())
    kernels::fullyConnectedFloat(parameters,
                                 floatRange(options<FullyConnectedOptions>().activation),
                                 in<float>(0), in<float>(1), in<float>(2), out<float>());
  else
    kernels::fullyConnectedInt8(parameters, requantization(network_, op_), in<std::int8_t>(0),
                                in<std::int8_t>(1), in<std::int32_t>(2), out<std::int8_t>());
}

void Evaluation::add(kernels::Sign sign) const {
  const kernels::BroadcastShapes shapes{input(0).shape, input(1).shape, output().shape};
  const Activation activation = options<ArithmeticOptions>().activation;
  if (isFloat())
    kernels::addFloat(shapes, floatRange(activation), sign, in<float>(0), in<float>(1),
                      out<float>());
  else
    kernels::addInt8(shapes,
                     kernels::addScaling(input(0).int8Quantization(), input(1).int8Quantization(),
                                         output().int8Quantization(), activation),
                     sign, in<std::int8_t>(0), in<std::int8_t>(1), out<std::int8_t>());
}

void Evaluation::mul() const {
  const kernels::BroadcastShapes shapes{input(0).shape, input(1).shape, output().shape};
  const Activation activation = options<ArithmeticOptions>().activation;
  if (isFloat())
    kernels::mulFloat(shapes, floatRange(activation), in<float>(0), in<float>(1), out<float>());
  else
    kernels::mulInt8(shapes,
                     kernels::mulScaling(input(0).int8Quantization(), input(1).int8Quantization(),
                                         output().int8Quantization(), activation),
                     in<std::int8_t>(0), in<std::int8_t>(1), out<std::int8_t>());
}

void Evaluation::maxPool2d() const {
  const auto &from = options<Pool2dOptions>();
  const kernels::Window window = poolWindow(input(0), from);
  if (isFloat())
    kernels::maxPool2dFloat(image(input(0)), image(output()), window, floatRange(from.activation),
                            in<float>(0), out<float>());
  else
    kernels::maxPool2dInt8(image(input(0)), image(output()), window,
                           int8Range(from.activation, output().int8Quantization()),
                           in<std::int8_t>(0), out<std::int8_t>());
}

void Evaluation::averagePool2d() const {
  const auto &from = options<Pool2dOptions>();
  const kernels::Window window = poolWindow(input(0), from);
  if (isFloat())
    kernels::averagePool2dFloat(image(input(0)), image(output()), window,
                                floatRange(from.activation), in<float>(0), out<float>());
  else
    kernels::averagePool2dInt8(image(input(0)), image(output()), window,
                               int8Range(from.activation, output().int8Quantization()),
                               in<std::int8_t>(0), out<std::int8_t>());
}

void Evaluation::mean() const {
  const kernels::MeanParameters parameters{input(0).shape, options<MeanOptions>().axes};
  if (isFloat())
    kernels::meanFloat(parameters, in<float>(0), out<float>());
  else
    kernels::meanInt8(parameters, input(0).int8Quantization(), output().int8Quantization(),
                      in<std::int8_t>(0), out<std::int8_t>());
}

void Evaluation::concatenation() const {
  std::vector<kernels::ConcatenationPart> parts;
  for (std::size_t i = 0; i < op_.inputs.size(); ++i)
    parts.push_back({input(i).shape, in<std::uint8_t>(i)});
  kernels::concatenation(parts, options<ConcatenationOptions>().axis, elementBytes(output().type),
                         out<std::uint8_t>());
}

void Evaluation::pad() const {
  const auto &from = options<PadOptions>();
  // 0.0f and the packed word of +1 are zero bytes.
  Bytes fill(elementBytes(output().type), 0);
  if (output().type == ElementType::Int8)
    fill[0] = static_cast<std::uint8_t>(output().int8Quantization().zeroPoint);
  kernels::pad({input(0).shape, from.before, from.after}, fill, in<std::uint8_t>(0),
               out<std::uint8_t>());
}

void Evaluation::relu(Activation activation) const {
  if (isFloat())
    kernels::reluFloat(floatRange(activation), in<float>(0), out<float>());
  else
    kernels::reluInt8(
        kernels::reluScaling(input(0).int8Quantization(), output().int8Quantization(), activation),
        in<std::int8_t>(0), out<std::int8_t>());
}

void Evaluation::prelu() const {
  kernels::preluFloat(input(0).shape, input(1).shape, in<float>(0), in<float>(1), out<float>());
}

void Evaluation::softmax() const {
  const float beta = options<SoftmaxOptions>().beta;
  const std::size_t classes = static_cast<std::size_t>(input(0).shape.back());
  if (isFloat())
    kernels::softmaxFloat(classes, beta, in<float>(0), out<float>());
  else
    kernels::softmaxInt8(classes, kernels::softmaxTable(input(0).int8Quantization().scale, beta),
                         output().int8Quantization(), in<std::int8_t>(0), out<std::int8_t>());
}

void Evaluation::logistic() const {
  if (isFloat())
    kernels::logisticFloat(in<float>(0), out<float>());
  else
    kernels::logisticInt8(
        kernels::logisticTable(input(0).int8Quantization(), output().int8Quantization()),
        in<std::int8_t>(0), out<std::int8_t>());
}

void Evaluation::quantize() const {
  if (isFloat())
    kernels::quantizeFloat(output().int8Quantization(), in<float>(0), out<std::int8_t>());
  else
    kernels::quantizeInt8(input(0).int8Quantization(), output().int8Quantization(),
                          in<std::int8_t>(0), out<std::int8_t>());
}

void Evaluation::dequantize() const {
  kernels::dequantizeInt8(input(0).int8Quantization(), in<std::int8_t>(0), out<float>());
}

void Evaluation::run() {
  switch (op_.kind) {
  case OperatorKind::LceQuantize:
    return quantizeToBits();
  case OperatorKind::LceDequantize:
    return dequantizeBits();
  case OperatorKind::LceBconv2d:
    return bconv2d();
  case OperatorKind::LceBMaxPool2d:
    return bmaxpool2d();
  case OperatorKind::Conv2d:
    return conv2d();
  case OperatorKind::DepthwiseConv2d:
    return depthwiseConv2d();
  case OperatorKind::FullyConnected:
    return fullyConnected();
  case OperatorKind::Add:
    return add(kernels::Sign::Plus);
  case OperatorKind::Sub:
    return add(kernels::Sign::Minus);
  case OperatorKind::Mul:
    return mul();
  case OperatorKind::MaxPool2d:
    return maxPool2d();
  case OperatorKind::AveragePool2d:
    return averagePool2d();
  case OperatorKind::Mean:
    return mean();
  case OperatorKind::Concatenation:
    return concatenation();
  case OperatorKind::Pad:
    return pad();
  case OperatorKind::Relu:
    return relu(Activation::Relu);
  case OperatorKind::ReluN1To1:
    return relu(Activation::ReluN1To1);
  case OperatorKind::Relu6:
    return relu(Activation::Relu6);
  case OperatorKind::Prelu:
    return prelu();
  case OperatorKind::Softmax:
    return softmax();
  case OperatorKind::Logistic:
    return logistic();
  case OperatorKind::Quantize:
    return quantize();
  case OperatorKind::Dequantize:
    return dequantize();
  case OperatorKind::Reshape:
    return kernels::reshape(in<std::uint8_t>(0), out<std::uint8_t>());
  case OperatorKind::Unknown:
  case OperatorKind::Shape:
  case OperatorKind::StridedSlice:
  case OperatorKind::Pack:
    break;
  }
  Place(network_.fileName).op(op_).fail("there is no reference for this operator");
}

} // namespace

void evaluateOperator(const Network &network, const Operator &op, std::vector<Bytes> &values) {
  for (const std::int32_t index : op.outputs)
    values[static_cast<std::size_t>(index)].assign(network.tensor(index).bytes(), 0);
  Evaluation(network, op, values).run();
}

std::vector<Bytes> evaluate(const Network &network, std::span<const Bytes> inputs) {
  const Place place(network.fileName);
  if (inputs.size() != network.inputs.size())
    place.fail("the network has " + std::to_string(network.inputs.size()) + " inputs, but " +
               std::to_string(inputs.size()) + " were given");
  std::vector<Bytes> values;
  for (const Tensor &tensor : network.tensors)
    values.push_back(tensor.constant);
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    const Tensor &tensor = network.tensor(network.inputs[i]);
    if (inputs[i].size() != tensor.bytes())
      place.fail("input " + std::to_string(i) + " is " + describe(tensor) + ", " +
                 std::to_string(tensor.bytes()) + " bytes, but " +
                 std::to_string(inputs[i].size()) + " were given");
    values[static_cast<std::size_t>(network.inputs[i])] = inputs[i];
  }
  for (const Operator &op : network.operators)
    evaluateOperator(network, op, values);
  return values;
}

} // namespace xs3::compiler
