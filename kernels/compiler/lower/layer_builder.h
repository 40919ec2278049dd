// What the lowering of one operator has at hand: its tensors, and the layer that it makes.
#pragma once

#include "kernels/call.h"
#include "kernels/compiler/lower/plan.h"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace xs3::compiler {

/// The calls for some of an operator's output channels.
using PackChannels = std::function<std::vector<kernels::PackedCall>(kernels::ChannelRange)>;

inline constexpr std::uint64_t kAnyBytes = ~std::uint64_t{0};

/// Makes the Layer of one operator. Addresses become Arguments with a symbol, so that nothing here
/// depends on where the memory plan puts a tensor.
class LayerBuilder {
public:
  /// `stepBytes`: LowerOptions::stepBytes.
  LayerBuilder(const Network &network, std::size_t position, Plan &plan,
               std::uint64_t stepBytes = kAnyBytes);

  const Network &network() const { return network_; }
  const Operator &op() const { return op_; }
  bool has(std::size_t position) const { return network_.input(op_, position) != nullptr; }
  const Tensor &input(std::size_t position = 0) const;
  const Tensor &output() const { return network_.output(op_); }
  template <typename T> const T &options() const { return std::get<T>(op_.options); }

  /// Adds a kernel call: its inputs and output are the operator's, its constants become blobs, and
  /// so does an input that is constant (as it stands in the file).
  void call(const kernels::PackedCall &packed);
  /// Adds the calls for all of `channels` output channels: cut into steps whose constants are few
  /// enough, and between the threads where they share them better that way.
  void callByChannels(std::uint32_t channels, const PackChannels &pack);
  /// No work: the output is the input's memory.
  void alias() { use_.alias = inputIndex(0); }
  /// The output may take over the memory of this input (TensorUse::inPlace).
  void mayReplace(std::size_t position);
  void macs(std::uint64_t binary, std::uint64_t int8);

  Layer takeLayer() { return std::move(layer_); }
  const TensorUse &use() const { return use_; }

private:
  std::size_t addCall(const kernels::PackedCall &packed);
  void addShared(const kernels::PackedCall &packed);
  void addChannels(kernels::ChannelRange range, const std::vector<kernels::PackedCall> &calls,
                   const PackChannels &pack);
  Argument address(const std::vector<std::string> &constants, const kernels::ArgumentWord &word);
  std::string constantInput(std::size_t position);
  std::string addConstant(const kernels::ConstantBlock &block);
  std::string addWeights(const std::string &symbol, const kernels::ConstantBlock &block);
  std::int32_t inputIndex(std::size_t position) const { return op_.inputs.at(position); }

  const Network &network_;
  const Operator &op_;
  Plan &plan_;
  Layer layer_;
  TensorUse use_;
  std::uint64_t stepBytes_;
  std::size_t firstBlob_; ///< Of this layer, in Plan::weights.
};

/// Throws Error: the operator with its index and output tensor, then the sentence.
[[noreturn]] void refuseOperator(const Network &network, const Operator &op,
                                 const std::string &sentence);

} // namespace xs3::compiler
