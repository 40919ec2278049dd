#include "sim/cli/profile_verify.h"

#include "kernels/compiler/import/evaluate.h"
#include "sim/cli/profile_input.h"

#include <algorithm>
#include <filesystem>

namespace xs3::cli {
namespace {

using assembler::NetworkLayer;

Array resultOf(const NetworkLayer &layer, const std::vector<std::uint8_t> &bytes) {
  return {layer.outputDtype, {layer.outputShape.begin(), layer.outputShape.end()}, bytes};
}

void requireResult(const NetworkLayer &layer, const std::vector<std::uint8_t> &bytes,
                   const std::string &programName) {
  if (bytes.empty())
    throw Error(programName + ": error: layer " + layer.name +
                " never came to its end, so it has no result; compile the model again");
}

/// The operator that a layer computes.
const compiler::Operator &operatorOf(const NetworkLayer &layer, const compiler::Network &network,
                                     const std::string &programName) {
  const auto found = std::find_if(
      network.operators.begin(), network.operators.end(), [&](const compiler::Operator &op) {
        return op.index == static_cast<std::int32_t>(layer.index) && layerName(op) == layer.name;
      });
  if (found == network.operators.end())
    throw Error(programName + ": error: layer " + layer.name +
                " is none of the model's operators; compile the model again");
  return *found;
}

/// The part of a path that a layer's name may be.
void requireFileName(const std::string &name, const std::string &programName) {
  const bool plain = std::all_of(name.begin(), name.end(), [](unsigned char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_';
  });
  if (name.empty() || !plain)
    throw Error(programName + ": error: the layer's name '" + name +
                "' can be no file's name; compile the model again");
}

} // namespace

profile::Verification verifyLayers(const Subject &subject, const std::string &programName,
                                   const std::vector<profile::TensorValue> &inputs,
                                   LayerResults results, double tolerance) {
  const compiler::Network &network = *subject.network;
  std::vector<compiler::Bytes> inputBytes;
  for (const profile::TensorValue &input : inputs)
    inputBytes.push_back(input.bytes);
  const std::vector<compiler::Bytes> values = compiler::evaluate(network, inputBytes);

  profile::Verification verification;
  verification.operators = network.operators.size();
  for (std::size_t i = 0; i < subject.note->layers.size(); ++i) {
    const NetworkLayer &layer = subject.note->layers[i];
    if (layer.outputSymbol.empty())
      continue;
    const compiler::Operator &op = operatorOf(layer, network, programName);
    requireResult(layer, results[i], programName);
    const Array got = resultOf(layer, results[i]);
    const Array expected{got.dtype, got.shape,
                         values[static_cast<std::size_t>(op.outputs.front())]};
    if (layer.outputDtype != elementTypeName(network.output(op).type) ||
        expected.bytes.size() != got.bytes.size())
      throw Error(programName + ": error: layer " + layer.name +
                  " has another type or shape than in the model; compile the model again");
    ++verification.layers;
    const std::size_t elements = got.bytes.size() / *dtypeBytes(got.dtype);
    verification.values += elements;
    const auto difference = firstDifference(expected, got, tolerance);
    if (!difference)
      continue;
    ++verification.differingLayers;
    if (!verification.first)
      verification.first = {layer.name,
                            difference->index,
                            describePosition(difference->index, got.shape),
                            difference->expected,
                            difference->got,
                            difference->count,
                            elements};
  }
  return verification;
}

std::string describeDifference(const profile::Verification &verification) {
  const profile::Verification::Difference &first = *verification.first;
  return "layer " + first.layer + " differs first at index " + std::to_string(first.index) + " " +
         first.position + ": expected " + first.expected + ", got " + first.got + " (" +
         std::to_string(first.count) + " of " + std::to_string(first.elements) +
         " values differ there, and " + std::to_string(verification.differingLayers) + " of " +
         std::to_string(verification.layers) + " layers)";
}

void dumpLayers(const std::string &folder, const Subject &subject, const std::string &programName,
                LayerResults results) {
  for (std::size_t i = 0; i < subject.note->layers.size(); ++i) {
    const NetworkLayer &layer = subject.note->layers[i];
    requireFileName(layer.name, programName);
    if (!layer.outputSymbol.empty())
      requireResult(layer, results[i], programName);
  }
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error)
    throw Error(folder + ": error: the folder cannot be made: " + error.message());
  for (std::size_t i = 0; i < subject.note->layers.size(); ++i)
    if (const NetworkLayer &layer = subject.note->layers[i]; !layer.outputSymbol.empty())
      writeArray(folder + "/" + layer.name + ".npy", resultOf(layer, results[i]));
}

} // namespace xs3::cli
