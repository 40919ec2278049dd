// What the lowering of one operator has at hand: its tensors, and the layer that it makes.
#pragma once

#include "kernels/call.h"
#include "kernels/compiler/lower/plan.h"

#include <string>
#include <string_view>
#include <vector>

namespace xs3::compiler {

/// Makes the Layer of one operator. Addresses become Arguments with a symbol, so that nothing here
/// depends on where the memory plan puts a tensor.
class LayerBuilder {
public:
  LayerBuilder(const Network &network, std::size_t position, Plan &plan);

  const Network &network() const { return network_; }
  const Operator &op() const { return op_; }
  bool has(std::size_t position) const { return network_.input(op_, position) != nullptr; }
  const Tensor &input(std::size_t position = 0) const;
  const Tensor &output() const { return network_.output(op_); }
  template <typename T> const T &options() const { return std::get<T>(op_.options); }

  /// Adds a kernel call: its inputs and output are the operator's, its constants become blobs, and
  /// so does an input that is constant (as it stands in the file).
  void call(const kernels::PackedCall &packed);
  /// No work: the output is the input's memory.
  void alias() { use_.alias = inputIndex(0); }
  /// The output may take over the memory of this input (TensorUse::inPlace).
  void mayReplace(std::size_t position);
  void macs(std::uint64_t binary, std::uint64_t int8);

  Layer takeLayer() { return std::move(layer_); }
  const TensorUse &use() const { return use_; }

private:
  Argument address(const kernels::PackedCall &packed, const kernels::ArgumentWord &word);
  std::string constantInput(std::size_t position);
  void addWeights(const std::string &symbol, const kernels::ConstantBlock &block);
  std::string constantSymbol(const std::string &name) const;
  std::int32_t inputIndex(std::size_t position) const { return op_.inputs.at(position); }

  const Network &network_;
  const Operator &op_;
  Plan &plan_;
  Layer layer_;
  TensorUse use_;
};

/// Throws Error: the operator with its index and output tensor, then the sentence.
[[noreturn]] void refuseOperator(const Network &network, const Operator &op,
                                 const std::string &sentence);

} // namespace xs3::compiler
