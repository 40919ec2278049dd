// --dataset: accuracy, slots and mismatches of many inputs, in every form of the report.
#include "base/file.h"
#include "sim/cli/interrupt.h"
#include "sim/cli/profile_dataset.h"
#include "sim/cli/progress.h"
#include "tests/cli/cli_run.h"
#include "tests/cli/made_files.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <csignal>
#include <sstream>

namespace xs3::cli {
namespace {

using testing::HasSubstr;
using Json = nlohmann::ordered_json;

test::Result profile(std::vector<std::string> more, const std::string &what = test::kDigitsModel) {
  more.insert(more.begin(), {"profile", what});
  return test::xs3(std::move(more));
}

Json dataset(std::vector<std::string> more, const std::string &what = test::kDigitsModel) {
  more.insert(more.end(), {"--report", "json"});
  const test::Result result = profile(std::move(more), what);
  EXPECT_EQ(result.status, 0) << result.err;
  return Json::parse(result.out);
}

Json manifest() { return Json::parse(readTextFile(test::kDigits + "manifest.json")); }

Array digits(std::size_t count) {
  const std::string bytes = readTextFile(test::kDigits + "inputs.bin").substr(0, 64 * count);
  return {"int8", {count, 8, 8, 1}, {bytes.begin(), bytes.end()}};
}

TEST(Dataset, TheBundledOneIsAnsweredAsItsManifestSays) {
  const Json json = dataset({"--dataset", test::kDigits});
  const Json said = manifest();
  EXPECT_EQ(json["schema"], "xs3.dataset/1");
  EXPECT_EQ(json["count"], 20);
  EXPECT_EQ(json["done"], 20);
  EXPECT_EQ(json["complete"], true);
  EXPECT_EQ(json["outputs_compared"], 20);
  EXPECT_EQ(json["outputs_differing"], 0);
  int right = 0;
  for (std::size_t i = 0; i < 20; ++i) {
    EXPECT_EQ(json["inputs"][i]["index"], i);
    EXPECT_EQ(json["inputs"][i]["true_class"], said["class"][i]);
    EXPECT_EQ(json["inputs"][i]["answer"], said["predicted"][i]);
    right += said["class"][i] == said["predicted"][i] ? 1 : 0;
  }
  EXPECT_EQ(json["right"], right);
  EXPECT_DOUBLE_EQ(json["accuracy"].get<double>(), right / 20.0);
  int inMatrix = 0;
  for (const Json &row : json["confusion"])
    for (const Json &count : row)
      inMatrix += count.get<int>();
  EXPECT_EQ(inMatrix, 20);
  EXPECT_EQ(json["confusion"][2][7], 1);
}

TEST(Dataset, EachInputCostsWhatItsOwnRunCosts) {
  const test::Folder folder;
  const Json json = dataset({"--dataset", test::kDigits});
  const std::string all = readTextFile(test::kDigits + "inputs.bin");
  std::vector<std::uint64_t> slots;
  for (const Json &input : json["inputs"])
    slots.push_back(input["slots"]);
  for (const std::size_t i : {0u, 7u, 19u}) {
    const Json single = Json::parse(
        profile({"--input", folder.file("one.bin", all.substr(64 * i, 64)), "--report", "json"})
            .out);
    EXPECT_EQ(json["inputs"][i]["slots"], single["totals"]["slots"]);
    EXPECT_EQ(json["inputs"][i]["cycles"], single["cycles"]);
  }
  std::sort(slots.begin(), slots.end());
  EXPECT_EQ(json["slots"]["min"], slots.front());
  EXPECT_EQ(json["slots"]["median"], slots[9]);
  EXPECT_EQ(json["slots"]["max"], slots.back());
}

TEST(Dataset, TheOrderOfResultsIsThatOfTheInputsWhateverTheTiming) {
  for (const char *form : {"text", "json", "csv"}) {
    const auto run = [&](const char *jobs) {
      std::string out = profile({"--dataset", test::kDigits, "--report", form, "--jobs", jobs}).out;
      // The command line itself differs.
      for (std::size_t at; (at = out.find(std::string("--jobs ") + jobs)) != out.npos;)
        out.erase(at, 7 + std::strlen(jobs));
      return out;
    };
    EXPECT_EQ(run("1"), run("7")) << form;
  }
}

TEST(Dataset, CsvHasALineForEachInputAndSaysWhereItComesFrom) {
  const test::Folder folder;
  const std::string labels = folder.file("l.txt", "a\nb\nc\nd\ne\nf\ng\nh\ni\nj\n");
  const test::Result result =
      profile({"--dataset", test::kDigits, "--report", "csv", "--labels", labels});
  std::istringstream lines(result.out);
  std::string line;
  std::getline(lines, line);
  EXPECT_THAT(line, testing::StartsWith("index,true_class,answer,right,score,as_expected,slots,"
                                        "cycles,seconds,true_label,answer_label,"));
  EXPECT_THAT(line, HasSubstr(",command,version,model_sha256,machine_sha256,program_sha256"));
  std::size_t count = 0;
  for (; std::getline(lines, line); ++count)
    if (count == 7) {
      EXPECT_THAT(line, testing::StartsWith("7,2,7,false,0.640625,true,"));
    }
  EXPECT_EQ(count, 20u);
  EXPECT_THAT(result.out, HasSubstr(",c,h,"));
}

TEST(Dataset, TextShowsWhatMatters) {
  const test::Result result = profile({"--dataset", test::kDigits});
  EXPECT_EQ(result.status, 0);
  EXPECT_EQ(result.err, "");
  for (const char *part :
       {"Accuracy 95.00 % (19 of 20)", "all 20 outputs are as expected", "Slots ", "median",
        "\n2     .  .  2  .  .  .  .  1  .  .     66.7\n", "input 7: 7 (0.6406) where 2 is true"})
    EXPECT_THAT(result.out, HasSubstr(part));
}

TEST(Dataset, AnOutputThatIsNotAsExpectedIsNamed) {
  const test::Folder folder;
  std::string outputs = readTextFile(test::kDigits + "outputs.bin");
  outputs[10 * 12 + 4] = static_cast<char>(outputs[10 * 12 + 4] + 5);
  outputs[10 * 15] = static_cast<char>(outputs[10 * 15] + 1);
  folder.file("outputs.bin", outputs);
  for (const char *name : {"manifest.json", "inputs.bin"})
    folder.file(name, readTextFile(test::kDigits + name));
  const test::Result result = profile({"--dataset", folder.path(".")});
  EXPECT_EQ(result.status, 1);
  EXPECT_THAT(result.err,
              HasSubstr("error: 2 of 20 outputs differ, first that of input 12 at [0, 4]: "
                        "expected -123, got -128"));
  EXPECT_THAT(result.out, HasSubstr("2 of 20 outputs differ"));
}

TEST(Dataset, OutputsAndClassesMayBeMissing) {
  const test::Folder folder;
  Json said = manifest();
  said.erase("class");
  folder.file("manifest.json", said.dump());
  folder.file("inputs.bin", readTextFile(test::kDigits + "inputs.bin"));
  const Json json = dataset({"--dataset", folder.path(".")});
  EXPECT_EQ(json["accuracy"], nullptr);
  EXPECT_EQ(json["outputs_compared"], 0);
  EXPECT_EQ(json["inputs"][0]["answer"], 6);
}

TEST(Dataset, NpzGivesTheSameAnswers) {
  const test::Folder folder;
  const auto classes = test::arrayOf<std::int64_t>("int64", {3}, {6, 6, 2});
  const Json whole = dataset({"--dataset", test::kDigits});
  for (const bool deflated : {true, false}) {
    const std::string npz =
        folder.file("d.npz", test::npzFile({{"x", digits(3)}, {"y", classes}}, deflated));
    const Json json = dataset({"--dataset", npz});
    EXPECT_EQ(json["count"], 3);
    EXPECT_EQ(json["right"], 2);
    for (std::size_t i = 0; i < 3; ++i) {
      EXPECT_EQ(json["inputs"][i]["answer"], whole["inputs"][i]["answer"]);
      EXPECT_EQ(json["inputs"][i]["slots"], whole["inputs"][i]["slots"]);
    }
  }
}

TEST(Dataset, NpzOfFloatsOrImagesIsConvertedAndSaysSo) {
  const test::Folder folder;
  const Array tensors = digits(4);
  std::vector<float> reals;
  std::vector<std::uint8_t> pixels;
  for (const std::uint8_t byte : tensors.bytes) {
    const double real = static_cast<std::int8_t>(byte) * 0.007843137718737125;
    reals.push_back(static_cast<float>(real));
    pixels.push_back(static_cast<std::uint8_t>(std::lround((real + 1) * 127.5)));
  }
  const Json direct = dataset({"--dataset", folder.file("t.npz", test::npzFile({{"x", tensors}}))});
  const Json real = dataset(
      {"--dataset",
       folder.file("r.npz",
                   test::npzFile({{"inputs", test::arrayOf("float32", {4, 8, 8}, reals)}}))});
  const Json image = dataset(
      {"--input-as", "image", "--dataset",
       folder.file("i.npz", test::npzFile({{"x", test::arrayOf("uint8", {4, 8, 8, 1}, pixels)}}))});
  EXPECT_EQ(direct["conversion"], "as they are");
  EXPECT_THAT(real["conversion"], HasSubstr("real numbers, quantized to int8 with scale 0.0078"));
  EXPECT_THAT(image["conversion"], HasSubstr("images, values 0 to 255 as -1 to 1, quantized"));
  for (std::size_t i = 0; i < 4; ++i) {
    EXPECT_EQ(real["inputs"][i]["score"], direct["inputs"][i]["score"]);
    EXPECT_EQ(image["inputs"][i]["answer"], direct["inputs"][i]["answer"]);
  }
}

TEST(Dataset, ACompiledProgramIsEnough) {
  const test::Folder folder;
  const std::string program = folder.path("digits.xe");
  ASSERT_EQ(test::xs3({"compile", test::kDigitsModel, "-o", program}).status, 0);
  EXPECT_EQ(dataset({"--dataset", test::kDigits}, program)["inputs"],
            dataset({"--dataset", test::kDigits})["inputs"]);
}

TEST(Dataset, ARunOverTheLimitNamesItsInput) {
  const test::Result result = profile({"--dataset", test::kDigits, "--max-cycles", "1000"});
  EXPECT_EQ(result.status, 124);
  EXPECT_EQ(result.out, "");
  EXPECT_THAT(result.err, HasSubstr("on input 0: "));
}

TEST(Dataset, AStopKeepsWhatIsDone) {
  const sim::MachineDescription machine = sim::loadMachine();
  ProfileRequest request;
  request.path = test::kDigitsModel;
  const Subject subject = prepareSubject(request, machine);
  DatasetSource source(test::kDigits, {subject.note->inputs[0], subject.note->outputs[0], 10, {}});
  std::atomic<bool> stop = false;
  profile::DatasetReport report;
  report.count = source.count();
  runEveryInput({subject, request.path, machine, 1, ~Cycles{0}, 0, stop,
                 [&](std::size_t done, std::size_t) { stop = done == 3; }},
                source, report);
  EXPECT_EQ(report.entries.size(), 3u);
  EXPECT_FALSE(report.isComplete());
  EXPECT_THAT(profile::formatDataset(report, profile::ReportFormat::Text),
              HasSubstr("stopped after 3 of 20 inputs"));
}

TEST(Dataset, AStopEndsARunOnItsWay) {
  const sim::MachineDescription machine = sim::loadMachine();
  ProfileRequest request;
  request.path = test::kDigitsModel;
  const Subject subject = prepareSubject(request, machine);
  sim::HostServices services{sim::ServicePermissions{}};
  const std::atomic<bool> stop = true;
  profile::RunSettings settings;
  settings.stop = &stop;
  settings.packetsBetweenLooks = 1000;
  const auto run = profile::runProfiled(subject.program, machine, {}, {}, {}, settings, services);
  EXPECT_EQ(run.regions.outcome.kind, sim::Outcome::Kind::Limit);
  EXPECT_EQ(run.regions.outside.sum().packets, 1000u);
}

TEST(Dataset, LooksForAStopChangeNoResult) {
  const sim::MachineDescription machine = sim::loadMachine();
  ProfileRequest request;
  request.path = test::kDigitsModel;
  const Subject subject = prepareSubject(request, machine);
  const auto run = [&](Slots packetsBetweenLooks) {
    sim::HostServices services{sim::ServicePermissions{}};
    const std::atomic<bool> stop = false;
    profile::RunSettings settings;
    settings.stop = &stop;
    settings.packetsBetweenLooks = packetsBetweenLooks;
    return profile::runProfiled(subject.program, machine, {}, {}, {}, settings, services);
  };
  const auto whole = run(1'000'000'000), pieces = run(777);
  EXPECT_EQ(pieces.regions.outcome.kind, sim::Outcome::Kind::Exit);
  EXPECT_EQ(pieces.regions.outside.cycles, whole.regions.outside.cycles);
  EXPECT_EQ(pieces.regions.outside.sum().slots(), whole.regions.outside.sum().slots());
  EXPECT_EQ(pieces.regions.outside.sum().waitCycles(), whole.regions.outside.sum().waitCycles());
}

TEST(InterruptFlag, CtrlCIsOnlyAQuestion) {
  InterruptFlag flag;
  EXPECT_FALSE(flag.requested());
  std::raise(SIGINT);
  EXPECT_TRUE(flag.requested());
}

TEST(Progress, OneLineFromHalfASecondOnAndGoneAtTheEnd) {
  using std::chrono::milliseconds;
  std::ostringstream err;
  Console console(err, false, true);
  {
    const Progress::Clock::time_point start{};
    Progress progress(console, start);
    progress.update(1, 1040, "", start + milliseconds(499));
    EXPECT_EQ(err.str(), "");
    progress.update(10, 1040, ", 90.0 % right", start + milliseconds(500));
    EXPECT_EQ(err.str(), "\r\033[K10 of 1,040, 90.0 % right, 52 s left");
    progress.update(11, 1040, "", start + milliseconds(599));
    EXPECT_THAT(err.str(), testing::Not(HasSubstr("11 of")));
  }
  EXPECT_THAT(err.str(), testing::EndsWith("left\r\033[K"));
}

TEST(Progress, NothingIntoAPipeOrWhenQuiet) {
  const Progress::Clock::time_point start{};
  for (const bool terminal : {false, true}) {
    std::ostringstream err;
    Console console(err, false, terminal);
    console.setVerbosity(terminal ? Console::Verbosity::Quiet : Console::Verbosity::Normal);
    Progress(console, start).update(1, 2, "", start + std::chrono::hours(1));
    EXPECT_EQ(err.str(), "");
  }
}

} // namespace
} // namespace xs3::cli
