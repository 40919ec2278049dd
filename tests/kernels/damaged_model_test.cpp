// The built program on damaged model files: a sentence and status 1 each, soon, and in little
// memory.
#include "base/error.h"
#include "base/file.h"
#include "kernels/compiler/compile.h"
#include "tests/cli/cli_run.h"
#include "tests/kernels/measured_run.h"
#include "tests/kernels/model_faults.h"
#include "tests/kernels/model_files.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <iostream>
#include <random>

namespace xs3::test {

void PrintTo(const ModelFault &fault, std::ostream *out) { *out << fault.name; }

namespace {

using compiler::Bytes;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

// Instrumented programs are larger and slower; the bounds are those of the real one.
constexpr bool kInstrumented = XS3_INSTRUMENTED != 0;
constexpr std::uint64_t kMostBytes = 200'000'000;
constexpr double kMostSeconds = 0.1;

/// xs3 profile on a file of these bytes, its address space limited.
MeasuredRun profiled(const cli::test::Folder &folder, const Bytes &bytes,
                     const std::vector<std::string> &options = {}) {
  const std::string path = folder.path("x.tflite");
  writeFile(path, bytes);
  std::vector<std::string> command = {XS3_PROGRAM, "profile", path};
  command.insert(command.end(), options.begin(), options.end());
  return measured(command, kInstrumented ? 0 : kMostBytes);
}

/// One line, and within the bounds.
void expectSentence(const MeasuredRun &run) {
  EXPECT_EQ(run.status, 1);
  EXPECT_EQ(run.out, "");
  EXPECT_THAT(run.err,
              AllOf(StartsWith("xs3: "), HasSubstr("error: "), Not(HasSubstr("internal"))));
  EXPECT_EQ(run.err.find('\n'), run.err.size() - 1) << run.err;
  if (kInstrumented)
    return;
  EXPECT_LE(run.cpuSeconds, kMostSeconds);
  EXPECT_LE(run.peakBytes, kMostBytes);
}

Bytes digits() { return bytesOf(bundled("digits_bnn/digits_bnn.tflite")); }

class RefusesFault : public testing::TestWithParam<ModelFault> {};

TEST_P(RefusesFault, InOneSentenceSoonAndInLittleMemory) {
  const cli::test::Folder folder;
  const MeasuredRun run = profiled(folder, faulty(GetParam()));
  expectSentence(run);
  EXPECT_THAT(run.err, HasSubstr(GetParam().says));
}

std::string faultName(const testing::TestParamInfo<ModelFault> &fault) { return fault.param.name; }

INSTANTIATE_TEST_SUITE_P(Import, RefusesFault, testing::ValuesIn(importFaults()), faultName);
INSTANTIATE_TEST_SUITE_P(Compile, RefusesFault, testing::ValuesIn(compileFaults()), faultName);

TEST(DamagedModel, CutOffAtEvery64thOfItsLengthIsASentence) {
  const cli::test::Folder folder;
  const Bytes whole = digits();
  for (std::size_t part = 0; part < 64; ++part) {
    SCOPED_TRACE("the first " + std::to_string(part) + "/64");
    const auto end = whole.begin() + static_cast<std::ptrdiff_t>(whole.size() * part / 64);
    expectSentence(profiled(folder, Bytes(whole.begin(), end)));
  }
}

/// One to eight bytes changed.
Bytes flipped(Bytes bytes, std::mt19937 &random) {
  for (unsigned flips = random() % 8 + 1; flips > 0; --flips)
    bytes[random() % bytes.size()] ^= static_cast<std::uint8_t>(1 + random() % 255);
  return bytes;
}

TEST(DamagedModel, FlippedBytesAreASentenceOrAnotherNetwork) {
  const unsigned seed = std::random_device()();
  std::cout << "seed " << seed << '\n';
  std::mt19937 random(seed);
  const cli::test::Folder folder;
  const Bytes whole = digits();
  for (int round = 0; round < (kInstrumented ? 40 : 300); ++round) {
    SCOPED_TRACE("seed " + std::to_string(seed) + ", round " + std::to_string(round));
    const MeasuredRun run = profiled(folder, flipped(whole, random));
    if (run.status != 0)
      expectSentence(run);
    EXPECT_LE(run.peakBytes, kMostBytes * (kInstrumented ? 4 : 1));
  }
}

/// In this process, which a crash would end.
TEST(DamagedModel, ThousandsOfFlippedBytesNeverEndTheCompiler) {
  const unsigned seed = std::random_device()();
  std::cout << "seed " << seed << '\n';
  std::mt19937 random(seed);
  const Bytes whole = digits();
  const sim::MachineDescription machine = sim::loadMachine("xu316");
  int refused = 0;
  constexpr int kRounds = kInstrumented ? 300 : 3000;
  for (int round = 0; round < kRounds; ++round) {
    SCOPED_TRACE("seed " + std::to_string(seed) + ", round " + std::to_string(round));
    try {
      compiler::compile(flipped(whole, random), "x.tflite", machine);
    } catch (const Error &error) {
      ++refused;
      EXPECT_THAT(error.what(), StartsWith("x.tflite: error: "));
    }
  }
  EXPECT_GT(refused, kRounds / 100);
  EXPECT_LT(refused, kRounds);
}

TEST(DamagedModel, AnImageOfABatchOfTwoIsASentence) {
  const cli::test::Folder folder;
  const std::string header = "{'descr': '|i1', 'fortran_order': False, 'shape': (2, 8, 8, 1), }";
  std::string npy = std::string("\x93NUMPY\x01\x00", 8) + '\x76' + '\0' + header;
  npy.append(128 - npy.size() - 1, ' ').append("\n").append(128, '\0');
  const MeasuredRun run = profiled(folder, digits(), {"--input", folder.file("two.npy", npy)});
  expectSentence(run);
  EXPECT_THAT(run.err, HasSubstr("1x8x8x1"));
}

TEST(DamagedModel, AWholeOneRuns) {
  const cli::test::Folder folder;
  EXPECT_EQ(profiled(folder, digits()).status, 0); // so the bounds are not what refuses the others
}

} // namespace
} // namespace xs3::test
