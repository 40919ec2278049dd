// The report of a hand-made data set.
#include "sim/profile/dataset.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <sstream>

namespace xs3::profile {
namespace {

using Json = nlohmann::ordered_json;
using testing::HasSubstr;

/// Inputs of that many classes, each answered right but for the first, which is said to be 1.
DatasetReport dataset(std::size_t classes, std::size_t inputs) {
  DatasetReport report;
  report.model = "a.tflite";
  report.machine = sim::loadMachine();
  report.dataset = "folder";
  report.conversion = "as they are";
  report.count = inputs;
  report.classes = classes;
  report.provenance = {"xs3 profile a.tflite --dataset folder", "0.1.0", "aa", "bb", "cc"};
  for (std::size_t i = 0; i < inputs; ++i)
    report.entries.push_back(
        {i, i % classes, i == 0 ? 1 : i % classes, 0.5, 1000 + 10 * (i * 7 % 5), 2000 + i, true});
  return report;
}

std::size_t widestLine(const std::string &text) {
  std::istringstream lines(text);
  std::size_t widest = 0;
  for (std::string line; std::getline(lines, line);)
    widest = std::max(widest, line.size());
  return widest;
}

TEST(DatasetReport, TheSpreadIsOfSortedNumbers) {
  // 1000, 1020, 1040, 1010 and 1030 slots.
  const Spread five = spreadOf(dataset(3, 5).entries, &DatasetEntry::slots);
  EXPECT_EQ(five.least, 1000u);
  EXPECT_EQ(five.median, 1020u);
  EXPECT_EQ(five.most, 1040u);
  const Spread four = spreadOf(dataset(3, 4).entries, &DatasetEntry::slots);
  EXPECT_EQ(four.median, 1010u); // The lower one of 1010 and 1020.
  EXPECT_EQ(spreadOf({}, &DatasetEntry::slots).most, 0u);
}

TEST(DatasetReport, TheMatrixCountsAnswersByTrueClass) {
  EXPECT_EQ(confusion(dataset(3, 5)),
            (std::vector<std::vector<std::size_t>>{{1, 1, 0}, {0, 2, 0}, {0, 0, 1}}));
}

TEST(DatasetReport, JsonHasItsKeys) {
  DatasetReport report = dataset(2, 4);
  report.entries[2].asExpected = false;
  report.mismatch = {2, "[0, 1]", "5", "6"};
  const Json json = Json::parse(formatDataset(report, ReportFormat::Json, {.labels = {"a", "b"}}));
  for (const char *key : {"schema",
                          "model",
                          "machine",
                          "clock_hz",
                          "threads",
                          "dataset",
                          "conversion",
                          "count",
                          "done",
                          "complete",
                          "right",
                          "accuracy",
                          "slots",
                          "cycles",
                          "seconds",
                          "outputs_compared",
                          "outputs_differing",
                          "first_difference",
                          "labels",
                          "confusion",
                          "inputs",
                          "non_default_keys",
                          "provenance"})
    EXPECT_TRUE(json.contains(key)) << key;
  EXPECT_EQ(json["accuracy"], 0.75);
  EXPECT_EQ(json["outputs_differing"], 1);
  EXPECT_EQ(json["first_difference"]["position"], "[0, 1]");
  EXPECT_EQ(json["provenance"]["program_sha256"], "cc");
}

TEST(DatasetReport, AMatrixThatIsTooWideIsLeftToJson) {
  ReportOptions options;
  options.width = 60;
  EXPECT_THAT(formatDataset(dataset(10, 20), ReportFormat::Text, options),
              HasSubstr("Answers (columns)"));
  EXPECT_LE(widestLine(formatDataset(dataset(10, 20), ReportFormat::Text, options)), 60u);
  const std::string text = formatDataset(dataset(25, 50), ReportFormat::Text, options);
  EXPECT_THAT(text, HasSubstr("confusion matrix of 25 classes is too wide"));
  EXPECT_LE(widestLine(text), 80u);
  EXPECT_EQ(Json::parse(formatDataset(dataset(1000, 10), ReportFormat::Json))["confusion"].size(),
            1000u);
}

TEST(DatasetReport, NothingDoneIsNoAccuracy) {
  DatasetReport report = dataset(10, 0);
  report.count = 20;
  EXPECT_THAT(formatDataset(report, ReportFormat::Text), HasSubstr("stopped after 0 of 20 inputs"));
  EXPECT_EQ(Json::parse(formatDataset(report, ReportFormat::Json))["accuracy"], nullptr);
}

} // namespace
} // namespace xs3::profile
