// A network as it stands in its file: tensors, and operators in the order of execution. Plain data.
//
// importNetwork (import.h) makes one and promises what is written here, so whoever lowers or runs a
// Network checks only what it cannot do itself.
#pragma once

#include "kernels/reference/activation.h"
#include "kernels/reference/window.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace xs3::compiler {

using kernels::Activation;
using kernels::Padding;
using Bytes = std::vector<std::uint8_t>;

/// What one element of a tensor is. Int32 is also the type of packed binary tensors: 32 channels a
/// word.
enum class ElementType : std::uint8_t {
  Float32,
  Float16,
  Int32,
  UInt8,
  Int64,
  Bool,
  Int16,
  Int8,
};

/// "int8", as numpy writes it, and its size in bytes.
std::string_view elementTypeName(ElementType type);
std::size_t elementBytes(ElementType type);

/// real = scale * (value - zeroPoint). One pair for the whole tensor, or one per index of dimension
/// `axis`.
struct Quantization {
  std::vector<float> scales;            ///< Finite and positive; 1 or shape[axis] of them.
  std::vector<std::int32_t> zeroPoints; ///< As many; inside the range of the tensor's type.
  std::int32_t axis = 0;                ///< 0 .. rank-1 where there is more than one scale.

  bool perTensor() const { return scales.size() == 1; }
};

/// A value of the network: given by the file (constant), by the user (input) or by an operator.
struct Tensor {
  std::string name; ///< As in the file; may be empty, may occur twice.
  ElementType type = ElementType::Float32;
  std::vector<std::int32_t> shape; ///< Each at least 1; empty for a scalar. At most 8 dimensions.
  std::optional<Quantization> quantization;
  Bytes
      constant; ///< Little endian, elements() * elementBytes(type) bytes; empty where not constant.

  bool isConstant() const { return !constant.empty(); }
  std::size_t elements() const; ///< Product of the shape; below 2^31.
  std::size_t bytes() const { return elements() * elementBytes(type); }

  /// The one scale and zero point of the tensor (asserted); 1 and 0 where it has none.
  kernels::Int8Quantization int8Quantization() const;
};

/// "1x8x8x32", or "scalar".
std::string describeShape(std::span<const std::int32_t> shape);

/// "int8 1x8x8x32".
std::string describe(const Tensor &tensor);

/// What an operator does, as far as this program knows it.
enum class OperatorKind : std::uint8_t {
  Unknown, ///< Kept with its name, so that the lowering can say which it is.
  LceQuantize,
  LceDequantize,
  LceBconv2d,
  LceBMaxPool2d,
  Conv2d,
  DepthwiseConv2d,
  FullyConnected,
  Add,
  Sub,
  Mul,
  MaxPool2d,
  AveragePool2d,
  Mean,
  Concatenation,
  Pad,
  Relu,
  ReluN1To1,
  Relu6,
  Prelu,
  Softmax,
  Logistic,
  Quantize,
  Dequantize,
  Reshape,
  Shape,        ///< Never left in a Network: folded into a constant.
  StridedSlice, ///< The same.
  Pack,         ///< The same.
};

// Options, one struct for each kind that has any. Strides, dilations and sizes are at least 1.

struct Bconv2dOptions {
  std::int32_t channelsIn =
      0; ///< True input channels; the input tensor holds ceil(channelsIn / 32) words.
  std::int32_t strideHeight = 1, strideWidth = 1;
  std::int32_t dilationHeight = 1, dilationWidth = 1;
  Padding padding = Padding::Valid;
  bool padWithOnes =
      false; ///< Outside the image: +1 (pad_values 1), or nothing at all (pad_values 0).
  /// Acts on the raw dot product. Folded into the thresholds, and to be ignored, where the output
  /// is packed.
  Activation activation = Activation::None;
};

struct Conv2dOptions {
  Padding padding = Padding::Valid;
  std::int32_t strideHeight = 1, strideWidth = 1;
  std::int32_t dilationHeight = 1, dilationWidth = 1;
  Activation activation = Activation::None;
  std::int32_t depthMultiplier = 1; ///< DEPTHWISE_CONV_2D: output channels for each input channel.
};

