#include "tests/kernels/expectation.h"

#include "tests/kernels/model_files.h"

#include <fstream>
#include <nlohmann/json.hpp>
#include <stdexcept>

namespace xs3::test {
namespace {

namespace fs = std::filesystem;
using compiler::Bytes;
using compiler::Network;

std::vector<Bytes> pieces(const Bytes &all, std::size_t size) {
  if (all.size() % size != 0)
    throw std::runtime_error(std::to_string(all.size()) + " bytes are no multiple of " +
                             std::to_string(size));
  std::vector<Bytes> parts;
  for (auto at = all.begin(); at != all.end(); at += static_cast<std::ptrdiff_t>(size))
    parts.emplace_back(at, at + static_cast<std::ptrdiff_t>(size));
  return parts;
}

/// inputs.bin and outputs.bin: one after the other; tensors.npz of the first.
Expectation trained(const fs::path &folder, const Network &network) {
  Expectation expected;
  const auto inputs =
      pieces(bytesOf(folder / "inputs.bin"), network.tensor(network.inputs[0]).bytes());
  const auto outputs =
      pieces(bytesOf(folder / "outputs.bin"), network.tensor(network.outputs[0]).bytes());
  if (inputs.empty() || inputs.size() != outputs.size())
    throw std::runtime_error(std::to_string(inputs.size()) + " inputs, but " +
                             std::to_string(outputs.size()) + " outputs");
  for (std::size_t i = 0; i < inputs.size(); ++i)
    expected.runs.push_back({{inputs[i]}, {outputs[i]}});
  expected.tensors = readNpz(folder / "tensors.npz");
  return expected;
}

/// NAME.in.bin, NAME.out.bin; NAME.json with checksums, unless its values are floats.
Expectation structure(const fs::path &model, const Network &network) {
  constexpr double kFloatTolerance = 1e-5;
  const auto beside = [&](const char *ending) { return fs::path(model).replace_extension(ending); };
  Expectation expected;
  expected.isStructure = true;
  expected.runs.push_back({{bytesOf(beside("in.bin"))}, {bytesOf(beside("out.bin"))}});
  if (network.tensor(network.outputs[0]).type == compiler::ElementType::Float32) {
    expected.tolerance = kFloatTolerance;
    return expected;
  }
  std::ifstream file(beside("json"));
  const auto description = nlohmann::json::parse(file);
  for (const auto &row : description.at("operators"))
    expected.checksums.push_back(row.at(3).get<std::string>());
  return expected;
}

/// NAME.in.bin, NAME.out.bin in one folder.
Expectation singleBinary(const std::string &name) {
  Expectation expected;
  expected.runs.push_back({{bytesOf(shared("expected/" + name + ".in.bin"))},
                           {bytesOf(shared("expected/" + name + ".out.bin"))}});
  return expected;
}

/// NAME.in0.bin, NAME.in1.bin ...; NAME.out0.bin ...
Expectation numbered(const std::string &name, const Network &network) {
  const auto all = [&](const std::string &kind, std::size_t count) {
    std::vector<Bytes> values;
    for (std::size_t i = 0; i < count; ++i)
      values.push_back(
          bytesOf(shared("expected-int8/" + name + "." + kind + std::to_string(i) + ".bin")));
    return values;
  };
  Expectation expected;
  expected.runs.push_back({all("in", network.inputs.size()), all("out", network.outputs.size())});
  return expected;
}

} // namespace

Expectation expectationOf(const ModelFile &file, const Network &network) {
  const std::string folder = fs::path(file.name).parent_path().string();
  const std::string name = file.path.stem().string();
  if (folder.starts_with("bundled"))
    return trained(file.path.parent_path(), network);
  if (folder == "own")
    return trained(shared("own/expected/" + name), network);
  if (folder == "own/structures")
    return structure(file.path, network);
  if (folder == "bnn")
    return singleBinary(name);
  if (folder == "int8" || folder == "nets")
    return numbered(name, network);
  throw std::runtime_error("no expected values are known for files of the folder " + folder);
}

} // namespace xs3::test
