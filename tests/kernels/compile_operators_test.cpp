// Every row of the kernel table: random networks of one operator, compiled and run, against the
// reference.
#include "kernels/compiler/compile.h"
#include "kernels/compiler/import/evaluate.h"
#include "kernels/compiler/lower/kernel_table.h"
#include "tests/kernels/model_files.h"
#include "tests/kernels/network_run.h"
#include "tests/kernels/random_operators.h"

#include <gtest/gtest.h>

#include <random>

namespace xs3::test {
namespace {

using compiler::Bytes;
using compiler::KernelRow;
using compiler::Network;

class CompiledOperator : public testing::TestWithParam<std::size_t> {};

TEST_P(CompiledOperator, EqualsTheReferenceOnRandomShapesAndValues) {
  constexpr int kRounds = 12;
  const KernelRow &row = compiler::kernelTable()[GetParam()];
  const unsigned seed = std::random_device()();
  SCOPED_TRACE("seed " + std::to_string(seed));
  const sim::MachineDescription machine = sim::loadMachine("xu316");
  for (int round = 0; round < kRounds; ++round) {
    std::mt19937 random(seed + static_cast<unsigned>(round));
    const Network network = randomNetwork(row, random);
    const compiler::Operator &op = network.operators[0];
    const std::vector<Bytes> inputs = randomInputs(network, random);
    SCOPED_TRACE("round " + std::to_string(round) + ": " + describe(network.tensor(op.inputs[0])) +
                 " -> " + describe(network.output(op)));
    const auto expected = compiler::evaluate(network, inputs);
    const compiler::Compiled compiled = compiler::compile(network, "", machine);
    const NetworkRun run = runNetwork(compiled.program, inputs, machine);
    ASSERT_EQ(run.outcome.kind, sim::Outcome::Kind::Exit)
        << describeOutcome(run.outcome, compiled.program);
    ASSERT_EQ(firstDifference(run.outputs[0], expected[static_cast<std::size_t>(op.outputs[0])],
                              network.output(op).type),
              "");
  }
}

std::string rowName(const testing::TestParamInfo<std::size_t> &parameter) {
  const KernelRow &row = compiler::kernelTable()[parameter.param];
  return std::string(row.name) + "_" + std::string(elementTypeName(row.input)) + "_to_" +
         std::string(elementTypeName(row.output));
}

INSTANTIATE_TEST_SUITE_P(All, CompiledOperator,
                         testing::Range(std::size_t{0}, compiler::kernelTable().size()), rowName);

} // namespace
} // namespace xs3::test
