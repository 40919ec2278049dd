// Data sets that are wrong: a sentence each.
#include "base/error.h"
#include "base/file.h"
#include "sim/cli/dataset_source.h"
#include "tests/cli/cli_run.h"
#include "tests/cli/made_files.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace xs3::cli {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::StartsWith;
using Json = nlohmann::ordered_json;

void expectRefused(const std::string &dataset, const std::string &part,
                   const std::vector<std::string> &more = {}, int status = 1) {
  std::vector<std::string> arguments = {"profile", test::kDigitsModel, "--dataset", dataset};
  arguments.insert(arguments.end(), more.begin(), more.end());
  const test::Result result = test::xs3(arguments);
  EXPECT_EQ(result.status, status) << part << ": " << result.err;
  EXPECT_EQ(result.out, "");
  EXPECT_THAT(result.err, AllOf(StartsWith("xs3: "), HasSubstr("error: "), HasSubstr(part)));
  EXPECT_EQ(result.err.find('\n'), result.err.size() - 1) << result.err;
}

/// A copy of the bundled data set.
void copyDataset(const test::Folder &folder) {
  for (const char *name : {"manifest.json", "inputs.bin", "outputs.bin"})
    folder.file(name, readTextFile(test::kDigits + name));
}

Json manifest() { return Json::parse(readTextFile(test::kDigits + "manifest.json")); }

TEST(DatasetFaults, FoldersThatAreNone) {
  const test::Folder folder;
  expectRefused(folder.path("."), "manifest.json: error: the data set has no such file");
  expectRefused(folder.path("none"), "none: error: there is no such folder or .npz file");
  expectRefused(folder.file("a.bin", "x"), "a.bin: error: a data set is a folder or an .npz file");
}

TEST(DatasetFaults, ManifestsThatLie) {
  const test::Folder folder;
  copyDataset(folder);
  const auto refused = [&](const std::string &key, const Json &value, const std::string &part) {
    Json said = manifest();
    said[Json::json_pointer(key)] = value;
    folder.file("manifest.json", said.dump());
    expectRefused(folder.path("."), part);
  };
  refused("/count", 21, "inputs.bin: error: it holds 1280 bytes, but 21 inputs of 64 bytes are");
  refused("/count", 1ULL << 58, "inputs.bin: error: it holds 1280 bytes, but 288230376151711744");
  refused("/count", 0, "\"count\" must be the number of inputs, 1 or more");
  refused("/count", -20, "\"count\" must be");
  refused("/count", "20", "\"count\" must be");
  refused("/input/shape", {1, 8, 8, 2}, "its input is \"int8\" [1,8,8,2], but the network's is");
  refused("/input/dtype", "uint8", "its input is \"uint8\" [1,8,8,1]");
  refused("/input/scale", 0.5, "its input has scale 0.5 and zero point 0, but the network's has");
  refused("/output/zero_point", 3, "its output has scale 0.00390625 and zero point 3");
  refused("/output", Json(), "\"output\" must be an object");
  refused("/class", {1, 2, 3}, "it names 3 true classes for 20 inputs");
  refused("/class/4", 10, "it names class 10, and the network has classes 0 to 9");
  refused("/class/4", -1, "\"class\" holds -1, which is no class");
  refused("/class", "six", "\"class\" must be a list");
}

