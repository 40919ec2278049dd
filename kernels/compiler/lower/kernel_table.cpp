#include "kernels/compiler/lower/kernel_table.h"

#include "kernels/compiler/lower/layer_builder.h"
#include "kernels/compiler/lower/lowerings.h"

#include <algorithm>
#include <array>
#include <set>

namespace xs3::compiler {
namespace {

using enum OperatorKind;

constexpr ElementType kFloat = ElementType::Float32, kInt8 = ElementType::Int8,
                      kPacked = ElementType::Int32, kBool = ElementType::Bool;

constexpr KernelRow kRows[] = {
    {LceQuantize, "LceQuantize", kInt8, kPacked, "any shape", lowerLceQuantizeInt8},
    {LceQuantize, "LceQuantize", kFloat, kPacked, "any shape", lowerLceQuantizeFloat},
    {LceQuantize, "LceQuantize", kBool, kPacked, "any shape", lowerLceQuantizeBool},
    {LceDequantize, "LceDequantize", kPacked, kInt8, "any shape", lowerLceDequantizeInt8},
    {LceDequantize, "LceDequantize", kPacked, kFloat, "any shape", lowerLceDequantizeFloat},
    {LceDequantize, "LceDequantize", kPacked, kBool, "any shape", lowerLceDequantizeBool},
    {LceBconv2d, "LceBconv2d", kPacked, kPacked,
     "any padding, stride, dilation and groups; at most 32767 bits in a window; with zero padding, "
     "an even number of input channels; with groups, whole 32 output channels each",
     lowerBconv2dBits},
    {LceBconv2d, "LceBconv2d", kPacked, kFloat,
     "any padding, stride, dilation, groups and activation; at most 65534 bits in a window; with "
     "zero padding, an even number of input channels",
     lowerBconv2dFloat},
    {LceBconv2d, "LceBconv2d", kPacked, kInt8,
     "any padding, stride, dilation, groups and activation; at most 65534 bits in a window; with "
     "zero padding, an even number of input channels",
     lowerBconv2dInt8},
    {LceBMaxPool2d, "LceBMaxPool2d", kPacked, kPacked, "any window, stride and padding",
     lowerBMaxPool2d},
    {Conv2d, "CONV_2D", kInt8, kInt8,
     "any padding, stride, dilation, groups and activation; sums with their rounding below 2^30",
     lowerConv2dInt8},
    {Conv2d, "CONV_2D", kFloat, kFloat, "any padding, stride, dilation, groups and activation",
     lowerConv2dFloat},
    {DepthwiseConv2d, "DEPTHWISE_CONV_2D", kInt8, kInt8,
     "any padding, stride, dilation, multiplier and activation; sums with their rounding below "
     "2^30",
     lowerDepthwiseConv2dInt8},
    {DepthwiseConv2d, "DEPTHWISE_CONV_2D", kFloat, kFloat,
     "any padding, stride, dilation, multiplier and activation", lowerDepthwiseConv2dFloat},
    {FullyConnected, "FULLY_CONNECTED", kInt8, kInt8,
     "any activation; sums with their rounding below 2^30", lowerFullyConnectedInt8},
    {FullyConnected, "FULLY_CONNECTED", kFloat, kFloat, "any activation", lowerFullyConnectedFloat},
    {Add, "ADD", kInt8, kInt8,
     "any shapes that can be broadcast; sums with their rounding below 2^30", lowerAddInt8},
    {Add, "ADD", kFloat, kFloat, "any shapes that can be broadcast", lowerAddFloat},
    {Sub, "SUB", kInt8, kInt8,
     "any shapes that can be broadcast; sums with their rounding below 2^30", lowerSubInt8},
    {Sub, "SUB", kFloat, kFloat, "any shapes that can be broadcast", lowerSubFloat},
    {Mul, "MUL", kInt8, kInt8,
     "any shapes that can be broadcast; sums with their rounding below 2^30", lowerMulInt8},
    {Mul, "MUL", kFloat, kFloat, "any shapes that can be broadcast", lowerMulFloat},
    {MaxPool2d, "MAX_POOL_2D", kInt8, kInt8, "any window, stride, padding and activation",
     lowerMaxPool2dInt8},
    {MaxPool2d, "MAX_POOL_2D", kFloat, kFloat, "any window, stride, padding and activation",
     lowerMaxPool2dFloat},
    {AveragePool2d, "AVERAGE_POOL_2D", kInt8, kInt8,
     "any window, stride, padding and activation; at most 2889 places in a window",
     lowerAveragePool2dInt8},
    {AveragePool2d, "AVERAGE_POOL_2D", kFloat, kFloat, "any window, stride, padding and activation",
     lowerAveragePool2dFloat},
    {Mean, "MEAN", kInt8, kInt8, "over any dimensions; sums with their rounding below 2^30",
     lowerMeanInt8},
    {Mean, "MEAN", kFloat, kFloat, "over any dimensions", lowerMeanFloat},
    {Concatenation, "CONCATENATION", kInt8, kInt8, "any axis, parts of one scale",
     lowerConcatenation},
    {Concatenation, "CONCATENATION", kFloat, kFloat, "any axis", lowerConcatenation},
    {Concatenation, "CONCATENATION", kPacked, kPacked, "any axis", lowerConcatenation},
    {Pad, "PAD", kInt8, kInt8, "any dimensions, by the zero point", lowerPad},
    {Pad, "PAD", kFloat, kFloat, "any dimensions, by 0", lowerPad},
    {Pad, "PAD", kPacked, kPacked, "any dimensions, by +1", lowerPad},
    {Relu, "RELU", kInt8, kInt8, "any shape, any scales", lowerReluInt8},
    {Relu, "RELU", kFloat, kFloat, "any shape", lowerReluFloat},
    {ReluN1To1, "RELU_N1_TO_1", kInt8, kInt8, "any shape, any scales", lowerReluN1To1Int8},
    {ReluN1To1, "RELU_N1_TO_1", kFloat, kFloat, "any shape", lowerReluN1To1Float},
    {Relu6, "RELU6", kInt8, kInt8, "any shape, any scales", lowerRelu6Int8},
    {Relu6, "RELU6", kFloat, kFloat, "any shape", lowerRelu6Float},
    {Prelu, "PRELU", kFloat, kFloat, "any shapes that can be broadcast", lowerPreluFloat},
    {Softmax, "SOFTMAX", kInt8, kInt8, "over the last dimension, any beta", lowerSoftmaxInt8},
    {Softmax, "SOFTMAX", kFloat, kFloat, "over the last dimension, any beta", lowerSoftmaxFloat},
    {Logistic, "LOGISTIC", kInt8, kInt8, "any shape, any scales", lowerLogisticInt8},
    {Logistic, "LOGISTIC", kFloat, kFloat, "any shape", lowerLogisticFloat},
    {Quantize, "QUANTIZE", kFloat, kInt8, "any shape, one scale; scales of 2^-127 to 2^120",
     lowerQuantizeFloat},
    {Quantize, "QUANTIZE", kInt8, kInt8, "any shape, one scale", lowerRequantize},
    {Dequantize, "DEQUANTIZE", kInt8, kFloat, "any shape, one scale", lowerDequantizeInt8},
    {Reshape, "RESHAPE", kInt8, kInt8, "costs nothing", lowerReshape},
    {Reshape, "RESHAPE", kFloat, kFloat, "costs nothing", lowerReshape},
    {Reshape, "RESHAPE", kPacked, kPacked, "costs nothing", lowerReshape},
};

std::string formName(ElementType type) {
  return type == kPacked ? "packed" : std::string(elementTypeName(type));
}

/// "ADD, CONV_2D, ..." of all rows.
std::string supportedNames() {
  std::string names;
  std::string_view last;
  for (const KernelRow &row : kRows)
    if (row.name != last) {
      names += (names.empty() ? "" : ", ") + std::string(row.name);
      last = row.name;
    }
  return names;
}

std::string supportedForms(OperatorKind kind) {
  std::string forms;
  for (const KernelRow &row : kRows)
    if (row.kind == kind)
      forms += (forms.empty() ? "" : ", ") + describeForm(row);
  return forms;
}

} // namespace

std::span<const KernelRow> kernelTable() { return kRows; }

std::string describeForm(const KernelRow &row) {
  return formName(row.input) + " to " + formName(row.output);
}

const KernelRow &kernelRow(const Network &network, const Operator &op) {
  const std::string forms = supportedForms(op.kind);
  if (op.kind == Unknown || forms.empty())
    refuseOperator(network, op,
                   "this operator is not supported; supported are " + supportedNames());
  const ElementType input = network.input(op, 0)->type, output = network.output(op).type;
  for (const KernelRow &row : kRows)
    if (row.kind == op.kind && row.input == input && row.output == output)
      return row;
  refuseOperator(network, op,
                 "it is not supported from " + formName(input) + " to " + formName(output) +
                     ", only from " + forms);
}

} // namespace xs3::compiler
