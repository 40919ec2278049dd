// profile on the bundled digits network: answers, reports, options.
#include "asm/link/sha256.h"
#include "base/file.h"
#include "sim/cli/npy.h"
#include "tests/cli/cli_run.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <sstream>

namespace xs3::cli {
namespace {

using testing::HasSubstr;
using testing::StartsWith;
using Json = nlohmann::ordered_json;

const std::string kExample = test::kDigits + "example.npy";

test::Result profile(std::vector<std::string> more, const std::string &what = test::kDigitsModel) {
  more.insert(more.begin(), {"profile", what});
  return test::xs3(std::move(more));
}

Json jsonReport(std::vector<std::string> more, const std::string &what = test::kDigitsModel) {
  more.insert(more.end(), {"--report", "json"});
  const test::Result result = profile(std::move(more), what);
  EXPECT_EQ(result.status, 0) << result.err;
  return Json::parse(result.out);
}

/// The first expected output of the bundled network as a file.
std::string expectedOutput(const test::Folder &folder) {
  const std::string all = readTextFile(test::kDigits + "outputs.bin");
  return folder.file("expected.bin", all.substr(0, 10));
}

TEST(Profile, TheAnswerIsTheExpectedOne) {
  const test::Folder folder;
  const std::string output = folder.path("scores.npy");
  const test::Result result =
      profile({"--input", kExample, "--output", output, "--check", expectedOutput(folder)});
  EXPECT_EQ(result.status, 0) << result.err;
  EXPECT_EQ(result.err, "");
  EXPECT_THAT(result.out, HasSubstr("\nAnswer: 6 "));
  EXPECT_EQ(readArray(output, "int8", std::vector<std::size_t>{1, 10}).bytes,
            readFile(folder.path("expected.bin")));
}

TEST(Profile, TheTextShowsPictureScoresAndEveryLayer) {
  const test::Result result = profile({"--input", kExample});
  for (const char *part :
       {"000_CONV_2D", "004_LceBMaxPool2d", "1x4x4x2", "009_SOFTMAX", "outside layers", "total",
        "  input ", "class   score", "##@@", "600 MHz, ", "xs3 profile "})
    EXPECT_THAT(result.out, HasSubstr(part));
  std::istringstream lines(result.out);
  for (std::string line; std::getline(lines, line);)
    EXPECT_LE(line.size(), 100u) << line;
}

TEST(Profile, RowsAddUpToTheTotals) {
  const Json json = jsonReport({"--input", kExample});
  ASSERT_EQ(json["layers"].size(), 10u);
  for (const char *key : {"cycles", "slots", "packets", "instructions", "fnops", "idle_cycles",
                          "macs_binary", "macs_int8"}) {
    std::uint64_t sum = json["outside"][key];
    for (const Json &row : json["layers"])
      sum += row[key].get<std::uint64_t>();
    EXPECT_EQ(sum, json["totals"][key].get<std::uint64_t>()) << key;
  }
  for (const char *key :
       {"read_bytes", "write_bytes", "fetch_bytes", "reads", "writes", "fetches"}) {
    std::uint64_t sum = json["outside"]["memory"]["sram"][key];
    for (const Json &row : json["layers"])
      sum += row["memory"]["sram"][key].get<std::uint64_t>();
    EXPECT_EQ(sum, json["totals"]["memory"]["sram"][key].get<std::uint64_t>()) << key;
  }
}

TEST(Profile, TheReportSaysWhatTheNetworkIs) {
  const Json json = jsonReport({"--input", kExample});
  EXPECT_EQ(json["model"], "digits_bnn.tflite");
  EXPECT_EQ(json["totals"]["macs_binary"], 3833856); // the model's OPS table
  EXPECT_EQ(json["totals"]["macs_int8"], 23552);
  EXPECT_EQ(json["layers"][4]["name"], "004_LceBMaxPool2d");
  EXPECT_EQ(json["layers"][4]["output_shape"], (std::vector<int>{1, 4, 4, 2}));
  EXPECT_EQ(json["provenance"]["model_sha256"], assembler::sha256(readFile(test::kDigitsModel)));
  EXPECT_EQ(json["outputs"][0]["dtype"], "int8");
  const Json &map = json["memory_map"];
  std::uint64_t used = map["free_bytes"];
  for (const char *key :
       {"code_bytes", "weight_bytes", "arena_bytes", "stack_bytes", "scratch_bytes"}) {
    EXPECT_GT(map[key].get<std::uint64_t>(), 0u) << key;
    used += map[key].get<std::uint64_t>();
  }
  EXPECT_EQ(used, map["capacity_bytes"].get<std::uint64_t>());
}

TEST(Profile, BandsHoldTheTypicalValues) {
  const Json report = jsonReport({});
  for (const Json &row : report["layers"]) {
    EXPECT_LE(row["cycles_low"], row["cycles"]);
    EXPECT_GE(row["cycles_high"], row["cycles"]);
    EXPECT_LE(row["energy_nj"]["low"], row["energy_nj"]["typical"]);
    EXPECT_GE(row["energy_nj"]["high"], row["energy_nj"]["typical"]);
  }
}

TEST(Profile, TheCompiledProgramAloneGivesTheSameReport) {
  const test::Folder folder;
  const std::string program = folder.path("digits.xe");
  const std::string model = folder.file("digits_bnn.tflite", readTextFile(test::kDigitsModel));
  ASSERT_EQ(test::xs3({"compile", model, "-o", program}).status, 0);
  Json fromModel = jsonReport({"--input", kExample}, model);
  std::filesystem::remove(model);
  Json fromProgram = jsonReport({"--input", kExample}, program);
  EXPECT_NE(fromModel["provenance"]["command"], fromProgram["provenance"]["command"]);
  fromModel["provenance"].erase("command");
  fromProgram["provenance"].erase("command");
  EXPECT_EQ(fromModel, fromProgram);
}

TEST(Profile, RepeatedRunsGiveTheSameBytes) {
  for (const char *form : {"text", "json", "csv"})
    EXPECT_EQ(profile({"--report", form}).out, profile({"--report", form}).out);
}

TEST(Profile, WithoutInputAFixedOneIsUsed) {
  EXPECT_EQ(jsonReport({})["outputs"], jsonReport({})["outputs"]);
  EXPECT_NE(jsonReport({})["outputs"], jsonReport({"--input", kExample})["outputs"]);
}

TEST(Profile, AMadeUpInputIsSaidToBeOne) {
  EXPECT_EQ(profile({}).err,
            "xs3: note: no --input was given: the input was a fixed pseudo-random one\n");
  EXPECT_EQ(profile({"-q"}).err, "");
}

TEST(Profile, WhatIfKeysChangeTimeAndEnergyButNoResult) {
  const Json usual = jsonReport({}), slow = jsonReport({"--set", "cost.clock_hz=300000000"});
  EXPECT_EQ(slow["cycles"], usual["cycles"]);
  EXPECT_NEAR(slow["seconds"], 2 * usual["seconds"].get<double>(), 1e-9);
  EXPECT_GT(slow["totals"]["energy_nj"]["typical"], usual["totals"]["energy_nj"]["typical"]);
  EXPECT_EQ(slow["outputs"], usual["outputs"]);
  EXPECT_NE(slow["provenance"]["machine_sha256"], usual["provenance"]["machine_sha256"]);
  EXPECT_THAT(slow["non_default_keys"].dump(), HasSubstr("cost.clock_hz"));
}

TEST(Profile, ADifferingOutputIsNamedAndFails) {
  const test::Folder folder;
  std::string wrong = readTextFile(expectedOutput(folder));
  wrong[3] = static_cast<char>(wrong[3] + 1);
  wrong[7] = static_cast<char>(wrong[7] + 1);
  const test::Result result =
      profile({"--input", kExample, "--check", folder.file("wrong.bin", wrong)});
  EXPECT_EQ(result.status, 1);
  EXPECT_THAT(result.err, HasSubstr("wrong.bin: error: output0 differs first at index 3 [0, 3]: "
                                    "expected -127, got -128 (2 of 10 values differ)"));
  EXPECT_THAT(result.out, HasSubstr("Answer: 6"));
}

TEST(Profile, ReportsGoToAFileWhole) {
  const test::Folder folder;
  const std::string path = folder.path("report.csv");
  const test::Result result = profile({"--report", "csv", "-o", path});
  EXPECT_EQ(result.status, 0);
  EXPECT_EQ(result.out, "");
  EXPECT_THAT(readTextFile(path), StartsWith("index,name,operator,"));
  EXPECT_THAT(folder.names(), testing::ElementsAre("report.csv"));
}

TEST(Profile, LabelsNameTheAnswer) {
  const test::Folder folder;
  const std::string labels =
      folder.file("labels.txt", "nil\none\ntwo\nthree\nfour\nfive\nsix\nseven\neight\nnine\n");
  EXPECT_THAT(profile({"--input", kExample, "--labels", labels}).out, HasSubstr("Answer: six "));
}

TEST(Profile, RegionsOfTheUserAreRowsToo) {
  const Json json = jsonReport({"--region", "both=layer.002_LceBconv2d..layer.003_LceBconv2d.end"});
  EXPECT_EQ(json["layers"].size(), 11u);
  EXPECT_EQ(json["layers"][10]["name"], "both");
}

TEST(Profile, NarrowTerminalsGetNarrowReports) {
  for (const char *more :
       {"", " --verify", " --dataset '" XS3_SOURCE_DIR "/kernels/models/digits_bnn'"}) {
    const test::Result result =
        test::shell("COLUMNS=60 \"$XS3\" profile -q '" + test::kDigitsModel + "'" + more);
    EXPECT_EQ(result.status, 0) << result.err;
    std::istringstream lines(result.out);
    for (std::string line; std::getline(lines, line);)
      EXPECT_LE(line.size(), 60u) << line;
    EXPECT_THAT(result.out, HasSubstr("Made by"));
  }
}

TEST(Profile, NothingThatATableHasIsLostOnANarrowTerminal) {
  const std::string narrow =
      test::shell("COLUMNS=60 \"$XS3\" profile -q '" + test::kDigitsModel + "'").out;
  for (const char *column :
       {"MAC/slot", "peak %", "written B", "energy uJ", "balance %", "slowest"})
    EXPECT_THAT(narrow, HasSubstr(column));
}

TEST(Profile, APipeGetsPlainTextOf100Columns) {
  const test::Result result = test::shell("NO_COLOR=1 \"$XS3\" profile '" + test::kDigitsModel +
                                          "' --input '" + kExample + "' | cat");
  EXPECT_EQ(result.out.find('\033'), std::string::npos);
  EXPECT_EQ(result.err, "");
  std::istringstream lines(result.out);
  for (std::string line; std::getline(lines, line);)
    EXPECT_LE(line.size(), 100u) << line;
}

TEST(Profile, AnImageIsAnInputAndTheReportSaysHow) {
  const test::Folder folder;
  const std::string image = folder.file(
      "six.pgm", "P2 8 8 16\n" + [] {
        std::string pixels;
        for (int i = 0; i < 64; ++i)
          pixels += std::to_string(i % 17) + " ";
        return pixels;
      }());
  const test::Result result = profile({"--input", image});
  EXPECT_EQ(result.status, 0) << result.err;
  EXPECT_THAT(result.out, HasSubstr("six.pgm: image"));
  const Json json = jsonReport({"--input", image});
  EXPECT_THAT(
      json["inputs"][0]["source"].get<std::string>(),
      HasSubstr("image, values 0 to 16 as -1 to 1, quantized to int8 with scale 0.00784314"));
  EXPECT_EQ(jsonReport({})["inputs"][0]["source"], "fixed pseudo-random values");
}

TEST(Profile, OfManyClassesTheBestFiveAreShown) {
  const std::string own = XS3_SOURCE_DIR "/../shared/models/own/";
  if (!std::filesystem::exists(own))
    GTEST_SKIP() << "no " << own;
  const test::Result result =
      profile({"--input", own + "expected/kws_bnn/example.npy"}, own + "kws_bnn.tflite");
  EXPECT_EQ(result.status, 0) << result.err;
  const std::string scores = result.out.substr(result.out.find("class   score"));
  EXPECT_EQ(std::count(scores.begin(), scores.end(), '\n'), 6);
}

} // namespace
} // namespace xs3::cli
