// Compiled networks on one to eight threads: the same bytes whatever their number, shares of nearly
// the same size, stacks that are large enough.
#include "asm/link/network_note.h"
#include "kernels/compiler/compile.h"
#include "kernels/compiler/import/evaluate.h"
#include "kernels/compiler/lower/kernel_table.h"
#include "kernels/compiler/lower/lower.h"
#include "kernels/compiler/lower/split.h"
#include "sim/run/services.h"
#include "tests/kernels/model_files.h"
#include "tests/kernels/network_run.h"
#include "tests/kernels/random_operators.h"
#include "tests/kernels/small_network.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

namespace xs3::test {
namespace {

using compiler::Bytes;
using compiler::ElementType;
using compiler::Network;

constexpr unsigned kMostThreads = 8;

const sim::MachineDescription &machine() {
  static const sim::MachineDescription xu316 = sim::loadMachine("xu316");
  return xu316;
}

assembler::Program compiledFor(unsigned threads, const Network &network) {
  return compiler::compile(network, "", machine(), {threads}).program;
}

TEST(NetworkThreads, DigitsGivesTheSameTensorsOnOneToEight) {
  const Network network = load(bundled("digits_bnn/digits_bnn.tflite"));
  const auto tensors = readNpz(bundled("digits_bnn/tensors.npz"));
  Bytes input = bytesOf(bundled("digits_bnn/inputs.bin"));
  input.resize(network.tensor(network.inputs[0]).bytes());
  for (unsigned threads = 1; threads <= kMostThreads; ++threads) {
    const assembler::Program program = compiledFor(threads, network);
    const NetworkRun run = runNetwork(program, {input}, machine());
    ASSERT_EQ(run.outcome.kind, sim::Outcome::Kind::Exit) << describeOutcome(run.outcome, program);
    for (std::size_t i = 0; i < network.operators.size(); ++i) {
      const compiler::Operator &op = network.operators[i];
      EXPECT_EQ(firstDifference(run.layers[i], tensors.at(layerName(op)), network.output(op).type),
                "")
          << layerName(op) << " on " << threads << " threads";
    }
  }
}

/// A run of a program whose team stacks were filled with a pattern before.
struct TeamRun {
  sim::Outcome outcome;
  Bytes output;
  std::uint32_t stackLeft = 0; ///< Bytes of the fullest team stack that nobody wrote.
};

TeamRun runTeam(const assembler::Program &program, const std::vector<Bytes> &inputs) {
  constexpr std::uint8_t kPattern = 0xa5;
  sim::HostServices services{sim::ServicePermissions{}};
  sim::Machine simulated(machine());
  simulated.load(program);
  simulated.setServices(&services);
  sim::Memory &memory = simulated.tile(0).memory;
  const auto place = [&](const std::string &symbol) {
    return memory.bytes() + (program.find(symbol)->value - memory.base());
  };
  for (std::size_t i = 0; i < inputs.size(); ++i)
    std::copy(inputs[i].begin(), inputs[i].end(), place("input" + std::to_string(i)));
  const assembler::Symbol &stacks = *program.find("stacks");
  std::fill_n(place("stacks"), stacks.size, kPattern);
  TeamRun run;
  run.outcome = simulated.run({.packets = 1'000'000'000});
  const std::uint8_t *output = place("output0");
  run.output.assign(output, output + program.find("output0")->size);
  run.stackLeft = kernels::kTeamStackBytes;
  for (std::uint32_t at = 0; at < stacks.size; at += kernels::kTeamStackBytes) {
    const std::uint8_t *stack = place("stacks") + at;
    const auto *used = std::find_if(stack, stack + kernels::kTeamStackBytes,
                                    [](std::uint8_t byte) { return byte != kPattern; });
    run.stackLeft = std::min(run.stackLeft, static_cast<std::uint32_t>(used - stack));
  }
  return run;
}

class TeamOperator : public testing::TestWithParam<std::size_t> {};

TEST_P(TeamOperator, EqualsTheReferenceOnSeveralThreads) {
  const compiler::KernelRow &row = compiler::kernelTable()[GetParam()];
  const unsigned seed = std::random_device()();
  for (unsigned threads = 2; threads <= kMostThreads; ++threads) {
    SCOPED_TRACE("seed " + std::to_string(seed) + ", threads " + std::to_string(threads));
    std::mt19937 random(seed + threads);
    const Network network = randomNetwork(row, random);
    const compiler::Operator &op = network.operators[0];
    const std::vector<Bytes> inputs = randomInputs(network, random);
    const auto expected = compiler::evaluate(network, inputs);
    const assembler::Program program = compiledFor(threads, network);
    const TeamRun run = runTeam(program, inputs);
    ASSERT_EQ(run.outcome.kind, sim::Outcome::Kind::Exit) << describeOutcome(run.outcome, program);
    EXPECT_EQ(firstDifference(run.output, expected[static_cast<std::size_t>(op.outputs[0])],
                              network.output(op).type),
              "");
    EXPECT_GE(run.stackLeft, 64u);
  }
}

INSTANTIATE_TEST_SUITE_P(All, TeamOperator,
                         testing::Range(std::size_t{0}, compiler::kernelTable().size()),
                         [](const auto &parameter) {
                           const compiler::KernelRow &row =
                               compiler::kernelTable()[parameter.param];
                           return std::string(row.name) + "_" +
                                  std::string(elementTypeName(row.input)) + "_to_" +
                                  std::string(elementTypeName(row.output));
                         });

/// LceBconv2d, 3x3, 128 to 128 channels over an image of 28x28, bits out.
Network convolution(compiler::Padding padding) {
  constexpr std::int32_t kSize = 28, kChannels = 128, kWords = kChannels / 32;
  std::mt19937 random(1);
  std::vector<std::int32_t> filter(kChannels * 9 * kWords);
  std::generate(filter.begin(), filter.end(), [&] { return static_cast<std::int32_t>(random()); });
  SmallNetwork small;
  compiler::Bconv2dOptions options;
  options.channelsIn = kChannels;
  options.padding = padding;
  options.padWithOnes = true;
  const std::int32_t outputs = padding == compiler::Padding::Valid ? kSize - 2 : kSize;
  const auto input = small.input(ElementType::Int32, {1, kSize, kSize, kWords});
  const auto weights = small.constant(ElementType::Int32, {kChannels, 3, 3, kWords}, filter);
  const auto thresholds = small.constant(ElementType::Int32, {kChannels},
                                         std::vector<std::int32_t>(kChannels, kChannels * 9 / 2));
  const auto output = small.tensor(ElementType::Int32, {1, outputs, outputs, kWords});
  small.op(compiler::OperatorKind::LceBconv2d, "LceBconv2d", {input, weights, -1, -1, thresholds},
           output, options);
  small.network.outputs = {output};
  return small.network;
}

TEST(NetworkThreads, FiveTakeAFifthOfTheTimeAndMoreCostLittle) {
  for (const auto padding : {compiler::Padding::Valid, compiler::Padding::Same}) {
    const Network network = convolution(padding);
    const std::vector<Bytes> input{Bytes(network.tensor(network.inputs[0]).bytes(), 0x5c)};
    std::vector<double> cycles{0};
    Bytes output;
    for (unsigned threads = 1; threads <= kMostThreads; ++threads) {
      const NetworkRun run = runNetwork(compiledFor(threads, network), input, machine());
      cycles.push_back(static_cast<double>(run.cycles));
      output = threads == 1 ? run.outputs[0] : output;
      EXPECT_EQ(run.outputs[0], output) << threads;
      RecordProperty("threads" + std::to_string(threads), std::to_string(run.cycles));
    }
    EXPECT_LE(cycles[5], cycles[1] / 4.6);
    for (unsigned threads = 6; threads <= kMostThreads; ++threads)
      EXPECT_LE(cycles[threads], cycles[5] * 1.03) << threads;
  }
}

constexpr compiler::WorkEstimate kLongUnits{60, 1000};

TEST(Split, SharesAreNeighbouringAndNearlyEqual) {
  for (unsigned threads = 1; threads <= kMostThreads; ++threads)
    for (const std::uint32_t units : {2u, 3u, 7u, 8u, 100u, 784u, 0x7fffffffu}) {
      const std::vector<std::uint32_t> begins = compiler::shareUnits(units, threads, kLongUnits);
      const auto parts = static_cast<std::uint32_t>(begins.size()) - 1;
      EXPECT_LE(parts, threads);
      const std::uint32_t most = std::min(threads, 5u);
      EXPECT_LE(begins[1], (units + most - 1) / most);
      EXPECT_EQ(begins.front(), 0u);
      EXPECT_EQ(begins.back(), units);
      for (std::uint32_t i = 0; i < parts; ++i) {
        EXPECT_GE(begins[i + 1] - begins[i], units / parts);
        EXPECT_LE(begins[i + 1] - begins[i], units / parts + 1);
      }
    }
}

TEST(Split, OneUnitIsNotShared) {
  EXPECT_EQ(compiler::shareUnits(1, 5, kLongUnits), (std::vector<std::uint32_t>{0, 1}));
}

TEST(Split, ASixthThreadWorksOnlyWhereThatIsSooner) {
  // 49 units: five threads take 10 * 5 = 50, seven take 7 * 7 = 49, eight 6 * 8 and 1 * 5 = 53.
  EXPECT_EQ(compiler::shareUnits(49, 8, {0, 1000}).size(), 8u);
  EXPECT_EQ(compiler::shareUnits(50, 8, {0, 1000}).size(), 6u);
  EXPECT_EQ(compiler::shareUnits(50, 8, {10, 1000}).size(), 6u);
}

TEST(Split, ChannelsAreCutIntoWholeBlocks) {
  for (const std::uint32_t channels : {1u, 32u, 33u, 100u, 512u})
    for (unsigned parts = 1; parts <= kMostThreads; ++parts) {
      std::uint32_t next = 64;
      for (const kernels::ChannelRange &range : compiler::cutChannels({64, channels}, parts)) {
        EXPECT_EQ(range.first, next);
        EXPECT_GT(range.count, 0u);
        next += range.count;
        EXPECT_TRUE(next == 64 + channels || next % 32 == 0);
      }
      EXPECT_EQ(next, 64 + channels);
    }
}

TEST(Split, ThreadsLeftAloneTakeFiveClocksASlot) {
  EXPECT_EQ(compiler::clocksOf(std::vector<double>{}), 0);
  EXPECT_EQ(compiler::clocksOf(std::vector<double>{10, 10, 10, 10, 10}), 50);
  EXPECT_EQ(compiler::clocksOf(std::vector<double>{10, 0, 30}), 150);
  EXPECT_EQ(compiler::clocksOf(std::vector<double>(8, 10)), 80);
  EXPECT_EQ(compiler::clocksOf(std::vector<double>{10, 10, 10, 10, 10, 10, 10, 12}), 80 + 2 * 5);
}

TEST(NetworkThreads, EachHasItsStackAndScratchInTheMemoryMap) {
  const Network network = convolution(compiler::Padding::Valid);
  const auto map = [&](unsigned threads) {
    const assembler::Program program = compiledFor(threads, network);
    const auto note = program.note(assembler::kNetworkNoteSection);
    return assembler::parseNetworkNote(*note, "").memoryMap;
  };
  const assembler::MemoryMap one = map(1), five = map(5);
  EXPECT_GT(one.scratchBytes, 0u);
  EXPECT_EQ(five.scratchBytes, 5 * one.scratchBytes);
  EXPECT_EQ(five.stackBytes, one.stackBytes + 4 * kernels::kTeamStackBytes);
}

} // namespace
} // namespace xs3::test
