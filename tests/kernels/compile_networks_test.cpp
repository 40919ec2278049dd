// Every model file beside the repository: it runs and gives the expected bytes when each of its
// operators has a row in the kernel table, else it is refused. Nothing is left out.
#include "base/error.h"
#include "kernels/compiler/compile.h"
#include "kernels/compiler/lower/kernel_table.h"
#include "tests/kernels/model_files.h"
#include "tests/kernels/network_run.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <fstream>

namespace xs3::test {
namespace {

namespace fs = std::filesystem;
using compiler::Bytes;
using compiler::Network;

/// What-if machine with 8 MiB of SRAM: the structures do not fit a real tile.
const sim::MachineDescription &machine() {
  const std::vector<std::string> settings = {"architecture.sram.bytes=8388608"};
  static const sim::MachineDescription big = sim::loadMachine("xu316-big", settings);
  return big;
}

bool isSupported(const Network &network) {
  return std::all_of(network.operators.begin(), network.operators.end(), [&](const auto &op) {
    try {
      compiler::kernelRow(network, op);
      return true;
    } catch (const Error &) {
      return false;
    }
  });
}

/// The program, or nothing for a network that is refused as it should be.
std::optional<compiler::Compiled> compileIfSupported(const Network &network) {
  std::string refusal;
  try {
    compiler::Compiled compiled = compiler::compile(network, "", machine());
    EXPECT_TRUE(isSupported(network)) << network.fileName;
    return compiled;
  } catch (const Error &error) {
    refusal = error.what();
  }
  EXPECT_FALSE(isSupported(network)) << refusal;
  EXPECT_THAT(refusal, testing::HasSubstr("not supported"));
  return std::nullopt;
}

NetworkRun run(const compiler::Compiled &compiled, const std::vector<Bytes> &inputs) {
  NetworkRun made = runNetwork(compiled.program, inputs, machine());
  EXPECT_EQ(made.outcome.kind, sim::Outcome::Kind::Exit)
      << describeOutcome(made.outcome, compiled.program);
  return made;
}

std::vector<Bytes> pieces(const Bytes &all, std::size_t size) {
  std::vector<Bytes> parts;
  for (std::size_t at = 0; at + size <= all.size(); at += size)
    parts.emplace_back(all.begin() + static_cast<std::ptrdiff_t>(at),
                       all.begin() + static_cast<std::ptrdiff_t>(at + size));
  return parts;
}

class TrainedProgram : public testing::TestWithParam<const char *> {};

TEST_P(TrainedProgram, GivesAllExpectedOutputsAndEveryTensorOfTheFirstInput) {
  const std::string name = GetParam();
  if (!exists(shared("own")))
    GTEST_SKIP() << "no " << shared("own");
  const Network network = load(shared("own/" + name + ".tflite"));
  const auto compiled = compileIfSupported(network);
  if (!compiled)
    GTEST_SKIP() << "not supported yet";
  const fs::path expected = shared("own/expected/" + name);
  const compiler::Tensor &output = network.tensor(network.outputs[0]);
  const auto inputs =
      pieces(bytesOf(expected / "inputs.bin"), network.tensor(network.inputs[0]).bytes());
  const auto outputs = pieces(bytesOf(expected / "outputs.bin"), output.bytes());
  const auto tensors = readNpz(expected / "tensors.npz");
  ASSERT_EQ(inputs.size(), outputs.size());
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    const NetworkRun made = run(*compiled, {inputs[i]});
    for (std::size_t layer = 0; i == 0 && layer < network.operators.size(); ++layer) {
      const compiler::Operator &op = network.operators[layer];
      ASSERT_EQ(
          firstDifference(made.layers[layer], tensors.at(layerName(op)), network.output(op).type),
          "")
          << layerName(op);
    }
    EXPECT_EQ(firstDifference(made.outputs[0], outputs[i], output.type), "") << "input " << i;
  }
}

INSTANTIATE_TEST_SUITE_P(All, TrainedProgram,
                         testing::Values("digits_bnn", "digits_bnn_xcore", "digits_int8",
                                         "person_bnn", "person_int8", "kws_bnn", "kws_int8"),
                         [](const auto &name) { return std::string(name.param); });

class StructureProgram : public testing::TestWithParam<const char *> {};

TEST_P(StructureProgram, GivesTheChecksumOfEveryOperator) {
  const std::string base = std::string("own/structures/") + GetParam();
  if (!exists(shared(base + ".tflite")))
    GTEST_SKIP() << "no " << shared(base + ".tflite");
  const Network network = load(shared(base + ".tflite"));
  const auto compiled = compileIfSupported(network);
  if (!compiled)
    GTEST_SKIP() << "not supported yet";
  const NetworkRun made = run(*compiled, {bytesOf(shared(base + ".in.bin"))});
  std::ifstream file(shared(base + ".json"));
  const auto expected = nlohmann::json::parse(file)["operators"];
  ASSERT_EQ(expected.size(), network.operators.size());
  for (std::size_t i = 0; i < expected.size(); ++i)
    ASSERT_EQ(crc32Of(made.layers[i]), expected[i][3].get<std::string>())
        << layerName(network.operators[i]);
  EXPECT_EQ(made.outputs[0], bytesOf(shared(base + ".out.bin")));
}

INSTANTIATE_TEST_SUITE_P(All, StructureProgram,
                         testing::Values("quicknet_small_int8", "quicknet_int8",
                                         "quicknet_large_int8", "binarynet_int8", "birealnet_int8"),
                         [](const auto &name) { return std::string(name.param); });

std::vector<std::string> modelsIn(const std::string &folder) {
  std::vector<std::string> names;
  if (exists(shared(folder)))
    for (const auto &entry : fs::directory_iterator(shared(folder)))
      if (entry.path().extension() == ".tflite")
        names.push_back(entry.path().stem().string());
  std::sort(names.begin(), names.end());
  return names;
}

/// 1 when the file ran and was right, 0 when it is not supported.
int expectFile(const std::string &model, const std::vector<std::string> &inputs,
               const std::vector<std::string> &outputs) {
  const Network network = load(shared(model));
  const auto compiled = compileIfSupported(network);
  if (!compiled)
    return 0;
  std::vector<Bytes> values;
  for (const std::string &input : inputs)
    values.push_back(bytesOf(shared(input)));
  const NetworkRun made = run(*compiled, values);
  for (std::size_t i = 0; i < outputs.size(); ++i)
    EXPECT_EQ(firstDifference(made.outputs[i], bytesOf(shared(outputs[i])),
                              network.tensor(network.outputs[i]).type),
              "")
        << model;
  return 1;
}

TEST(SingleOperatorProgram, AllBinaryFilesGiveTheExpectedOutputs) {
  const auto names = modelsIn("bnn");
  if (names.empty())
    GTEST_SKIP() << "no " << shared("bnn");
  int right = 0;
  for (const std::string &name : names)
    right += expectFile("bnn/" + name + ".tflite", {"expected/" + name + ".in.bin"},
                        {"expected/" + name + ".out.bin"});
  EXPECT_EQ(right, 60);
}

/// Inputs NAME.in0.bin, NAME.in1.bin ...; outputs NAME.out0.bin ...
int expectInt8File(const std::string &model, const std::string &name) {
  const auto numbered = [&](const std::string &kind) {
    std::vector<std::string> files;
    const auto file = [&] {
      return "expected-int8/" + name + "." + kind + std::to_string(files.size()) + ".bin";
    };
    while (exists(shared(file())))
      files.push_back(file());
    return files;
  };
  return expectFile(model, numbered("in"), numbered("out"));
}

TEST(SingleOperatorProgram, Int8FilesGiveTheExpectedOutputsOrAreRefused) {
  auto names = modelsIn("int8");
  if (names.empty())
    GTEST_SKIP() << "no " << shared("int8");
  std::erase(names, "test_mean_0"); // refused by the importer: it has no quantization
  int right = 0;
  for (const std::string &name : names)
    right += expectInt8File("int8/" + name + ".tflite", name);
  EXPECT_GE(right, 24); // more as kernels are added
  RecordProperty("files", static_cast<int>(names.size()));
  RecordProperty("right", right);
}

TEST(SingleOperatorProgram, VisualWakeWordsGivesTheExpectedOutputOrIsRefused) {
  if (!exists(shared("nets/vww_quant.tflite")))
    GTEST_SKIP() << "no " << shared("nets");
  if (expectInt8File("nets/vww_quant.tflite", "vww_quant") == 0)
    GTEST_SKIP() << "not supported yet";
}

} // namespace
} // namespace xs3::test
