// Every row of the kernel table: random networks of one operator, compiled and run on a random
// number of threads, against the reference. Together 2,000 binary and 2,000 int8 configurations.
//
// A failure prints the line that repeats it: XS3_SEED names one configuration, which then runs
// alone. XS3_CONFIGURATIONS sets another number in place of 2,000.
#include "kernels/compiler/compile.h"
#include "kernels/compiler/import/evaluate.h"
#include "kernels/compiler/lower/kernel_table.h"
#include "tests/kernels/model_files.h"
#include "tests/kernels/network_run.h"
#include "tests/kernels/random_operators.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <iostream>
#include <map>
#include <optional>
#include <random>

namespace xs3::test {
namespace {

using compiler::Bytes;
using compiler::ElementType;
using compiler::KernelRow;
using compiler::Network;
using compiler::OperatorKind;

std::optional<unsigned> numberFrom(const char *variable) {
  const char *text = std::getenv(variable);
  return text ? std::optional(static_cast<unsigned>(std::strtoul(text, nullptr, 10)))
              : std::nullopt;
}

/// Rows that share a number of configurations among them.
enum class Family : std::uint8_t { Binary, Int8, Float };

Family familyOf(const KernelRow &row) {
  const auto has = [&](ElementType type) { return row.input == type || row.output == type; };
  return has(ElementType::Int32)  ? Family::Binary
         : has(ElementType::Int8) ? Family::Int8
                                  : Family::Float;
}

/// How many options an operator has: what part of its family's configurations it gets.
unsigned weightOf(OperatorKind kind) {
  switch (kind) {
  case OperatorKind::LceBconv2d:
    return 20;
  case OperatorKind::Conv2d:
    return 16;
  case OperatorKind::DepthwiseConv2d:
    return 12;
  case OperatorKind::FullyConnected:
    return 8;
  case OperatorKind::Add:
  case OperatorKind::Sub:
  case OperatorKind::Mul:
  case OperatorKind::MaxPool2d:
  case OperatorKind::AveragePool2d:
    return 6;
  default:
    return 3;
  }
}

/// Configurations of a family in one run.
unsigned configurationsOf(Family family) {
  const unsigned wanted = numberFrom("XS3_CONFIGURATIONS").value_or(XS3_CONFIGURATIONS);
  return family == Family::Float ? wanted / 4 : wanted;
}

/// Configurations of a row: the row's part of its family's, rounded up.
unsigned configurationsOf(const KernelRow &row) {
  unsigned weights = 0;
  for (const KernelRow &other : compiler::kernelTable())
    if (familyOf(other) == familyOf(row))
      weights += weightOf(other.kind);
  return (configurationsOf(familyOf(row)) * weightOf(row.kind) + weights - 1) / weights;
}

/// A part of a row's configurations, small enough to keep all cores busy.
struct Shard {
  std::size_t row;
  unsigned number, of;
};

std::vector<Shard> shards() {
  constexpr unsigned kLargest = 70;
  std::vector<Shard> all;
  for (std::size_t row = 0; row < compiler::kernelTable().size(); ++row) {
    const unsigned count = configurationsOf(compiler::kernelTable()[row]) / kLargest + 1;
    for (unsigned number = 0; number < count; ++number)
      all.push_back({row, number, count});
  }
  return all;
}

std::string shardName(const testing::TestParamInfo<Shard> &parameter) {
  const KernelRow &row = compiler::kernelTable()[parameter.param.row];
  return std::string(row.name) + "_" + std::string(elementTypeName(row.input)) + "_to_" +
         std::string(elementTypeName(row.output)) + "_" + std::to_string(parameter.param.number);
}

/// What happened to one configuration.
struct Result {
  bool refused = false; ///< It is beyond a limit that `xs3 ops` names (operator_limits_test.cpp).
  std::string failure;  ///< Empty when it gave what the reference gives.
};

/// Scales are drawn so wildly that a sum may be scaled up beyond what anybody's int32 holds.
bool namesALimit(const std::string &sentence) {
  return sentence.find("do not fit into 30 bits") != std::string::npos;
}

/// A real tile, or a larger one for what may not fit it: clearing that much takes longer.
const sim::MachineDescription &machineFor(const Network &network) {
  constexpr std::size_t kMostForATile = 200'000;
  static const sim::MachineDescription tile = sim::loadMachine("xu316"),
                                       big = sim::loadMachine("xu316-big");
  std::size_t bytes = 0;
  for (const compiler::Tensor &tensor : network.tensors)
    bytes += tensor.bytes();
  return bytes > kMostForATile ? big : tile;
}

Result resultOf(const KernelRow &row, unsigned seed) {
  std::mt19937 random(seed);
  const Network network = randomNetwork(row, random, Sizes::Wild);
  const compiler::Operator &op = network.operators[0];
  const std::vector<Bytes> inputs = randomInputs(network, random);
  const sim::MachineDescription &machine = machineFor(network);
  const unsigned threads = random() % 2 == 0 ? 1 : 1 + static_cast<unsigned>(random() % 8);
  const std::string what = describe(network.tensor(op.inputs[0])) + " -> " +
                           describe(network.output(op)) + " on " + std::to_string(threads) +
                           " threads: ";
  try {
    const auto expected = compiler::evaluate(network, inputs);
    const compiler::Compiled compiled = compiler::compile(network, "", machine, {threads});
    const NetworkRun run = runNetwork(compiled.program, inputs, machine);
    if (run.outcome.kind != sim::Outcome::Kind::Exit)
      return {false, what + describeOutcome(run.outcome, compiled.program)};
    const std::string difference = firstDifference(
        run.outputs[0], expected[static_cast<std::size_t>(op.outputs[0])], network.output(op).type);
    return {false, difference.empty() ? "" : what + difference};
  } catch (const std::exception &error) {
    const bool refused = namesALimit(error.what());
    return {refused, refused ? "" : what + error.what()};
  }
}

class RandomOperator : public testing::TestWithParam<Shard> {};

TEST_P(RandomOperator, EqualsTheReference) {
  constexpr int kMostFailures = 3;
  const KernelRow &row = compiler::kernelTable()[GetParam().row];
  const std::optional<unsigned> given = numberFrom("XS3_SEED");
  const unsigned first = given ? *given : std::random_device()();
  const unsigned count = given ? 1 : configurationsOf(row) / GetParam().of + 1;
  std::cout << "seeds " << first << " to " << first + (count - 1) << '\n';
  int failures = 0;
  unsigned refused = 0;
  for (unsigned i = 0; i < count && failures < kMostFailures; ++i) {
    const Result result = resultOf(row, first + i);
    refused += result.refused ? 1 : 0;
    if (result.failure.empty())
      continue;
    ++failures;
    ADD_FAILURE() << result.failure << "\nXS3_SEED=" << first + i << " "
                  << testing::internal::GetArgvs()[0] << " --gtest_filter='*RandomOperator*/"
                  << shardName({GetParam(), 0}) << "'";
  }
  EXPECT_LE(refused, count / 2) << "configurations that ran would tell more";
}

INSTANTIATE_TEST_SUITE_P(All, RandomOperator, testing::ValuesIn(shards()), shardName);

TEST(RandomOperators, EveryRowHasItsPartAndTheFamiliesTheirNumber) {
  std::map<Family, unsigned> counts;
  std::map<std::size_t, unsigned> byRow;
  for (const Shard &shard : shards()) {
    const KernelRow &row = compiler::kernelTable()[shard.row];
    counts[familyOf(row)] += configurationsOf(row) / shard.of + 1;
    ++byRow[shard.row];
  }
  EXPECT_EQ(byRow.size(), compiler::kernelTable().size());
  for (const Family family : {Family::Binary, Family::Int8})
    EXPECT_GE(counts[family], configurationsOf(family));
}

} // namespace
} // namespace xs3::test
