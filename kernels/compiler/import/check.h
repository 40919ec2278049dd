// What every operator of a known kind must look like before it enters a Network.
#pragma once

#include "kernels/compiler/import/network.h"
#include "kernels/compiler/import/place.h"

#include <initializer_list>
#include <string>

namespace xs3::compiler {

/// Checks types, ranks, shapes, quantization and constants of `op` against its options, and reads
/// the options that stand in input tensors (axes of MEAN, table of PAD). Throws Error.
void checkOperator(const Network &network, Operator &op, const Place &place);

/// One operator under examination: access to its tensors by role, and the questions that most kinds
/// ask.
class OperatorCheck {
public:
  OperatorCheck(const Network &network, const Operator &op, const Place &place)
      : network_(network), op_(op), place_(place) {}

  [[noreturn]] void fail(const std::string &sentence) const { place_.fail(sentence); }

  bool has(std::size_t position) const { return network_.input(op_, position) != nullptr; }
  /// An input that must be there.
  const Tensor &input(std::size_t position, const std::string &role = "input") const;
  const Tensor &output() const { return network_.output(op_); }
  /// An input that must be a constant of that type.
  const Tensor &constant(std::size_t position, const std::string &role, ElementType type) const;

  void wantType(const Tensor &tensor, const std::string &role,
                std::initializer_list<ElementType> types) const;
  void wantRank(const Tensor &tensor, const std::string &role, std::size_t rank) const;
  void wantShape(const Tensor &tensor, const std::string &role,
                 const std::vector<std::int32_t> &shape) const;
  /// Input 0 and output are both float32, or both int8.
  void wantFloatOrInt8() const;
  /// The same, and int8 has one scale and zero point on either side.
  void wantFloatOrScaledInt8() const;
  /// An int8 tensor has one scale and zero point.
  void wantOneScale(const Tensor &tensor, const std::string &role) const;
  /// An operator that only moves int8 values about: the tensor has the output's scale and zero
  /// point, or neither has any.
  void wantSameScale(const Tensor &tensor, const std::string &role) const;

  /// Output places along one dimension.
  std::int32_t outputSize(const std::string &direction, std::int32_t size, std::int64_t taps,
                          std::int32_t stride, std::int32_t dilation, Padding padding) const;

private:
  const Network &network_;
  const Operator &op_;
  const Place &place_;
};

// By family, called by checkOperator.
void checkBconv2d(const OperatorCheck &check, const Bconv2dOptions &options);
void checkConv2d(const OperatorCheck &check, const Conv2dOptions &options);
void checkDepthwiseConv2d(const OperatorCheck &check, const Conv2dOptions &options);
void checkBMaxPool2d(const OperatorCheck &check, const Pool2dOptions &options);
void checkPool2d(const OperatorCheck &check, const Pool2dOptions &options);
void checkFullyConnected(const OperatorCheck &check);

} // namespace xs3::compiler
