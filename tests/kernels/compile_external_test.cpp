// Networks on machines whose SRAM is too small for them: weights are streamed from external memory,
// layers cut into steps, tensors moved out. Whatever the plan, the same bytes.
#include "asm/link/network_note.h"
#include "base/error.h"
#include "kernels/compiler/compile.h"
#include "kernels/compiler/import/evaluate.h"
#include "kernels/compiler/lower/kernel_table.h"
#include "tests/kernels/model_files.h"
#include "tests/kernels/network_run.h"
#include "tests/kernels/random_operators.h"
#include "tests/kernels/small_network.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>

namespace xs3::test {
namespace {

using compiler::Bytes;
using compiler::Network;
using testing::HasSubstr;

/// xu316-lpddr with so little SRAM.
sim::MachineDescription machineWith(std::uint64_t sramBytes) {
  sim::MachineDescription machine = sim::loadMachine("xu316-lpddr");
  machine.architecture.sramBytes = static_cast<std::uint32_t>(sramBytes / 8 * 8);
  return machine;
}

assembler::MemoryMap mapOf(const assembler::Program &program) {
  return assembler::parseNetworkNote(*program.note(assembler::kNetworkNoteSection), "").memoryMap;
}

const Network &digits() {
  static const Network network = load(bundled("digits_bnn/digits_bnn.tflite"));
  return network;
}

void expectDigitsTensors(const assembler::Program &program,
                         const sim::MachineDescription &machine) {
  const auto tensors = readNpz(bundled("digits_bnn/tensors.npz"));
  Bytes input = bytesOf(bundled("digits_bnn/inputs.bin"));
  input.resize(digits().tensor(digits().inputs[0]).bytes());
  const NetworkRun run = runNetwork(program, {input}, machine);
  ASSERT_EQ(run.outcome.kind, sim::Outcome::Kind::Exit) << describeOutcome(run.outcome, program);
  for (std::size_t i = 0; i < digits().operators.size(); ++i) {
    const compiler::Operator &op = digits().operators[i];
    EXPECT_EQ(firstDifference(run.layers[i], tensors.at(layerName(op)), digits().output(op).type),
              "")
        << layerName(op);
  }
}

TEST(External, DigitsGivesTheSameTensorsWhereverItsWeightsAre) {
  for (const std::uint64_t sram : {72000u, 60000u, 53000u})
    for (const unsigned threads : {1u, 2u, 5u, 7u, 8u}) {
      SCOPED_TRACE(std::to_string(sram) + " bytes, " + std::to_string(threads) + " threads");
      const sim::MachineDescription machine = machineWith(sram);
      const assembler::Program program =
          compiler::compile(digits(), "", machine, {threads}).program;
      EXPECT_GT(mapOf(program).externalWeightBytes, 0u);
      EXPECT_EQ(mapOf(program).arenaBytes, 2560u);
      expectDigitsTensors(program, machine);
    }
}

TEST(External, NothingIsMovedOutWhereAllFits) {
  const sim::MachineDescription machine = sim::loadMachine("xu316-lpddr");
  const auto note = assembler::parseNetworkNote(
      *compiler::compile(digits(), "", machine, {8}).program.note(assembler::kNetworkNoteSection),
      "");
  EXPECT_EQ(note.memoryMap.externalBytes, 0u);
  EXPECT_EQ(note.copyThreads, 0u);
  EXPECT_EQ(note.threads, 8u);
}

TEST(External, TheCopyingThreadComesBehindTheOthersOrInPlaceOfTheEighth) {
  const auto note = [](unsigned threads) {
    return assembler::parseNetworkNote(
        *compiler::compile(digits(), "", machineWith(56000), {threads})
             .program.note(assembler::kNetworkNoteSection),
        "");
  };
  EXPECT_EQ(note(5).threads, 5u);
  EXPECT_EQ(note(5).copyThreads, 1u);
  EXPECT_EQ(note(8).threads, 7u);
  EXPECT_EQ(note(8).copyThreads, 1u);
}

TEST(External, TheMapAccountsForAllOfTheMemory) {
  const sim::MachineDescription machine = machineWith(56000);
  const assembler::Program program = compiler::compile(digits(), "", machine, {5}).program;
  const assembler::MemoryMap map = mapOf(program);
  const std::uint64_t sum = map.codeBytes + map.weightBytes + map.arenaBytes + map.stackBytes +
                            map.scratchBytes + map.streamBytes;
  EXPECT_LE(sum, machine.architecture.sramBytes);
  EXPECT_GT(sum, machine.architecture.sramBytes - 4096);
  EXPECT_EQ(map.externalBytes, map.externalWeightBytes);
  // Cutting a layer into steps duplicates none of its weights.
  const assembler::MemoryMap roomy =
      mapOf(compiler::compile(digits(), "", machineWith(1 << 19), {5}).program);
  EXPECT_LE(map.weightBytes + map.externalWeightBytes, roomy.weightBytes + 512);
}

/// What happened in all runs of a test.
struct Seen {
  int streamed = 0, cut = 0, tensors = 0, readInPlace = 0;
};

/// Steps of a layer that was cut have their own symbols.
bool isCut(const assembler::Program &program) {
  return std::any_of(program.symbols.begin(), program.symbols.end(), [](const auto &symbol) {
    return symbol.name.starts_with("stream.") && symbol.name.ends_with(".2");
  });
}

/// A network on a machine with room for a random part of its data beside its code.
void expectSameBytes(const Network &network, std::mt19937 &random, Seen &seen) {
  const std::vector<Bytes> inputs = randomInputs(network, random);
  const auto expected = compiler::evaluate(network, inputs);
  const auto threads = static_cast<unsigned>(1 + random() % 8);
  const assembler::MemoryMap whole =
      mapOf(compiler::compile(network, "", machineWith(1 << 22), {threads}).program);
  const std::uint64_t data = whole.weightBytes + whole.arenaBytes;
  const std::uint64_t apart = whole.codeBytes + whole.stackBytes + whole.scratchBytes + 1200 +
                              500 * network.operators.size();
  const sim::MachineDescription machine = machineWith(apart + data * (random() % 100) / 100);
  const assembler::Program program = compiler::compile(network, "", machine, {threads}).program;
  const assembler::MemoryMap map = mapOf(program);
  const bool isStreamed = program.find("stream_copy") != nullptr;
  seen.streamed += isStreamed;
  seen.cut += isCut(program);
  seen.tensors += map.externalBytes > map.externalWeightBytes;
  seen.readInPlace += map.externalWeightBytes > 0 && !isStreamed;
  const NetworkRun run = runNetwork(program, inputs, machine);
  ASSERT_EQ(run.outcome.kind, sim::Outcome::Kind::Exit) << describeOutcome(run.outcome, program);
  for (std::size_t i = 0; i < network.operators.size(); ++i) {
    const std::int32_t output = network.operators[i].outputs[0];
    ASSERT_EQ(firstDifference(run.layers[i], expected[static_cast<std::size_t>(output)],
                              network.tensor(output).type),
              "")
        << layerName(network.operators[i]) << ", " << threads << " threads, "
        << machine.architecture.sramBytes << " bytes of SRAM";
  }
}

TEST(External, RandomOperatorsGiveTheReferencesBytes) {
  const unsigned seed = std::random_device()();
  Seen seen;
  for (unsigned turn = 0; turn < 3; ++turn)
    for (std::size_t i = 0; i < compiler::kernelTable().size(); ++i) {
      const compiler::KernelRow &row = compiler::kernelTable()[i];
      SCOPED_TRACE("seed " + std::to_string(seed) + ", turn " + std::to_string(turn) + ", " +
                   std::string(row.name));
      std::mt19937 random(seed + 1000 * turn + static_cast<unsigned>(i));
      expectSameBytes(randomNetwork(row, random), random, seen);
      if (HasFatalFailure())
        return;
    }
  EXPECT_GT(seen.tensors, 2);
  EXPECT_GT(seen.readInPlace, 2);
}

/// Convolutions one after the other, binary or int8, some of them with a sum around them.
Network randomChain(std::mt19937 &random) {
  using compiler::ElementType;
  using compiler::OperatorKind;
  const auto number = [&](std::int32_t low, std::int32_t high) {
    return std::uniform_int_distribution<std::int32_t>(low, high)(random);
  };
  const bool isBinary = number(0, 1) == 0;
  const ElementType type = isBinary ? ElementType::Int32 : ElementType::Int8;
  const std::optional<kernels::Int8Quantization> quantization =
      isBinary ? std::nullopt : std::optional(kernels::Int8Quantization{0.5f, 3});
  const std::int32_t size = number(1, 9);
  SmallNetwork small;
  std::int32_t channels = 32 * number(1, 6);
  const auto image = [&] {
    return std::vector<std::int32_t>{1, size, size, isBinary ? channels / 32 : channels};
  };
  std::int32_t last = small.input(type, image(), quantization);
  const auto bytes = [&](std::size_t count) {
    std::vector<std::uint8_t> values(count);
    std::generate(values.begin(), values.end(),
                  [&] { return static_cast<std::uint8_t>(random() >> 8); });
    return values;
  };
  for (std::int32_t layers = number(2, 8); layers > 0; --layers) {
    const std::int32_t taps = number(0, 1) == 0 ? 1 : 3, before = image()[3];
    if (!isBinary && number(0, 3) == 0) {
      const std::int32_t sum = small.tensor(type, image(), quantization);
      small.op(OperatorKind::Add, "ADD", {last, last}, sum, compiler::ArithmeticOptions{});
      last = sum;
      continue;
    }
    const std::int32_t inputs = channels;
    channels = 32 * number(1, 6);
    const std::vector<std::int32_t> shape = {channels, taps, taps, before};
    const auto values =
        bytes(static_cast<std::size_t>(channels * taps * taps * before) * (isBinary ? 4 : 1));
    const std::int32_t filter = small.constant(type, shape, values);
    const std::int32_t output = small.tensor(type, image(), quantization);
    if (isBinary) {
      compiler::Bconv2dOptions options;
      options.channelsIn = inputs;
      options.padding = compiler::Padding::Same;
      options.padWithOnes = true;
      const std::vector<std::int32_t> thresholds(static_cast<std::size_t>(channels),
                                                 inputs * taps * taps / 2);
      const std::int32_t threshold = small.constant(ElementType::Int32, {channels}, thresholds);
      small.op(OperatorKind::LceBconv2d, "LceBconv2d", {last, filter, -1, -1, threshold}, output,
               options);
    } else {
      small.network.tensors[static_cast<std::size_t>(filter)].quantization =
          compiler::Quantization{{0.002f}, {0}};
      compiler::Conv2dOptions options;
      options.padding = compiler::Padding::Same;
      small.op(OperatorKind::Conv2d, "CONV_2D", {last, filter}, output, options);
    }
    last = output;
  }
  small.network.outputs = {last};
  return small.network;
}

TEST(External, RandomChainsGiveTheReferencesBytes) {
  const unsigned seed = std::random_device()();
  Seen seen;
  for (unsigned turn = 0; turn < 30; ++turn) {
    SCOPED_TRACE("seed " + std::to_string(seed) + ", turn " + std::to_string(turn));
    std::mt19937 random(seed + turn);
    expectSameBytes(randomChain(random), random, seen);
    if (HasFatalFailure())
      return;
  }
  EXPECT_GT(seen.streamed, 10);
  EXPECT_GT(seen.cut, 3);
}

std::string refusal(const sim::MachineDescription &machine, unsigned threads = 1) {
  try {
    compiler::compile(digits(), "", machine, {threads});
    return "it fits";
  } catch (const Error &error) {
    return error.what();
  }
}

TEST(External, CodeThatDoesNotFitIsRefusedWithTheNumbers) {
  const std::string text = refusal(machineWith(12000));
  EXPECT_THAT(text, HasSubstr("does not fit: "));
  EXPECT_THAT(text, HasSubstr("more than the 12000 bytes of a tile's memory"));
  EXPECT_THAT(text, HasSubstr("its largest tensors are "));
}

TEST(External, TooLittleExternalMemoryIsRefusedWithTheNumbers) {
  sim::MachineDescription machine = machineWith(56000);
  machine.architecture.externalBytes = 4096;
  EXPECT_THAT(refusal(machine), HasSubstr("more than the 4096 bytes of xu316-lpddr"));
}

TEST(External, ATileWithOneThreadCannotCopyAndCompute) {
  sim::MachineDescription machine = machineWith(56000);
  machine.architecture.threads = 1;
  EXPECT_THAT(refusal(machine), HasSubstr("by a second thread"));
}

} // namespace
} // namespace xs3::test
