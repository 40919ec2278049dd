// Bad input to profile: one sentence each, and an exit status that says whose fault it was.
#include "base/file.h"
#include "tests/cli/cli_run.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace xs3::cli {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

const std::string kExample = test::kDigits + "example.npy";

test::Result profile(std::vector<std::string> more) {
  more.insert(more.begin(), "profile");
  return test::xs3(std::move(more));
}

/// One line, in the form of every message, with no result behind it.
void expectSentence(const test::Result &result, int status, const std::string &part) {
  EXPECT_EQ(result.status, status) << result.err;
  EXPECT_EQ(result.out, "");
  EXPECT_THAT(result.err, AllOf(StartsWith("xs3: "), HasSubstr("error: "), HasSubstr(part)));
  EXPECT_THAT(result.err, Not(HasSubstr("internal error")));
  EXPECT_EQ(result.err.find('\n'), result.err.size() - 1) << result.err;
}

TEST(ProfileFaults, Models) {
  const test::Folder folder;
  expectSentence(profile({}), 2, "MODEL.tflite or PROGRAM.xe is missing");
  expectSentence(profile({folder.path("none.tflite")}), 1, "none.tflite: error: cannot be read");
  expectSentence(profile({folder.path(".")}), 1, "this is a folder");
  expectSentence(profile({folder.file("empty.tflite", "")}), 1, "empty.tflite");
  expectSentence(profile({folder.file("a.tflite", "\x89PNG\r\n\x1a\n" + std::string(500, 'x'))}), 1,
                 "a.tflite");
  expectSentence(profile({folder.file("empty.xe", "")}), 1, "empty.xe");
  expectSentence(profile({folder.file("a.xe", std::string(1000, 'x'))}), 1, "a.xe");
}

TEST(ProfileFaults, ATruncatedModelAtEvery100thByte) {
  const test::Folder folder;
  const std::string model = readTextFile(test::kDigitsModel);
  for (std::size_t size = 0; size < model.size(); size += 100)
    expectSentence(profile({folder.file("cut.tflite", model.substr(0, size))}), 1, "cut.tflite");
}

TEST(ProfileFaults, ATruncatedProgramAtEvery1000thByte) {
  const test::Folder folder;
  const std::string program = folder.path("digits.xe");
  ASSERT_EQ(test::xs3({"compile", test::kDigitsModel, "-o", program}).status, 0);
  const std::string whole = readTextFile(program);
  for (std::size_t size = 0; size < whole.size(); size += 1000)
    expectSentence(profile({folder.file("cut.xe", whole.substr(0, size))}), 1, "cut.xe");
}

TEST(ProfileFaults, ADamagedDescriptionOfTheNetwork) {
  const test::Folder folder;
  const std::string program = folder.path("digits.xe");
  ASSERT_EQ(test::xs3({"compile", test::kDigitsModel, "-o", program}).status, 0);
  for (const auto &[from, to] : {std::pair{"xs3.network/1", "xs3.network/9"},
                                 {"\"output_shape\":[1,8,8,32]", "\"output_shape\":[1,8,8,-2]"},
                                 {"\"symbol\":\"input0\"", "\"symbol\":\"inputX\""},
                                 {"\"name\":\"004_Lce", "\"name\":\"014_Lce"},
                                 {"\"threads\":", "\"thraeds\":"},
                                 {"\"dtype\":\"int8\"", "\"dtype\":\"int9\""},
                                 {"{\"schema\"", "[\"schema\""}}) {
    std::string bytes = readTextFile(program);
    const std::size_t at = bytes.find(from);
    ASSERT_NE(at, std::string::npos) << from;
    bytes.replace(at, std::string_view(to).size(), to);
    const test::Result result = profile({folder.file("x.elf", bytes)});
    EXPECT_EQ(result.status, 1) << from << ": " << result.err;
    EXPECT_THAT(result.err, StartsWith("xs3: ")) << from;
  }
}

TEST(ProfileFaults, Inputs) {
  const test::Folder folder;
  const std::string &model = test::kDigitsModel;
  expectSentence(profile({model, "--input", folder.path("none.npy")}), 1, "cannot be read");
  expectSentence(profile({model, "--input", folder.file("a.bin", std::string(63, 'x'))}), 1,
                 "a.bin: error: it holds 63 bytes where int8 1x8x8x1 takes 64");
  expectSentence(profile({model, "--input", folder.file("a.npy", "no array")}), 1, "no .npy file");
  expectSentence(profile({model, "--input", kExample, "--input", kExample}), 1,
                 "the network has 1 input, and --input was given 2 times");
  expectSentence(profile({model, "--labels", folder.path("none.txt")}), 1, "none.txt");
}

TEST(ProfileFaults, ImagesSoundAndLabels) {
  const test::Folder folder;
  const std::string &model = test::kDigitsModel;
  expectSentence(profile({model, "--input", folder.file("a.png", "no image")}), 1,
                 "a.png: error: this is neither a PNG nor a PGM or PPM image");
  expectSentence(profile({model, "--input", folder.file("a.pgm", "P2 9 8 1\n")}), 1,
                 "the image is 9x8 grey, but the network wants 8x8 grey");
  expectSentence(profile({model, "--input", folder.file("a.wav", "x")}), 1,
                 "a.wav: error: the network's input is int8 1x8x8x1; sound is for inputs of");
  expectSentence(profile({model, "--input-as", "picture"}), 2,
                 "--input-as wants auto, tensor, real, image or wav, not 'picture'");
  expectSentence(profile({model, "--pixel-range", "0-1"}), 2, "--pixel-range wants LOW..HIGH");
  expectSentence(profile({model, "--labels", folder.file("l.txt", "a\nb\n")}), 1,
                 "l.txt: error: it names 2 classes, and the network has 10; one name a line");
}

