// Whole networks with the reference operators, against outputs that were made elsewhere.
#include "base/error.h"
#include "kernels/compiler/import/evaluate.h"
#include "tests/kernels/model_files.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <fstream>
#include <nlohmann/json.hpp>

namespace xs3::test {
namespace {

using compiler::Bytes;
using compiler::Network;
using compiler::Tensor;

const Tensor &onlyOutput(const Network &network) { return network.tensor(network.outputs.at(0)); }

Bytes output(const Network &network, const std::vector<Bytes> &values, std::size_t number = 0) {
  return values.at(static_cast<std::size_t>(network.outputs.at(number)));
}

nlohmann::json jsonOf(const std::filesystem::path &path) {
  std::ifstream file(path);
  return nlohmann::json::parse(file);
}

/// The test inputs of a trained network: all outputs, and every tensor of the first input.
void expectTrainedNetwork(const std::filesystem::path &model,
                          const std::filesystem::path &expected) {
  const Network network = load(model);
  const Bytes inputs = bytesOf(expected / "inputs.bin"),
              outputs = bytesOf(expected / "outputs.bin");
  const std::size_t inputBytes = network.tensor(network.inputs.at(0)).bytes();
  const std::size_t outputBytes = onlyOutput(network).bytes();
  const std::size_t count = jsonOf(expected / "manifest.json")["count"];
  ASSERT_EQ(inputs.size(), count * inputBytes);
  ASSERT_EQ(outputs.size(), count * outputBytes);
  const auto part = [](const Bytes &all, std::size_t i, std::size_t size) {
    const auto begin = all.begin() + static_cast<std::ptrdiff_t>(i * size);
    return Bytes(begin, begin + static_cast<std::ptrdiff_t>(size));
  };
  for (std::size_t i = 0; i < count; ++i) {
    const std::vector<Bytes> input{part(inputs, i, inputBytes)};
    const auto values = compiler::evaluate(network, input);
    EXPECT_EQ(firstDifference(output(network, values), part(outputs, i, outputBytes),
                              onlyOutput(network).type),
              "")
        << "input " << i;
    if (i > 0)
      continue;
    const auto tensors = readNpz(expected / "tensors.npz");
    EXPECT_EQ(tensors.size(), network.operators.size());
    for (const compiler::Operator &op : network.operators)
      EXPECT_EQ(firstDifference(values[static_cast<std::size_t>(op.outputs[0])],
                                tensors.at(layerName(op)), network.output(op).type),
                "")
          << layerName(op);
  }
}

TEST(BundledNetwork, DigitsGivesTheExpectedOutputsAndEveryTensor) {
  expectTrainedNetwork(bundled("digits_bnn/digits_bnn.tflite"), bundled("digits_bnn"));
}

TEST(BundledNetwork, TwoRunsGiveTheSameBytes) {
  const Network network = load(bundled("digits_bnn/digits_bnn.tflite"));
  const std::vector<Bytes> input{Bytes(64, 17)};
  EXPECT_EQ(compiler::evaluate(network, input), compiler::evaluate(network, input));
}

std::string failureOf(const Network &network, const std::vector<Bytes> &inputs) {
  try {
    compiler::evaluate(network, inputs);
  } catch (const Error &error) {
    return error.what();
  }
  return {};
}

TEST(BundledNetwork, AnInputOfTheWrongSizeIsAnError) {
  const Network network = load(bundled("digits_bnn/digits_bnn.tflite"));
  EXPECT_EQ(failureOf(network, {Bytes(63)}),
            "digits_bnn.tflite: error: input 0 is int8 1x8x8x1, 64 bytes, but 63 were given");
  EXPECT_EQ(failureOf(network, {}),
            "digits_bnn.tflite: error: the network has 1 inputs, but 0 were given");
}

TEST(BundledNetwork, AnUnknownOperatorIsAnErrorWhenItIsRun) {
  Network network = load(bundled("digits_bnn/digits_bnn.tflite"));
  network.operators[4].kind = compiler::OperatorKind::Unknown;
  EXPECT_EQ(failureOf(network, {Bytes(64)}),
            "digits_bnn.tflite: error: operator 4 (LceBMaxPool2d): there is no reference for this "
            "operator");
}

class TrainedNetwork : public testing::TestWithParam<const char *> {};

TEST_P(TrainedNetwork, GivesTheExpectedOutputsAndEveryTensor) {
  const std::string name = GetParam();
  if (!exists(shared("own")))
    GTEST_SKIP() << "no " << shared("own");
  expectTrainedNetwork(shared("own/" + name + ".tflite"), shared("own/expected/" + name));
}

INSTANTIATE_TEST_SUITE_P(All, TrainedNetwork,
                         testing::Values("digits_bnn", "digits_bnn_xcore", "digits_int8",
                                         "person_bnn", "person_int8", "kws_bnn", "kws_int8"),
                         [](const auto &name) { return std::string(name.param); });

class Structure : public testing::TestWithParam<const char *> {};

TEST_P(Structure, GivesTheChecksumOfEveryOperator) {
  const std::string base = std::string("own/structures/") + GetParam();
  if (!exists(shared(base + ".tflite")))
    GTEST_SKIP() << "no " << shared(base + ".tflite");
  const Network network = load(shared(base + ".tflite"));
  const std::vector<Bytes> input{bytesOf(shared(base + ".in.bin"))};
  const auto values = compiler::evaluate(network, input);
  const auto expected = jsonOf(shared(base + ".json"))["operators"];
  ASSERT_EQ(expected.size(), network.operators.size());
  for (std::size_t i = 0; i < expected.size(); ++i) {
    const compiler::Operator &op = network.operators[i];
    EXPECT_EQ(op.name, expected[i][0].get<std::string>());
    EXPECT_EQ(crc32Of(values[static_cast<std::size_t>(op.outputs[0])]),
              expected[i][3].get<std::string>())
        << layerName(op);
  }
  EXPECT_EQ(output(network, values), bytesOf(shared(base + ".out.bin")));
}

INSTANTIATE_TEST_SUITE_P(All, Structure,
                         testing::Values("quicknet_small_int8", "quicknet_int8",
                                         "quicknet_large_int8", "binarynet_int8", "binarynet_twin",
                                         "birealnet_int8"),
                         [](const auto &name) { return std::string(name.param); });

TEST(Structure, QuicknetSmallFloatIsCloseToTheExpectedOutput) {
  const std::string base = "own/structures/quicknet_small_float";
  if (!exists(shared(base + ".tflite")))
    GTEST_SKIP() << "no " << shared(base + ".tflite");
  const Network network = load(shared(base + ".tflite"));
  const std::vector<Bytes> input{bytesOf(shared(base + ".in.bin"))};
  const Bytes got = output(network, compiler::evaluate(network, input));
  const Bytes expected = bytesOf(shared(base + ".out.bin"));
  ASSERT_EQ(got.size(), expected.size());
  for (std::size_t i = 0; i < got.size(); i += sizeof(float)) {
    float a, b;
    std::memcpy(&a, &got[i], sizeof a);
    std::memcpy(&b, &expected[i], sizeof b);
    EXPECT_NEAR(a, b, 1e-5f * std::abs(b)) << "class " << i / sizeof(float);
  }
}

/// Files of one operator or two: every .tflite in `models`, with inputs and outputs named after it
/// in `expected`.
std::vector<std::string> modelsIn(const std::string &folder) {
  std::vector<std::string> names;
  if (!exists(shared(folder)))
    return names;
  for (const auto &entry : std::filesystem::directory_iterator(shared(folder)))
    if (entry.path().extension() == ".tflite")
      names.push_back(entry.path().stem().string());
  std::sort(names.begin(), names.end());
  return names;
}

TEST(SingleOperator, BinaryFilesGiveTheExpectedOutputs) {
  const auto names = modelsIn("bnn");
  if (names.empty())
    GTEST_SKIP() << "no " << shared("bnn");
  EXPECT_EQ(names.size(), 60u);
  for (const std::string &name : names) {
    const Network network = load(shared("bnn/" + name + ".tflite"));
    const std::vector<Bytes> input{bytesOf(shared("expected/" + name + ".in.bin"))};
    EXPECT_EQ(firstDifference(output(network, compiler::evaluate(network, input)),
                              bytesOf(shared("expected/" + name + ".out.bin")),
                              onlyOutput(network).type),
              "")
        << name;
  }
}

/// An int8 file with inputs NAME.in0.bin, NAME.in1.bin ... and outputs NAME.out0.bin ...
void expectInt8File(const std::string &folder, const std::string &name) {
  const Network network = load(shared(folder + "/" + name + ".tflite"));
  const std::string base = "expected-int8/" + name;
  std::vector<Bytes> inputs;
  for (std::size_t i = 0; i < network.inputs.size(); ++i)
    inputs.push_back(bytesOf(shared(base + ".in" + std::to_string(i) + ".bin")));
  const auto values = compiler::evaluate(network, inputs);
  for (std::size_t i = 0; i < network.outputs.size(); ++i)
    EXPECT_EQ(firstDifference(output(network, values, i),
                              bytesOf(shared(base + ".out" + std::to_string(i) + ".bin")),
                              network.tensor(network.outputs[i]).type),
              "")
        << name;
}

TEST(SingleOperator, Int8FilesGiveTheExpectedOutputs) {
  auto names = modelsIn("int8");
  if (names.empty())
    GTEST_SKIP() << "no " << shared("int8");
  EXPECT_EQ(names.size(), 60u);
  std::erase(names, "test_mean_0"); // refused: it has no quantization (import_test.cpp)
  for (const std::string &name : names)
    expectInt8File("int8", name);
}

TEST(SingleOperator, VisualWakeWordsGivesTheExpectedOutput) {
  if (!exists(shared("nets/vww_quant.tflite")))
    GTEST_SKIP() << "no " << shared("nets");
  expectInt8File("nets", "vww_quant");
}

} // namespace
} // namespace xs3::test
