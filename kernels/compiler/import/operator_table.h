// The operators that the importer knows, one row each.
#pragma once

#include "kernels/compiler/import/network.h"

#include <array>
#include <cstdint>
#include <string_view>

namespace xs3::compiler {

struct OperatorRow {
  OperatorKind kind;
  std::string_view
      name; ///< As in the file: a builtin operator's name, or a custom operator's code.
  std::uint8_t minInputs; ///< Inputs that must be present.
  std::uint8_t maxInputs; ///< Inputs that may be listed; missing ones are filled up with kAbsent.
  bool folded = false;    ///< Computed while importing: no operator of the Network.
};

inline constexpr std::uint8_t kAnyNumber = 255;

/// In the order of OperatorKind, from LceQuantize on.
inline constexpr std::array<OperatorRow, 27> kOperatorTable{{
    {OperatorKind::LceQuantize, "LceQuantize", 1, 1},
    {OperatorKind::LceDequantize, "LceDequantize", 1, 1},
    {OperatorKind::LceBconv2d, "LceBconv2d", 2, 5},
    {OperatorKind::LceBMaxPool2d, "LceBMaxPool2d", 1, 1},
    {OperatorKind::Conv2d, "CONV_2D", 2, 3},
    {OperatorKind::DepthwiseConv2d, "DEPTHWISE_CONV_2D", 2, 3},
    {OperatorKind::FullyConnected, "FULLY_CONNECTED", 2, 3},
    {OperatorKind::Add, "ADD", 2, 2},
    {OperatorKind::Sub, "SUB", 2, 2},
    {OperatorKind::Mul, "MUL", 2, 2},
    {OperatorKind::MaxPool2d, "MAX_POOL_2D", 1, 1},
    {OperatorKind::AveragePool2d, "AVERAGE_POOL_2D", 1, 1},
    {OperatorKind::Mean, "MEAN", 2, 2},
    {OperatorKind::Concatenation, "CONCATENATION", 1, kAnyNumber},
    {OperatorKind::Pad, "PAD", 2, 2},
    {OperatorKind::Relu, "RELU", 1, 1},
    {OperatorKind::ReluN1To1, "RELU_N1_TO_1", 1, 1},
    {OperatorKind::Relu6, "RELU6", 1, 1},
    {OperatorKind::Prelu, "PRELU", 2, 2},
    {OperatorKind::Softmax, "SOFTMAX", 1, 1},
    {OperatorKind::Logistic, "LOGISTIC", 1, 1},
    {OperatorKind::Quantize, "QUANTIZE", 1, 1},
    {OperatorKind::Dequantize, "DEQUANTIZE", 1, 1},
    {OperatorKind::Reshape, "RESHAPE", 1, 2},
    {OperatorKind::Shape, "SHAPE", 1, 1, true},
    {OperatorKind::StridedSlice, "STRIDED_SLICE", 4, 4, true},
    {OperatorKind::Pack, "PACK", 1, kAnyNumber, true},
}};

/// The row of that name, or nullptr.
constexpr const OperatorRow *findOperator(std::string_view name) {
  for (const OperatorRow &row : kOperatorTable)
    if (row.name == name)
      return &row;
  return nullptr;
}

} // namespace xs3::compiler
