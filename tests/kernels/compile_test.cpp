// Networks compiled and run: XS3 code computes the expected bytes, tensor by tensor.
#include "kernels/compiler/compile.h"

#include "asm/assemble.h"
#include "asm/link/link.h"
#include "asm/link/network_note.h"
#include "base/error.h"
#include "isa/decode.h"
#include "isa/rows.h"
#include "kernels/compiler/import/evaluate.h"
#include "kernels/compiler/import/import.h"
#include "kernels/runtime_archive.h"
#include "tests/kernels/model_files.h"
#include "tests/kernels/network_run.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <random>

namespace xs3::test {
namespace {

using compiler::Bytes;
using compiler::Compiled;
using compiler::Network;

const sim::MachineDescription &machine() {
  static const sim::MachineDescription loaded = sim::loadMachine("xu316");
  return loaded;
}

Compiled compileFile(const std::filesystem::path &path) {
  return compiler::compile(bytesOf(path), path.string(), machine());
}

std::vector<Bytes> pieces(const Bytes &all, std::size_t size) {
  std::vector<Bytes> parts;
  for (std::size_t at = 0; at + size <= all.size(); at += size)
    parts.emplace_back(all.begin() + static_cast<std::ptrdiff_t>(at),
                       all.begin() + static_cast<std::ptrdiff_t>(at + size));
  return parts;
}

/// Every input's output, and every tensor of the first input: made elsewhere, and by the reference.
void expectNetwork(const std::filesystem::path &model, const std::filesystem::path &expected) {
  const Network network = load(model);
  const Compiled compiled = compileFile(model);
  const auto inputs =
      pieces(bytesOf(expected / "inputs.bin"), network.tensor(network.inputs[0]).bytes());
  const auto outputs =
      pieces(bytesOf(expected / "outputs.bin"), network.tensor(network.outputs[0]).bytes());
  ASSERT_FALSE(inputs.empty());
  ASSERT_EQ(inputs.size(), outputs.size());
  const auto tensors = readNpz(expected / "tensors.npz");
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    const NetworkRun run = runNetwork(compiled.program, {inputs[i]}, machine());
    ASSERT_EQ(run.outcome.kind, sim::Outcome::Kind::Exit)
        << describeOutcome(run.outcome, compiled.program);
    EXPECT_EQ(run.outcome.status, 0);
    if (i == 0)
      for (std::size_t layer = 0; layer < network.operators.size(); ++layer) {
        const compiler::Operator &op = network.operators[layer];
        ASSERT_EQ(
            firstDifference(run.layers[layer], tensors.at(layerName(op)), network.output(op).type),
            "")
            << layerName(op);
      }
    EXPECT_EQ(firstDifference(run.outputs[0], outputs[i], network.tensor(network.outputs[0]).type),
              "")
        << "input " << i;
  }
}

const std::filesystem::path kDigits = bundled("digits_bnn/digits_bnn.tflite");

Bytes firstInput() { return pieces(bytesOf(bundled("digits_bnn/inputs.bin")), 64).front(); }

Bytes firstOutput() { return pieces(bytesOf(bundled("digits_bnn/outputs.bin")), 10).front(); }

TEST(CompileDigits, AllOutputsAndEveryTensorAreTheExpectedBytes) {
  expectNetwork(kDigits, bundled("digits_bnn"));
}

TEST(CompileDigits, TensorsOfAnyInputEqualTheReference) {
  const unsigned seed = std::random_device()();
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937 random(seed);
  const Network network = load(kDigits);
  const Compiled compiled = compileFile(kDigits);
  for (int round = 0; round < 10; ++round) {
    Bytes input(64);
    for (std::uint8_t &byte : input)
      byte = static_cast<std::uint8_t>(random());
    const auto expected = compiler::evaluate(network, std::vector<Bytes>{input});
    const NetworkRun run = runNetwork(compiled.program, {input}, machine());
    for (std::size_t layer = 0; layer < network.operators.size(); ++layer) {
      const compiler::Operator &op = network.operators[layer];
      ASSERT_EQ(firstDifference(run.layers[layer],
                                expected[static_cast<std::size_t>(op.outputs[0])],
                                network.output(op).type),
                "")
          << layerName(op);
    }
  }
}

TEST(CompileDigits, TheProgramStandsAloneInItsFile) {
  // given: nothing but the program's file
  const Bytes file = assembler::writeXe(compileFile(kDigits).program);
  const assembler::Program program = assembler::readProgram(file, "digits.xe");
  EXPECT_EQ(runNetwork(program, {firstInput()}, machine()).outputs[0], firstOutput());
}

TEST(CompileDigits, BinaryMacsAreExecutedAsVlmaccr1) {
  const Compiled compiled = compileFile(kDigits);
  const NetworkRun run = runNetwork(compiled.program, {firstInput()}, machine());
  const auto executed = run.counters.executed[static_cast<std::size_t>(isa::Energy::VectorMac1)];
  EXPECT_GE(executed, 3833856u / 256);
}

/// The packet at `address` of the program.
std::optional<isa::Packet> packetAt(const assembler::Program &program, Address address) {
  const assembler::Segment *segment = program.segmentAt(address);
  if (!segment || address + 4 > segment->address + segment->bytes.size())
    return std::nullopt;
  std::uint32_t word = 0;
  for (unsigned i = 0; i < 4; ++i)
    word |= std::uint32_t{segment->bytes[address - segment->address + i]} << (8 * i);
  return isa::decodePacket(word);
}

/// Finds the first packet with a `mnemonic` that is executed.
class FirstExecuted final : public sim::Observer {
public:
  FirstExecuted(const assembler::Program &program, std::string_view mnemonic)
      : program_(program), mnemonic_(mnemonic) {}

