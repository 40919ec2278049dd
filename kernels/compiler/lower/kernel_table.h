// Which operators are supported, in which forms, and who lowers them: one row per form.
#pragma once

#include "kernels/compiler/import/network.h"

#include <span>
#include <string>
#include <string_view>

namespace xs3::compiler {

class LayerBuilder;

/// An operator for one pair of element types.
struct KernelRow {
  OperatorKind kind;
  std::string_view name; ///< As in the file: "LceBconv2d".
  ElementType input;     ///< Of input 0.
  ElementType output;
  std::string_view limits; ///< What is taken, for `xs3 ops`.
  /// Adds the kernel calls. Throws Error with a sentence about what is beyond the limits; lower()
  /// puts the operator in front of it.
  void (*lower)(LayerBuilder &layer);
};

/// Every supported form, in the order of OperatorKind.
std::span<const KernelRow> kernelTable();

/// The row for an operator. Throws Error when there is none: the operator, its index and its output
/// tensor, what is not supported, and what is.
const KernelRow &kernelRow(const Network &network, const Operator &op);

/// "int8 to packed": int32 tensors hold packed binary values.
std::string describeForm(const KernelRow &row);

} // namespace xs3::compiler
