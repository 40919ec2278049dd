// --verify and --dump-tensors: every layer's result against the reference, and in files.
#include "base/file.h"
#include "kernels/compiler/compile.h"
#include "sim/cli/npy.h"
#include "sim/cli/zip_file.h"
#include "tests/cli/cli_run.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace xs3::cli {
namespace {

using testing::HasSubstr;
using Json = nlohmann::ordered_json;

const std::string kExample = test::kDigits + "example.npy";

test::Result profile(std::vector<std::string> more) {
  more.insert(more.begin(), "profile");
  return test::xs3(std::move(more));
}

/// The digits network as a program, what stands at `symbol` changed from `offset` on.
std::string brokenProgram(const test::Folder &folder, const std::string &symbol,
                          std::size_t offset) {
  const std::string path = folder.path("broken.elf");
  EXPECT_EQ(test::xs3({"compile", test::kDigitsModel, "-o", folder.path("digits.xe")}).status, 0);
  assembler::Program program =
      assembler::readProgram(readFile(folder.path("digits.xe")), "digits.xe");
  const assembler::Symbol *found = program.find(symbol);
  EXPECT_NE(found, nullptr) << symbol;
  for (assembler::Segment &segment : program.segments)
    for (std::size_t i = offset; found && i < found->size; ++i)
      if (found->value + i - segment.address < segment.bytes.size())
        segment.bytes[found->value + i - segment.address] ^= 0x55;
  writeFile(path, assembler::writeXe(program));
  return path;
}

TEST(Verify, TheBundledNetworkAgreesLayerByLayer) {
  const test::Result result =
      profile({test::kDigitsModel, "--input", kExample, "--verify", "--report", "json"});
  EXPECT_EQ(result.status, 0) << result.err;
  const Json verification = Json::parse(result.out)["verification"];
  EXPECT_EQ(verification["operators"], 10);
  EXPECT_EQ(verification["layers"], 10);
  EXPECT_EQ(verification["values"], 3956); // The sum of the outputs' elements in the model's table.
  EXPECT_EQ(verification["differing_layers"], 0);
  EXPECT_EQ(verification["first_difference"], nullptr);
}

TEST(Verify, EveryNumberOfThreadsAgrees) {
  for (const char *threads : {"1", "2", "3", "4", "6", "7", "8"}) {
    const test::Result result =
        profile({test::kDigitsModel, "--input", kExample, "--verify", "--threads", threads});
    EXPECT_EQ(result.status, 0) << threads << result.err;
    EXPECT_THAT(result.out, HasSubstr("10 of 10 operators, 3,956 values: equal"));
  }
}

TEST(Verify, ABrokenWeightIsFoundInItsLayer) {
  const test::Folder folder;
  const test::Result result = profile({brokenProgram(folder, "weights.003.weights", 40), "--model",
                                       test::kDigitsModel, "--input", kExample, "--verify"});
  EXPECT_EQ(result.status, 1);
  EXPECT_THAT(result.err,
              testing::ContainsRegex("broken.elf: error: layer 003_LceBconv2d differs first at "
                                     "index [0-9]+ \\[0, [0-9], [0-9], [01]\\]: expected "
                                     "-?[0-9]+, got -?[0-9]+ \\([0-9]+ of 128 values"));
  EXPECT_THAT(result.out, HasSubstr("Verified 10 of 10 operators, 3,956 values: "));
}

TEST(Verify, TheFirstLayerThatDiffersIsNamedNotTheAnswer) {
  const test::Folder folder;
  const test::Result result = profile({brokenProgram(folder, "weights.008.weights", 0), "--model",
                                       test::kDigitsModel, "--input", kExample, "--verify"});
  EXPECT_EQ(result.status, 1);
  EXPECT_THAT(result.err, HasSubstr("error: layer 008_FULLY_CONNECTED differs first at index "));
}

TEST(Verify, AProgramNeedsItsModel) {
  const test::Folder folder;
  const std::string program = folder.path("digits.xe");
  ASSERT_EQ(test::xs3({"compile", test::kDigitsModel, "-o", program}).status, 0);
  EXPECT_THAT(profile({program, "--verify"}).err, HasSubstr("add --model MODEL.tflite"));
  const test::Result good = profile({program, "--model", test::kDigitsModel, "--verify"});
  EXPECT_EQ(good.status, 0) << good.err;
  std::string other = readTextFile(test::kDigitsModel);
  other.back() = static_cast<char>(other.back() ^ 1);
  const test::Result wrong =
      profile({program, "--model", folder.file("other.tflite", other), "--verify"});
  EXPECT_EQ(wrong.status, 1);
  EXPECT_THAT(wrong.err, HasSubstr("other.tflite: error: " + program +
                                   " was compiled from "
                                   "another model, 'digits_bnn.tflite'"));
  EXPECT_EQ(profile({program, "--model", test::kDigitsModel}).status, 2);
  EXPECT_EQ(profile({test::kDigitsModel, "--model", test::kDigitsModel, "--verify"}).status, 2);
}

/// Every array of tensors.npz against the file that --dump-tensors wrote for it.
void expectDumps(const std::string &model, const std::string &expected) {
  const test::Folder folder;
  const std::string dumps = folder.path("new/folder");
  const test::Result result =
      profile({model, "--input", expected + "/example.npy", "--dump-tensors", dumps, "--machine",
               "xu316-big"}); // kws_int8 does not fit one tile's 512 KiB.
  ASSERT_EQ(result.status, 0) << result.err;
  const std::string npz = expected + "/tensors.npz";
  const std::vector<ZipMember> members = readZipDirectory(npz);
  EXPECT_EQ(members.size(), static_cast<std::size_t>(
                                std::distance(std::filesystem::directory_iterator(dumps), {})));
  for (const ZipMember &member : members) {
    ByteStream stream(npz, member);
    std::vector<std::uint8_t> file(stream.size());
    stream.read(file);
    const Array wanted = parseNpy(file, member.name);
    const Array got = parseNpy(readFile(dumps + "/" + member.name), member.name);
    EXPECT_EQ(got.shape, wanted.shape) << member.name;
    EXPECT_EQ(dtypeBytes(got.dtype), dtypeBytes(wanted.dtype)) << member.name;
    EXPECT_EQ(got.bytes, wanted.bytes) << member.name;
  }
}

TEST(DumpTensors, TheBundledNetworkGivesEveryExpectedTensor) {
  expectDumps(test::kDigitsModel, test::kDigits);
}

class DumpTensors : public testing::TestWithParam<const char *> {};

TEST_P(DumpTensors, EqualTheExpectedOnes) {
  const std::string own = XS3_SOURCE_DIR "/../shared/models/own/";
  if (!std::filesystem::exists(own))
    GTEST_SKIP() << "no " << own;
  const std::string name = GetParam();
  expectDumps(own + name + ".tflite", own + "expected/" + name);
}

INSTANTIATE_TEST_SUITE_P(Trained, DumpTensors,
                         testing::Values("digits_bnn", "digits_bnn_xcore", "digits_int8",
                                         "person_bnn", "person_int8", "kws_bnn", "kws_int8"),
                         [](const auto &name) { return std::string(name.param); });

TEST(DumpTensors, AFolderThatCannotBeIsRefused) {
  const test::Folder folder;
  const test::Result result =
      profile({test::kDigitsModel, "--dump-tensors", folder.file("file", "") + "/below"});
  EXPECT_EQ(result.status, 1);
  EXPECT_THAT(result.err, HasSubstr("the folder cannot be made"));
}

} // namespace
} // namespace xs3::cli
