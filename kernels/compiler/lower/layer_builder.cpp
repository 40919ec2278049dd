#include "kernels/compiler/lower/layer_builder.h"

#include "kernels/compiler/import/place.h"
#include "kernels/compiler/lower/split.h"

#include <algorithm>
#include <cassert>
#include <cstdio>

namespace xs3::compiler {

namespace {

std::uint64_t constantBytes(const std::vector<kernels::PackedCall> &calls) {
  std::uint64_t bytes = 0;
  for (const kernels::PackedCall &call : calls)
    for (const kernels::ConstantBlock &block : call.constants)
      bytes += block.bytes.size();
  return bytes;
}

} // namespace

LayerBuilder::LayerBuilder(const Network &network, std::size_t position, Plan &plan,
                           std::uint64_t stepBytes)
    : network_(network), op_(network.operators.at(position)), plan_(plan), stepBytes_(stepBytes),
      firstBlob_(plan.weights.size()) {
  layer_.position = position;
  layer_.name = layerName(op_);
  for (const std::int32_t tensor : op_.inputs)
    if (tensor != kAbsent && !network.tensor(tensor).isConstant())
      use_.reads.push_back(tensor);
  use_.writes = op_.outputs.front();
}

const Tensor &LayerBuilder::input(std::size_t position) const {
  return network_.tensor(inputIndex(position));
}

void LayerBuilder::call(const kernels::PackedCall &packed) { addShared(packed); }

void LayerBuilder::callByChannels(std::uint32_t channels, const PackChannels &pack) {
  const kernels::ChannelRange all{0, channels};
  const std::vector<kernels::PackedCall> whole = pack(all);
  const std::uint64_t bytes = constantBytes(whole);
  const std::uint64_t pieces = bytes / stepBytes_ + (bytes % stepBytes_ != 0 ? 1 : 0);
  if (pieces <= 1)
    return addChannels(all, whole, pack);
  const std::uint64_t most = std::min<std::uint64_t>(pieces, channels);
  for (const kernels::ChannelRange &piece : cutChannels(all, static_cast<std::uint32_t>(most)))
    addChannels(piece, pack(piece), pack);
}

/// Steps for some of the channels, for which `calls` are made.
void LayerBuilder::addChannels(kernels::ChannelRange range,
                               const std::vector<kernels::PackedCall> &calls,
                               const PackChannels &pack) {
  const std::vector<kernels::ChannelRange> shares = shareChannels(calls, range, plan_.threads);
  if (shares.empty()) {
    for (const kernels::PackedCall &packed : calls)
      addShared(packed);
    return;
  }
  std::vector<std::vector<kernels::PackedCall>> ofThread;
  std::size_t steps = 0;
  for (const kernels::ChannelRange &share : shares) {
    ofThread.push_back(pack(share));
    steps = std::max(steps, ofThread.back().size());
  }
  for (std::size_t i = 0; i < steps; ++i) {
    Step step;
    for (const std::vector<kernels::PackedCall> &own : ofThread)
      step.jobs.push_back(i < own.size() ? Job{addCall(own[i]), 0, own[i].units} : Job{});
    layer_.steps.push_back(std::move(step));
  }
}

std::size_t LayerBuilder::addCall(const kernels::PackedCall &packed) {
  std::vector<std::string> constants;
  for (const kernels::ConstantBlock &block : packed.constants)
    constants.push_back(addConstant(block));
  KernelCall made{std::string(packed.kernel), {}, packed.units, packed.scratchBytes};
  for (const kernels::ArgumentWord &word : packed.arguments)
    made.arguments.push_back(address(constants, word));
  layer_.calls.push_back(std::move(made));
  return layer_.calls.size() - 1;
}

/// A step of its own, in which the threads share the call's units.
void LayerBuilder::addShared(const kernels::PackedCall &packed) {
  const std::size_t call = addCall(packed);
  const std::vector<std::uint32_t> begins =
      shareUnits(packed.units, plan_.threads, estimateWork(packed));
  Step step;
  for (std::size_t i = 0; i + 1 < begins.size(); ++i)
    step.jobs.push_back({call, begins[i], begins[i + 1]});
  layer_.steps.push_back(std::move(step));
}

Argument LayerBuilder::address(const std::vector<std::string> &constants,
                               const kernels::ArgumentWord &word) {
  using enum kernels::ArgumentWord::Kind;
  const std::string name(word.name);
  switch (word.kind) {
  case Number:
    return {name, word.value, {}};
  case Input:
    return {name, word.value,
            input(word.index).isConstant() ? constantInput(word.index)
                                           : tensorSymbol(inputIndex(word.index))};
  case Output:
    return {name, word.value, tensorSymbol(use_.writes)};
  case Constant:
    return {name, word.value, constants.at(word.index)};
  }
  assert(false);
  return {};
}

/// An operator with several calls has the number of the call in the names of its constants.
std::string LayerBuilder::addConstant(const kernels::ConstantBlock &block) {
  const std::string call = layer_.calls.empty() ? "" : std::to_string(layer_.calls.size() + 1);
  return addWeights(weightSymbol(op_.index, block.name + call), block);
}

std::string LayerBuilder::constantInput(std::size_t position) {
  const Tensor &tensor = input(position);
  const std::string symbol = weightSymbol(op_.index, "input" + std::to_string(position));
  return addWeights(symbol,
                    {symbol, describe(tensor) + " as in the model file", tensor.constant, 4});
}

/// The symbol under which the layer finds the bytes: that of an equal blob where it has one, since
/// calls for different channels need many of the same tables.
std::string LayerBuilder::addWeights(const std::string &symbol,
                                     const kernels::ConstantBlock &block) {
  for (std::size_t i = firstBlob_; i < plan_.weights.size(); ++i)
    if (plan_.weights[i].alignment == block.alignment && plan_.weights[i].bytes == block.bytes)
      return plan_.weights[i].symbol;
  plan_.weights.push_back({symbol, block.layout, block.bytes, block.alignment});
  return symbol;
}

void LayerBuilder::mayReplace(std::size_t position) {
  if (!input(position).isConstant())
    use_.inPlace.push_back(inputIndex(position));
}

void LayerBuilder::macs(std::uint64_t binary, std::uint64_t int8) {
  layer_.macsBinary = binary;
  layer_.macsInt8 = int8;
}

void refuseOperator(const Network &network, const Operator &op, const std::string &sentence) {
  const std::string name = quoted(op.name);
  std::string what =
      "operator " + std::to_string(op.index) + ", " + name.substr(1, name.size() - 2);
  if (!op.outputs.empty())
    what += " (output tensor " + std::to_string(op.outputs.front()) + " " +
            quoted(network.output(op).name) + ", " + describe(network.output(op)) + ")";
  Place(network.fileName).fail(what + ": " + sentence);
}

} // namespace xs3::compiler
