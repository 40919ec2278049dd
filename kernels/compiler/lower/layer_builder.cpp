#include "kernels/compiler/lower/layer_builder.h"

#include "kernels/compiler/import/place.h"

#include <algorithm>
#include <cassert>
#include <cstdio>

namespace xs3::compiler {

LayerBuilder::LayerBuilder(const Network &network, std::size_t position, Plan &plan)
    : network_(network), op_(network.operators.at(position)), plan_(plan) {
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

void LayerBuilder::call(const kernels::PackedCall &packed) {
  for (const kernels::ConstantBlock &block : packed.constants)
    addWeights(constantSymbol(block.name), block);
  KernelCall made{std::string(packed.kernel), {}, packed.units, packed.scratchBytes};
  for (const kernels::ArgumentWord &word : packed.arguments)
    made.arguments.push_back(address(packed, word));
  layer_.calls.push_back(std::move(made));
}

Argument LayerBuilder::address(const kernels::PackedCall &packed,
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
    return {name, word.value, constantSymbol(packed.constants.at(word.index).name)};
  }
  assert(false);
  return {};
}

/// An operator with several calls has the number of the call in the names of its constants.
std::string LayerBuilder::constantSymbol(const std::string &name) const {
  const std::string call = layer_.calls.empty() ? "" : std::to_string(layer_.calls.size() + 1);
  return weightSymbol(op_.index, name + call);
}

std::string LayerBuilder::constantInput(std::size_t position) {
  const Tensor &tensor = input(position);
  const std::string symbol = weightSymbol(op_.index, "input" + std::to_string(position));
  const bool known = std::any_of(plan_.weights.begin(), plan_.weights.end(),
                                 [&](const WeightBlob &blob) { return blob.symbol == symbol; });
  if (!known)
    addWeights(symbol, {symbol, describe(tensor) + " as in the model file", tensor.constant, 4});
  return symbol;
}

void LayerBuilder::addWeights(const std::string &symbol, const kernels::ConstantBlock &block) {
  plan_.weights.push_back({symbol, block.layout, block.bytes, block.alignment});
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
