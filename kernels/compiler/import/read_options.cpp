// Options of operators: tables of the flatbuffer for builtin operators, FlexBuffers for Larq
// Compute Engine's.
#include "kernels/compiler/import/model_file.h"

#include <flatbuffers/flexbuffers.h>

#include <cmath>

namespace xs3::compiler {
namespace {

std::int32_t within(std::int64_t value, std::int64_t low, std::int64_t high,
                    const std::string &name, const Place &place) {
  if (value < low || value > high)
    place.fail(name + " is " + std::to_string(value) + "; it must lie in " + std::to_string(low) +
               " .. " + std::to_string(high));
  return static_cast<std::int32_t>(value);
}

/// A stride, a dilation, a window's size.
std::int32_t step(std::int64_t value, const std::string &name, const Place &place) {
  return within(value, 1, kMaxWindowStep, name, place);
}

Padding padding(std::int64_t value, const Place &place) {
  return within(value, 0, 1, "padding", place) == 0 ? Padding::Same : Padding::Valid;
}

Activation activation(std::int64_t value, const Place &place) {
  return static_cast<Activation>(within(value, 0, 3, "fused_activation_function", place));
}

std::int64_t number(tflite::Padding value) { return static_cast<std::int64_t>(value); }
std::int64_t number(tflite::ActivationFunctionType value) {
  return static_cast<std::int64_t>(value);
}

/// The options table of type T, which the operator must have.
template <typename T> const T &table(const tflite::Operator &stored, const Place &place) {
  const T *options = stored.builtin_options_as<T>();
  if (!options)
    place.fail("it has no options of its kind; convert the network again");
  return *options;
}

/// A map of integers in a FlexBuffer.
class CustomOptions {
public:
  CustomOptions(const tflite::Operator &stored, const Place &place) : place_(place) {
    const auto bytes = elements(stored.custom_options());
    if (stored.custom_options_format() != 0)
      place.fail("its options are not in the FlexBuffers format; convert the network again");
    // A copy is aligned as the reader wants it. Its terminating zero ends a key that has none of
    // its own, which the library's verifier (version 2.0.8) lets pass.
    bytes_.assign(bytes.begin(), bytes.end());
    bytes_.push_back(0);
    if (!flexbuffers::VerifyBuffer(bytes_.data(), bytes.size()))
      place.fail("its options are damaged; convert the network again");
    const flexbuffers::Reference root = flexbuffers::GetRoot(bytes_.data(), bytes.size());
    if (!root.IsMap())
      place.fail("its options are no map; convert the network again");
    map_ = root.AsMap();
  }

