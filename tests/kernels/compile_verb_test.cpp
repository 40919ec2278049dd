// The verb compile, and what its programs do without their model.
#include "base/file.h"
#include "sim/cli/verb.h"
#include "tests/kernels/edited_model.h"
#include "tests/kernels/model_files.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <sstream>
#include <unistd.h>

namespace xs3::test {
namespace {

namespace fs = std::filesystem;
using compiler::Bytes;
using testing::HasSubstr;

/// An empty folder that goes away with the test.
class CompileVerb : public testing::Test {
protected:
  void SetUp() override {
    folder_ =
        fs::temp_directory_path() / ("xs3-compile-" + std::to_string(getpid()) + "-" +
                                     testing::UnitTest::GetInstance()->current_test_info()->name());
    fs::create_directories(folder_);
  }
  void TearDown() override { fs::remove_all(folder_); }

  std::string in(const std::string &name) const { return (folder_ / name).string(); }

  /// Exit status; what was said stands in `messages_`.
  int xs3(std::vector<std::string> arguments) {
    std::ostringstream out, messages;
    cli::Console console(messages);
    const int status = cli::runXs3(std::move(arguments), out, console, false);
    messages_ = messages.str();
    return status;
  }

  fs::path folder_;
  std::string messages_;
};

const fs::path kModel = bundled("digits_bnn/digits_bnn.tflite");

Bytes first(const Bytes &all, std::size_t size) {
  return {all.begin(), all.begin() + static_cast<std::ptrdiff_t>(size)};
}

TEST_F(CompileVerb, TheProgramGivesTheSameAnswerWithoutTheModel) {
  fs::copy_file(kModel, in("model.tflite"));
  ASSERT_EQ(xs3({"compile", in("model.tflite"), "-o", in("model.xe")}), 0) << messages_;
  fs::remove(in("model.tflite"));
  writeFile(in("input"), first(bytesOf(bundled("digits_bnn/inputs.bin")), 64));
  ASSERT_EQ(xs3({"run", in("model.xe"), "--load", "input0=" + in("input"), "--dump",
                 "output0=" + in("output")}),
            0)
      << messages_;
  EXPECT_EQ(readFile(in("output")), first(bytesOf(bundled("digits_bnn/outputs.bin")), 10));
}

TEST_F(CompileVerb, TheEmittedAssemblyBuildsTheSameProgram) {
  ASSERT_EQ(xs3({"compile", kModel.string(), "-o", in("a.xe"), "--emit-asm", in("source")}), 0)
      << messages_;
  ASSERT_EQ(xs3({"asm", in("source/network.S"), "-o", in("n.o")}), 0) << messages_;
  ASSERT_EQ(xs3({"link", in("n.o"), "-o", in("b.xe")}), 0) << messages_;
  EXPECT_EQ(readFile(in("a.xe")), readFile(in("b.xe")));
}

TEST_F(CompileVerb, AnUnknownOperatorIsOneSentenceAndNoFile) {
  const Bytes model = edited(bytesOf(kModel), [](tflite::ModelT &parsed) {
    tflite::OperatorCodeT &softmax = code(parsed, tflite::BuiltinOperator::SOFTMAX);
    softmax.builtin_code = tflite::BuiltinOperator::TOPK_V2;
    softmax.deprecated_builtin_code = static_cast<std::int8_t>(tflite::BuiltinOperator::TOPK_V2);
  });
  writeFile(in("model.tflite"), model);
  EXPECT_EQ(xs3({"compile", in("model.tflite"), "-o", in("a.xe")}), 1);
  EXPECT_THAT(messages_, HasSubstr("model.tflite: error: operator 9, TOPK_V2 (output tensor "));
  EXPECT_THAT(messages_, HasSubstr("not supported; supported are LceQuantize,"));
  EXPECT_EQ(std::count(messages_.begin(), messages_.end(), '\n'), 1);
  EXPECT_FALSE(fs::exists(in("a.xe")));
}

TEST_F(CompileVerb, WrongUsageAndMissingFilesAreSentences) {
  EXPECT_EQ(xs3({"compile", kModel.string()}), 2);
  EXPECT_THAT(messages_, HasSubstr("-o"));
  EXPECT_EQ(xs3({"compile", in("none.tflite"), "-o", in("a.xe")}), 1);
  EXPECT_EQ(xs3({"compile", kModel.string(), "-o", in("a.xe"), "--threads", "99"}), 1);
  EXPECT_THAT(messages_, HasSubstr("99 threads"));
}

} // namespace
} // namespace xs3::test