  bool wantsEveryPacket() const override { return true; }
  void onIssue(const sim::Machine &, const sim::Event &event) override {
    if (place || !event.thread->dual())
      return;
    const auto packet = packetAt(program_, event.pc);
    for (unsigned half = 0; packet && half < packet->count; ++half)
      if (isa::row(packet->half[half].opcode).mnemonic == mnemonic_)
        place = event.pc;
  }

  std::optional<Address> place;

private:
  const assembler::Program &program_;
  std::string_view mnemonic_;
};

/// `program` with the packet at `address` replaced.
assembler::Program patched(assembler::Program program, Address address, std::uint32_t word) {
  for (assembler::Segment &segment : program.segments)
    if (segment.address <= address && address < segment.address + segment.bytes.size())
      for (unsigned i = 0; i < 4; ++i)
        segment.bytes[address - segment.address + i] = static_cast<std::uint8_t>(word >> (8 * i));
  return program;
}

TEST(CompileDigits, ChangingOneInstructionOfAKernelChangesTheAnswer) {
  const Compiled compiled = compileFile(kDigits);
  FirstExecuted multiply(compiled.program, "vlmaccr1");
  const NetworkRun whole = runNetwork(compiled.program, {firstInput()}, machine(), &multiply);
  ASSERT_TRUE(multiply.place);
  EXPECT_THAT(compiled.program.describe(*multiply.place), testing::HasSubstr("bconv2d_bits"));
  // { nop ; nop } does not multiply.
  const std::uint32_t nops = assembler::assembleInstruction("{ nop ; nop }", true).word;
  const NetworkRun run =
      runNetwork(patched(compiled.program, *multiply.place, nops), {firstInput()}, machine());
  ASSERT_EQ(run.outcome.kind, sim::Outcome::Kind::Exit);
  EXPECT_NE(run.layers[2], whole.layers[2]);
}

TEST(CompileDigits, EmittedSourcesBuildTheSameProgram) {
  const Compiled compiled = compileFile(kDigits);
  assembler::AssembleOptions options;
  for (const compiler::EmittedFile &file : compiled.sources)
    options.virtualFiles.emplace_back(file.name, file.bytes);
  ASSERT_EQ(compiled.sources[0].name, "network.S");
  const Bytes &text = compiled.sources[0].bytes;
  const auto result = assembler::assemble(
      {reinterpret_cast<const char *>(text.data()), text.size()}, "network.S", options);
  ASSERT_FALSE(result.hasErrors()) << result.diagnostics[0].text();
  const std::vector<assembler::LinkInput> inputs = {{"n.o", result.object},
                                                    kernels::runtimeArchive()};
  EXPECT_EQ(assembler::writeXe(assembler::link(inputs)), assembler::writeXe(compiled.program));
}

TEST(CompileDigits, TwoCompilationsGiveTheSameBytes) {
  const Compiled first = compileFile(kDigits), second = compileFile(kDigits);
  EXPECT_EQ(assembler::writeXe(first.program), assembler::writeXe(second.program));
  ASSERT_EQ(first.sources.size(), second.sources.size());
  for (std::size_t i = 0; i < first.sources.size(); ++i)
    EXPECT_EQ(first.sources[i].bytes, second.sources[i].bytes) << first.sources[i].name;
}

TEST(CompileDigits, TheNoteAccountsForTheMemory) {
  const Compiled compiled = compileFile(kDigits);
  const auto note = assembler::parseNetworkNote(
      *compiled.program.note(assembler::kNetworkNoteSection), "program");
  EXPECT_EQ(note.model, "digits_bnn.tflite");
  EXPECT_EQ(note.memoryMap.arenaBytes, 2560u);
  EXPECT_GT(note.memoryMap.codeBytes, 1000u);
  EXPECT_GT(note.memoryMap.weightBytes, 23248u / 2);
  EXPECT_GT(note.memoryMap.stackBytes, 0u);
  EXPECT_EQ(compiled.program.find("arena")->size, 2560u);
}

TEST(Compile, ANetworkThatDoesNotFitSaysByHowMuchAndNamesTheLargestTensors) {
  const std::vector<std::string> settings = {"architecture.sram.bytes=32768"};
  const sim::MachineDescription small = sim::loadMachine("xu316", settings);
  try {
    compiler::compile(bytesOf(kDigits), "digits_bnn.tflite", small);
    FAIL() << "it fits into " << small.architecture.sramBytes;
  } catch (const Error &error) {
    const std::string text = error.what();
    EXPECT_THAT(text, testing::MatchesRegex(".*does not fit: .*needs [0-9]+ bytes, [0-9]+ more "
                                            "than the 32768 bytes.*its largest tensors are "
                                            "[0-9]+ .*, [0-9]+ .*, [0-9]+ .*bytes\\)"));
  }
}

TEST(Compile, ANetworkThatFitsButForItsCodeIsRefusedWithTheExactNumber) {
  const Compiled compiled = compileFile(kDigits);
  const auto note = assembler::parseNetworkNote(
      *compiled.program.note(assembler::kNetworkNoteSection), "program");
  const assembler::MemoryMap &map = note.memoryMap;
  const std::uint64_t data = map.weightBytes + map.arenaBytes + map.scratchBytes + map.stackBytes;
  const auto refusal = [](std::uint64_t bytes) -> std::string {
    sim::MachineDescription small = machine();
    small.architecture.sramBytes = static_cast<std::uint32_t>(bytes);
    try {
      compiler::compile(bytesOf(kDigits), "digits_bnn.tflite", small);
      return "it fits";
    } catch (const Error &error) {
      return error.what();
    }
  };
  const std::string text = refusal((data + 107) / 8 * 8);
  EXPECT_THAT(text, testing::HasSubstr("does not fit: it needs"));
  // then: exactly the bytes that it asks for are enough, four fewer are not
  const std::uint64_t wanted = std::stoull(text.substr(text.find("it needs ") + 9));
  EXPECT_EQ(refusal(wanted), "it fits");
  EXPECT_THAT(refusal(wanted - 8), testing::HasSubstr("8 more than the"));
}

TEST(Compile, ImpossibleNumbersOfThreadsAreRefused) {
  for (const unsigned threads : {0u, 9u, 1000000u})
    EXPECT_THROW(compiler::compile(bytesOf(kDigits), "digits_bnn.tflite", machine(), {threads}),
                 Error);
}

TEST(Compile, DigitsTakesWellBelowATenthOfASecond) {
  const Bytes model = bytesOf(kDigits);
  const auto start = std::chrono::steady_clock::now();
  compiler::compile(model, "digits_bnn.tflite", machine());
  const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - start;
#if defined(NDEBUG) && !defined(__SANITIZE_ADDRESS__)
  EXPECT_LT(taken.count(), 0.1);
#else
  EXPECT_LT(taken.count(), 5.0);
#endif
}

} // namespace
} // namespace xs3::test