/// LceBMaxPool2d, MAX_POOL_2D, AVERAGE_POOL_2D.
struct Pool2dOptions {
  Padding padding = Padding::Valid;
  std::int32_t strideHeight = 1, strideWidth = 1;
  std::int32_t filterHeight = 1, filterWidth = 1;
  Activation activation = Activation::None; ///< None for LceBMaxPool2d.
};

struct FullyConnectedOptions {
  Activation activation = Activation::None;
};

/// ADD, SUB, MUL.
struct ArithmeticOptions {
  Activation activation = Activation::None;
};

struct SoftmaxOptions {
  float beta = 1; ///< Finite and positive.
};

struct MeanOptions {
  std::vector<std::int32_t>
      axes; ///< Ascending, distinct, 0 .. rank-1 of the input: read from input 1.
};

struct ConcatenationOptions {
  std::int32_t axis = 0; ///< 0 .. rank-1.
};

struct PadOptions {
  std::vector<std::int32_t> before, after; ///< One per dimension, at least 0: read from input 1.
};

using Options = std::variant<std::monostate, Bconv2dOptions, Conv2dOptions, Pool2dOptions,
                             FullyConnectedOptions, ArithmeticOptions, SoftmaxOptions, MeanOptions,
                             ConcatenationOptions, PadOptions>;

/// Absent optional input.
inline constexpr std::int32_t kAbsent = -1;

/// One operator. For every kind but Unknown, the number of inputs and outputs, their types, ranks
/// and shapes, the quantization that its arithmetic needs and the presence of its constants have
/// been checked against the options; trailing optional inputs are there as kAbsent.
///
///   LceBconv2d          input, filter [Co,kh,kw,words], multiplier, bias, threshold (the last
///   three or -1) CONV_2D             input, filter [Co,kh,kw,Ci], bias [Co] or -1
///   DEPTHWISE_CONV_2D   input, filter [1,kh,kw,Ci * multiplier], bias [Co] or -1
///   FULLY_CONNECTED     input, filter [Co,Ci], bias [Co] or -1
///   ADD, SUB, MUL       two, broadcast against each other
///   MEAN, PAD           input, table (already in the options)
///   RESHAPE             input, sometimes the new shape (the output tensor has it already)
///   PRELU               input, alpha (broadcast)
///   CONCATENATION       one or more
///   the others          input
struct Operator {
  std::int32_t index = 0; ///< Its place in the file, from 0; folded operators leave gaps.
  std::string name;       ///< Exactly as in the file: "LceBconv2d", "CONV_2D".
  OperatorKind kind = OperatorKind::Unknown;
  Options options;
  std::vector<std::int32_t> inputs; ///< Indices into Network::tensors, or kAbsent.
  std::vector<std::int32_t>
      outputs; ///< Indices into Network::tensors; exactly one for every known kind.
};

/// "004_LceBMaxPool2d": the operator in labels, reports and dumped tensors.
std::string layerName(const Operator &op);

/// A whole network. Every tensor that an operator reads is constant, an input, or written by
/// exactly one operator before it; so are the outputs.
struct Network {
  std::string fileName; ///< For messages.
  std::vector<Tensor> tensors;
  std::vector<Operator> operators; ///< In the order of execution.
  std::vector<std::int32_t> inputs, outputs;

  const Tensor &tensor(std::int32_t index) const {
    return tensors.at(static_cast<std::size_t>(index));
  }
  /// The operator's input number `position`, or nullptr where absent.
  const Tensor *input(const Operator &op, std::size_t position) const;
  /// The operator's first output.
  const Tensor &output(const Operator &op) const { return tensor(op.outputs.front()); }
};

/// The elements of a constant tensor of that type (asserted). T: std::int8_t, std::int32_t,
/// std::uint32_t (packed words), float.
template <typename T> std::vector<T> constantValues(const Tensor &tensor);

/// The kinds that importNetwork knows and a Network can hold, in the file's spelling, in the order
/// of OperatorKind.
std::vector<std::string_view> knownOperatorNames();

} // namespace xs3::compiler