  std::int64_t operator[](const char *name) const {
    const flexbuffers::Reference value = map_[name];
    if (value.IsNull())
      place_.fail(std::string("it has no option ") + name + "; convert the network again");
    if (value.IsString())
      place_.fail(std::string("option ") + name +
                  " is a text, as in files of early 2020; convert the network with a newer Larq "
                  "Compute Engine");
    if (!value.IsIntOrUint())
      place_.fail(std::string("option ") + name + " is no integer; convert the network again");
    return value.AsInt64();
  }

private:
  const Place &place_;
  std::vector<std::uint8_t> bytes_;
  flexbuffers::Map map_ = flexbuffers::Map::EmptyMap();
};

Options readBconv2d(const tflite::Operator &stored, const Place &place) {
  const CustomOptions from(stored, place);
  Bconv2dOptions options;
  options.channelsIn = within(from["channels_in"], 1, INT32_MAX, "channels_in", place);
  options.strideHeight = step(from["stride_height"], "stride_height", place);
  options.strideWidth = step(from["stride_width"], "stride_width", place);
  options.dilationHeight = step(from["dilation_height_factor"], "dilation_height_factor", place);
  options.dilationWidth = step(from["dilation_width_factor"], "dilation_width_factor", place);
  options.padding = padding(from["padding"], place);
  options.padWithOnes = within(from["pad_values"], 0, 1, "pad_values", place) == 1;
  options.activation = activation(from["fused_activation_function"], place);
  return options;
}

Options readBMaxPool2d(const tflite::Operator &stored, const Place &place) {
  const CustomOptions from(stored, place);
  Pool2dOptions options;
  options.padding = padding(from["padding"], place);
  options.strideHeight = step(from["stride_height"], "stride_height", place);
  options.strideWidth = step(from["stride_width"], "stride_width", place);
  options.filterHeight = step(from["filter_height"], "filter_height", place);
  options.filterWidth = step(from["filter_width"], "filter_width", place);
  return options;
}

template <typename Table> Conv2dOptions readConvolution(const Table &from, const Place &place) {
  Conv2dOptions options;
  options.padding = padding(number(from.padding()), place);
  options.strideHeight = step(from.stride_h(), "stride_h", place);
  options.strideWidth = step(from.stride_w(), "stride_w", place);
  options.dilationHeight = step(from.dilation_h_factor(), "dilation_h_factor", place);
  options.dilationWidth = step(from.dilation_w_factor(), "dilation_w_factor", place);
  options.activation = activation(number(from.fused_activation_function()), place);
  return options;
}

Options readConv2d(const tflite::Operator &stored, const Place &place) {
  return readConvolution(table<tflite::Conv2DOptions>(stored, place), place);
}

Options readDepthwiseConv2d(const tflite::Operator &stored, const Place &place) {
  const auto &from = table<tflite::DepthwiseConv2DOptions>(stored, place);
  Conv2dOptions options = readConvolution(from, place);
  options.depthMultiplier = step(from.depth_multiplier(), "depth_multiplier", place);
  return options;
}

Options readPool2d(const tflite::Operator &stored, const Place &place) {
  const auto &from = table<tflite::Pool2DOptions>(stored, place);
  Pool2dOptions options;
  options.padding = padding(number(from.padding()), place);
  options.strideHeight = step(from.stride_h(), "stride_h", place);
  options.strideWidth = step(from.stride_w(), "stride_w", place);
  options.filterHeight = step(from.filter_height(), "filter_height", place);
  options.filterWidth = step(from.filter_width(), "filter_width", place);
  options.activation = activation(number(from.fused_activation_function()), place);
  return options;
}

Options readFullyConnected(const tflite::Operator &stored, const Place &place) {
  const auto &from = table<tflite::FullyConnectedOptions>(stored, place);
  if (from.weights_format() != 0)
    place.fail("its weights are in a shuffled format; convert the network again");
  return FullyConnectedOptions{activation(number(from.fused_activation_function()), place)};
}

/// ADD, SUB and MUL may come without a table, which means no activation.
template <typename Table>
Options readArithmetic(const tflite::Operator &stored, const Place &place) {
  const Table *from = stored.builtin_options_as<Table>();
  return ArithmeticOptions{from ? activation(number(from->fused_activation_function()), place)
                                : Activation::None};
}

Options readSoftmax(const tflite::Operator &stored, const Place &place) {
  const float beta = table<tflite::SoftmaxOptions>(stored, place).beta();
  if (!std::isfinite(beta) || beta <= 0)
    place.fail("beta is " + std::to_string(beta) + "; it must be finite and greater than 0");
  return SoftmaxOptions{beta};
}

Options readConcatenation(const tflite::Operator &stored, const Place &place) {
  const auto &from = table<tflite::ConcatenationOptions>(stored, place);
  if (number(from.fused_activation_function()) != 0)
    place.fail("it has a fused activation, which is not supported; make it an operator of its own");
  return ConcatenationOptions{from.axis()}; // negative counts from the end: checkOperator
}

} // namespace

Options readOptions(const tflite::Operator &stored, const Operator &op, const Place &place) {
  switch (op.kind) {
  case OperatorKind::LceBconv2d:
    return readBconv2d(stored, place);
  case OperatorKind::LceBMaxPool2d:
    return readBMaxPool2d(stored, place);
  case OperatorKind::Conv2d:
    return readConv2d(stored, place);
  case OperatorKind::DepthwiseConv2d:
    return readDepthwiseConv2d(stored, place);
  case OperatorKind::MaxPool2d:
  case OperatorKind::AveragePool2d:
    return readPool2d(stored, place);
  case OperatorKind::FullyConnected:
    return readFullyConnected(stored, place);
  case OperatorKind::Add:
    return readArithmetic<tflite::AddOptions>(stored, place);
  case OperatorKind::Sub:
    return readArithmetic<tflite::SubOptions>(stored, place);
  case OperatorKind::Mul:
    return readArithmetic<tflite::MulOptions>(stored, place);
  case OperatorKind::Softmax:
    return readSoftmax(stored, place);
  case OperatorKind::Concatenation:
    return readConcatenation(stored, place);
  case OperatorKind::Mean:
    return MeanOptions{};
  case OperatorKind::Pad:
    return PadOptions{};
  default:
    return std::monostate{};
  }
}

} // namespace xs3::compiler