TEST(DatasetFaults, FilesThatAreTooShortOrNoJson) {
  const test::Folder folder;
  copyDataset(folder);
  const std::string inputs = readTextFile(test::kDigits + "inputs.bin");
  folder.file("inputs.bin", inputs.substr(0, inputs.size() - 1));
  expectRefused(folder.path("."), "inputs.bin: error: it holds 1279 bytes, but 20 inputs");
  std::filesystem::remove(folder.path("inputs.bin"));
  expectRefused(folder.path("."), "inputs.bin: error: cannot be read");
  folder.file("inputs.bin", inputs);
  folder.file("outputs.bin", "");
  expectRefused(folder.path("."), "outputs.bin: error: it holds 0 bytes, but 20 outputs of 10");
  for (const char *text : {"", "{", "[1]", "nonsense", "\xff\xfe{}"}) {
    folder.file("manifest.json", text);
    expectRefused(folder.path("."), "manifest.json: error: this is no JSON object");
  }
  folder.file("manifest.json", std::string(100'000, '['));
  expectRefused(folder.path("."), "manifest.json: error: this is no JSON object");
}

const Array kDigit = {"int8", {1, 8, 8, 1}, std::vector<std::uint8_t>(64)};

TEST(DatasetFaults, ArraysThatDoNotFit) {
  const test::Folder folder;
  const auto refused = [&](const std::vector<std::pair<std::string, Array>> &arrays,
                           const std::string &part) {
    expectRefused(folder.file("a.npz", test::npzFile(arrays)), part);
  };
  refused({}, "it has no array x or inputs (it has: nothing)");
  refused({{"z", kDigit}, {"y", kDigit}}, "it has no array x or inputs (it has: z.npy, y.npy)");
  refused({{"x", kDigit}, {"inputs", kDigit}}, "it has both x.npy and inputs.npy; leave one out");
  refused({{"x", {"int8", {1, 8, 8, 2}, std::vector<std::uint8_t>(128)}}},
          "a.npz(x.npy): error: each of its inputs is 8x8x2, and the network wants int8 1x8x8x1");
  refused({{"x", {"int16", {1, 8, 8}, std::vector<std::uint8_t>(128)}}},
          "it holds int16, and the network wants int8; --input-as real takes floats");
  refused({{"x", {"uint8", {1, 8, 8}, std::vector<std::uint8_t>(64)}}},
          "it holds uint8, and the network wants int8; --input-as real takes floats, --input-as "
          "image takes uint8");
  refused({{"x", {"int8", {0, 8, 8}, {}}}}, "no first dimension that counts the inputs");
  refused({{"x", {"int8", {}, {1}}}}, "no first dimension that counts the inputs");
  const auto withClasses = [&](const Array &classes, const std::string &part) {
    refused({{"x", kDigit}, {"y", classes}}, part);
  };
  withClasses(test::arrayOf<float>("float32", {1}, {6}), "it holds float32; true classes must be");
  withClasses(test::arrayOf<std::int8_t>("int8", {2}, {6, 6}), "its shape is 2, and 1 true");
  withClasses(test::arrayOf<std::int8_t>("int8", {1}, {-1}), "it names class -1");
  withClasses(test::arrayOf<std::uint64_t>("uint64", {1}, {~0ULL}), "it names class 46116860184");
}

TEST(DatasetFaults, InputsThatAreNotFinite) {
  const test::Folder folder;
  std::vector<float> reals(64, 0);
  reals[63] = HUGE_VALF;
  expectRefused(
      folder.file("a.npz", test::npzFile({{"x", test::arrayOf("float32", {1, 8, 8}, reals)}})),
      "no finite number");
}

/// A header that says something, and one input's bytes behind it.
std::string npyClaiming(const std::string &shape) {
  std::string header = "{'descr': '|i1', 'fortran_order': False, 'shape': " + shape + ", }";
  header.resize(117, ' ');
  return std::string("\x93NUMPY\1\0\x76\0", 10) + header + "\n" + std::string(64, '\0');
}

TEST(DatasetFaults, ArraysThatPromiseMoreThanThereIs) {
  const test::Folder folder;
  for (const bool deflated : {true, false})
    for (const char *shape : {"(2, 8, 8)", "(1000000000000, 8, 8)"})
      expectRefused(folder.file("a.npz", test::zipFile({{"x.npy", npyClaiming(shape)}}, deflated)),
                    "it holds 64 bytes of elements, and its shape promises");
  expectRefused(folder.file("a.npz", test::zipFile({{"x.npy", "\x93NUMPY\1"}}, true)),
                "this is no .npy file");
  expectRefused(
      folder.file(
          "a.npz",
          test::zipFile({{"x.npy", std::string("\x93NUMPY\2\0\xff\xff\xff\xff", 12)}}, true)),
      ".npy header is damaged");
}

/// Reads all inputs; the sentence with which that is refused, or nothing.
std::string readAll(const std::string &path) {
  const assembler::NetworkTensor input{"x", "input0", {1, 8, 8, 1}, "int8", 0.5, 0};
  const assembler::NetworkTensor output{"y", "output0", {1, 10}, "int8", 0.5, 0};
  try {
    DatasetSource source(path, {input, output, 10, {}});
    while (source.next()) {
    }
  } catch (const Error &error) {
    return error.what();
  }
  return "";
}

TEST(DatasetFaults, ADamagedZipFileIsRefusedWhereverItIsCutOrBent) {
  const test::Folder folder;
  for (const bool deflated : {true, false}) {
    const auto classes = test::arrayOf<std::int64_t>("int64", {1}, {6});
    const std::string whole = test::npzFile({{"x", kDigit}, {"y", classes}}, deflated);
    EXPECT_EQ(readAll(folder.file("a.npz", whole)), "");
    for (std::size_t size = 0; size < whole.size(); ++size)
      EXPECT_THAT(readAll(folder.file("a.npz", whole.substr(0, size))), HasSubstr("a.npz")) << size;
    std::size_t refused = 0;
    for (std::size_t at = 0; at < whole.size(); ++at) {
      std::string bent = whole;
      bent[at] = static_cast<char>(bent[at] ^ 0x41);
      const std::string sentence = readAll(folder.file("a.npz", bent));
      refused += sentence.empty() ? 0 : 1;
      // What is not looked at may be bent: times, versions, the copy of the directory's entries.
      EXPECT_TRUE(sentence.empty() || sentence.find("error: ") != sentence.npos) << sentence;
    }
    EXPECT_GT(refused, whole.size() / 3);
  }
}

TEST(DatasetFaults, OptionsThatDoNotGoTogether) {
  for (const auto &[option, value] : {std::pair{"--input", "x.npy"},
                                      {"--output", "x.npy"},
                                      {"--check", "x.npy"},
                                      {"--region", "a=b"},
                                      {"--dump-tensors", "x"}})
    expectRefused(test::kDigits, std::string(option) + " is for a single run", {option, value}, 2);
  expectRefused(test::kDigits, "--verify is for a single run", {"--verify"}, 2);
  expectRefused(test::kDigits, "--jobs wants 1 to 1024", {"--jobs", "0"}, 2);
  expectRefused(test::kDigits, "inputs.bin of a folder holds the tensors themselves",
                {"--input-as", "image"});
  EXPECT_EQ(test::xs3({"profile", test::kDigitsModel, "--jobs", "2"}).status, 2);
}

TEST(DatasetFaults, LabelsMustNameEveryClass) {
  const test::Folder folder;
  expectRefused(test::kDigits, "it names 3 classes, and the network has 10; one name a line",
                {"--labels", folder.file("l.txt", "a\nb\nc\n")});
  expectRefused(test::kDigits, "it names 0 classes", {"--labels", folder.file("l.txt", "\n\n")});
}

} // namespace
} // namespace xs3::cli
