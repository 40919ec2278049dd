#include "kernels/compiler/lower/lower.h"

#include "kernels/compiler/import/place.h"
#include "kernels/compiler/lower/kernel_table.h"
#include "kernels/compiler/lower/layer_builder.h"

#include <algorithm>

namespace xs3::compiler {
namespace {

/// Above this many bytes no machine could hold the arena, and addresses would wrap.
constexpr std::uint64_t kMostArenaBytes = std::uint64_t{1} << 31;

} // namespace

std::uint64_t Plan::weightBytes() const {
  std::uint64_t bytes = 0;
  for (const WeightBlob &blob : weights)
    bytes += blob.isExternal ? 0 : blob.bytes.size();
  return bytes;
}

std::uint64_t Plan::externalWeightBytes() const {
  std::uint64_t bytes = 0;
  for (const WeightBlob &blob : weights)
    bytes += blob.isExternal ? blob.bytes.size() : 0;
  return bytes;
}

std::string numberedName(const Layer &layer, std::size_t index) {
  return layer.name + (index == 0 ? "" : "." + std::to_string(index + 1));
}

std::string tensorSymbol(std::int32_t tensor) { return "tensor." + std::to_string(tensor); }

std::string weightSymbol(std::int32_t operatorIndex, std::string_view part) {
  std::string digits = std::to_string(operatorIndex);
  digits.insert(0, digits.size() < 3 ? 3 - digits.size() : 0, '0');
  return "weights." + digits + "." + std::string(part);
}

void placeTensors(const Network &network, Plan &plan, std::uint64_t mostBytes) {
  std::vector<std::uint64_t> bytes;
  for (const Tensor &tensor : network.tensors)
    bytes.push_back(tensor.bytes());
  plan.arena = planArena(bytes, plan.uses, network.inputs, network.outputs, mostBytes);
  if (plan.arena.bytes + plan.arena.externalBytes > kMostArenaBytes)
    Place(network.fileName)
        .fail("its tensors need " + std::to_string(plan.arena.bytes + plan.arena.externalBytes) +
              " bytes at one time, which no machine has; the network must be made smaller");
}

Plan lower(const Network &network, const LowerOptions &options) {
  Plan plan;
  plan.threads = options.threads;
  // All operators first: what is not supported shall be said before anything is computed.
  std::vector<const KernelRow *> rows;
  for (const Operator &op : network.operators)
    rows.push_back(&kernelRow(network, op));
  for (std::size_t position = 0; position < network.operators.size(); ++position) {
    const bool isCut = position < options.stepBytes.size() && options.stepBytes[position] != 0;
    LayerBuilder builder(network, position, plan, isCut ? options.stepBytes[position] : kAnyBytes);
    try {
      rows[position]->lower(builder);
    } catch (const Error &error) {
      refuseOperator(network, network.operators[position], error.what());
    }
    plan.uses.push_back(builder.use());
    plan.layers.push_back(builder.takeLayer());
    for (const KernelCall &call : plan.layers.back().calls)
      plan.scratchBytes = std::max(plan.scratchBytes, call.scratchBytes);
  }
  placeTensors(network, plan, kMostArenaBytes);
  return plan;
}

} // namespace xs3::compiler