TEST(ProfileFaults, Outputs) {
  const test::Folder folder;
  const std::string &model = test::kDigitsModel;
  expectSentence(profile({model, "--output", folder.path("no/such/folder.npy")}), 1,
                 "cannot be written");
  expectSentence(profile({model, "--output", folder.path("a"), "--output", folder.path("b")}), 1,
                 "--output was given 2 times, and the network has 1 output");
  EXPECT_TRUE(folder.names().empty());
  const test::Result wrongSize = profile({model, "--check", folder.file("c.bin", "123")});
  EXPECT_EQ(wrongSize.status, 1);
  EXPECT_THAT(wrongSize.err, HasSubstr("c.bin: error: it holds 3 bytes where int8 1x10 takes 10"));
}

TEST(ProfileFaults, OptionsAndMachines) {
  const std::string &model = test::kDigitsModel;
  expectSentence(profile({model, "--report", "xml"}), 2,
                 "--report wants text, json or csv, not 'xml'");
  expectSentence(profile({model, "--threads", "0"}), 2, "--threads wants 1 to 8");
  expectSentence(profile({model, "--threads", "9"}), 2, "--threads wants 1 to 8");
  expectSentence(profile({model, "--tolerance", "-1"}), 2,
                 "--tolerance wants a number of 0 or more");
  expectSentence(profile({model, "--inptu", "x"}), 2, "did you mean --input?");
  expectSentence(profile({model, "--machine", "xu999"}), 1, "xu999");
  expectSentence(profile({model, "--set", "cost.clock_herz=1"}), 1, "cost.clock_herz");
  expectSentence(profile({model, "--set", "cost.clock_hz=-1"}), 1, "cost.clock_hz");
  expectSentence(profile({model, "--set", "nonsense"}), 2, "KEY=VALUE");
  expectSentence(profile({model, "--region", "x=no.such.label"}), 1, "no label 'no.such.label'");
}

TEST(ProfileFaults, AProgramsThreadsAreFixed) {
  const test::Folder folder;
  const std::string program = folder.path("digits.xe");
  ASSERT_EQ(test::xs3({"compile", test::kDigitsModel, "-o", program}).status, 0);
  expectSentence(profile({program, "--threads", "1"}), 2, "--threads is for models");
}

TEST(ProfileFaults, ANetworkTooLargeForTheMachineIsRefused) {
  const test::Result result =
      profile({test::kDigitsModel, "--set", "architecture.sram.bytes=16384"});
  EXPECT_EQ(result.status, 1);
  EXPECT_EQ(result.out, "");
  EXPECT_THAT(result.err, HasSubstr("the network does not fit"));
}

/// Assembles and links a dual-issue main with this body.
std::string builtProgram(const test::Folder &folder, const std::string &body) {
  const std::string source =
      folder.file("a.S", "    .text\n    .issue_mode dual\n    .globl main\n    .align 4\nmain:\n"
                         "    dualentsp 0\n" +
                             body + "    retsp 0\n");
  EXPECT_EQ(test::xs3({"asm", source, "-o", folder.path("a.o")}).status, 0);
  EXPECT_EQ(test::xs3({"link", folder.path("a.o"), "-o", folder.path("a.xe")}).status, 0);
  return folder.path("a.xe");
}

TEST(ProfileFaults, AProgramThatTrapsIsExplained) {
  const test::Folder folder;
  const test::Result result = profile({builtProgram(folder, "    ldc r0, 2\n    ldw r1, r0[0]\n")});
  EXPECT_EQ(result.status, 132);
  EXPECT_EQ(result.out, "");
  for (const char *part : {"a.xe: error: ", "at main + 0x", "ldw r1, r0[0]", "registers"})
    EXPECT_THAT(result.err, HasSubstr(part));
}

TEST(ProfileFaults, AProgramsOwnStatusIsHandedOn) {
  const test::Folder folder;
  const test::Result result = profile({builtProgram(folder, "    ldc r0, 7\n")});
  EXPECT_EQ(result.status, 7);
  EXPECT_THAT(result.err, HasSubstr("a.xe: error: the program ended with status 7"));
}

TEST(ProfileFaults, AProgramWithoutDescriptionHasNoPlaceForInputs) {
  const test::Folder folder;
  const std::string program = builtProgram(
      folder, "    ldc r0, 0\nlayer.x:\n    add r1, r0, 1\n    add r1, r1, 1\nlayer.x.end:\n");
  expectSentence(profile({program, "--input", kExample}), 1, "does not describe its inputs");
  const test::Result result = profile({program});
  EXPECT_EQ(result.status, 0) << result.err;
  EXPECT_THAT(result.out, testing::ContainsRegex("\nx +- +2 "));
}

TEST(ProfileFaults, ARunOverTheLimitSaysSo) {
  const test::Result result = profile({test::kDigitsModel, "--max-cycles", "1000"});
  EXPECT_EQ(result.status, 124);
  EXPECT_EQ(result.out, "");
  EXPECT_THAT(result.err, HasSubstr("limit of cycles"));
}

} // namespace
} // namespace xs3::cli
