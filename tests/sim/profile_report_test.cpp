// The report of a hand-made profile, held against files; XS3_REWRITE=1 writes them anew.
#include "base/file.h"
#include "sim/profile/answer.h"
#include "sim/profile/number_text.h"
#include "sim/profile/report.h"
#include "sim/profile/table.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <cstdlib>
#include <sstream>

namespace xs3::profile {
namespace {

using Json = nlohmann::ordered_json;
using testing::HasSubstr;

assembler::NetworkLayer layer(std::uint32_t index, const std::string &name,
                              std::vector<std::uint32_t> shape, std::uint64_t binary,
                              std::uint64_t int8) {
  const std::string number = std::to_string(index);
  return {index,    std::string(3 - number.size(), '0') + number + "_" + name,
          name,     std::move(shape),
          "tensor", "int8",
          binary,   int8};
}

Interval interval(std::uint64_t packets, std::uint64_t scale) {
  Interval made;
  sim::Counters &counters = made.threads[0];
  counters.packets = packets;
  counters.dualSecond = packets / 2;
  counters.instructions = packets + packets / 2;
  counters.fnops = packets / 10;
  counters.fetches = packets / 4;
  counters.fetchBytes = packets * 4;
  counters.reads.vector = packets / 3;
  counters.reads.bytes = packets / 3 * 32;
  counters.writes.narrow = packets / 7;
  counters.writes.bytes = packets / 7 * 4;
  made.cycles = (packets + packets / 10) * scale;
  made.idleCycles = made.cycles * 4 / 5;
  return made;
}

RegionRun runAt(std::uint64_t scale) {
  return {{},
          {interval(50'000, scale), interval(4'321, scale), interval(0, scale)},
          interval(1'234, scale)};
}

/// Two layers that work, one that does nothing, an 8x8 picture and ten scores.
Profile smallProfile() {
  Profile made;
  made.model = "small_bnn.tflite";
  made.machine = sim::loadMachine();
  fillRows(made, {{"000_LceBconv2d", 0, 0}, {"001_CONV_2D", 0, 0}, {"002_RESHAPE", 0, 0}},
           {layer(0, "LceBconv2d", {1, 8, 8, 2}, 2'359'296, 0),
            layer(1, "CONV_2D", {1, 8, 8, 32}, 0, 18'432), layer(2, "RESHAPE", {1, 512}, 0, 0)},
           runAt(5), runAt(4), runAt(6));
  made.memoryMap = {12'288, 23'248, 4'096, 1'024, 512, 0};
  std::vector<std::uint8_t> image(64);
  for (std::size_t i = 0; i < image.size(); ++i)
    image[i] = static_cast<std::uint8_t>(i * 2);
  made.inputs.push_back(
      {{"image", "input0", {1, 8, 8, 1}, "int8", 0.0078125, 0}, image, "1a", "six.png: image"});
  std::vector<std::uint8_t> scores(10, 0x80);
  scores[6] = 0x7f;
  scores[2] = 0xa0;
  made.outputs.push_back(
      {{"scores", "output0", {1, 10}, "int8", 1.0 / 256, -128}, scores, "2b", ""});
  made.provenance = {"xs3 profile small_bnn.tflite", "0.1.0", std::string(64, 'a'),
                     std::string(64, 'b'), std::string(64, 'c')};
  return made;
}

void expectFile(const std::string &name, const std::string &text) {
  const std::string path = XS3_SOURCE_DIR "/tests/sim/golden/" + name;
  if (std::getenv("XS3_REWRITE"))
    writeFile(path, std::string_view(text));
  EXPECT_EQ(text, readTextFile(path)) << "XS3_REWRITE=1 writes it anew; read the difference";
}

std::vector<std::string> keysOf(const Json &json) {
  std::vector<std::string> keys;
  for (const auto &[key, value] : json.items())
    keys.push_back(key);
  return keys;
}

std::size_t widestLine(const std::string &text) {
  std::istringstream lines(text);
  std::size_t widest = 0;
  for (std::string line; std::getline(lines, line);)
    widest = std::max(widest, line.size());
  return widest;
}

TEST(Report, TextIsAsReviewed) {
  expectFile("report.txt", formatReport(smallProfile(), ReportFormat::Text));
}
TEST(Report, JsonIsAsReviewed) {
  expectFile("report.json", formatReport(smallProfile(), ReportFormat::Json));
}
TEST(Report, CsvIsAsReviewed) {
  expectFile("report.csv", formatReport(smallProfile(), ReportFormat::Csv));
}

TEST(Report, JsonHasThePublishedKeys) {
  const Json json = Json::parse(formatReport(smallProfile(), ReportFormat::Json));
  EXPECT_EQ(json["schema"], "xs3.profile/1");
  for (const char *key : {"model", "machine", "clock_hz", "threads", "cycles", "seconds", "layers",
                          "outside", "totals", "memory_map", "provenance", "outputs"})
    EXPECT_TRUE(json.contains(key)) << key;
  for (const Json &row : {json["layers"][0], json["outside"], json["totals"]})
    for (const char *key : {"index",           "name",         "operator",
                            "output_shape",    "macs_binary",  "macs_int8",
                            "cycles",          "seconds",      "share",
                            "slots",           "packets",      "instructions",
                            "fnops",           "idle_cycles",  "sync_cycles",
                            "macs_per_slot",   "peak_percent", "cycles_low",
                            "cycles_high",     "memory",       "energy_nj",
                            "max_thread_slots"})
      EXPECT_TRUE(row.contains(key)) << key;
  EXPECT_EQ(keysOf(json["layers"][0]["memory"]["sram"]),
            (std::vector<std::string>{"read_bytes", "write_bytes", "fetch_bytes", "reads", "writes",
                                      "fetches"}));
  EXPECT_EQ(keysOf(json["memory_map"]),
            (std::vector<std::string>{"code_bytes", "weight_bytes", "arena_bytes", "stack_bytes",
                                      "scratch_bytes", "stream_bytes", "external_bytes",
                                      "external_weight_bytes", "free_bytes", "capacity_bytes"}));
  EXPECT_EQ(keysOf(json["provenance"]),
            (std::vector<std::string>{"command", "version", "model_sha256", "machine_sha256",
                                      "program_sha256"}));
  EXPECT_EQ(keysOf(json["outputs"][0]),
            (std::vector<std::string>{"name", "dtype", "shape", "scale", "zero_point", "sha256"}));
}

TEST(Report, RowsAddUpToTheTotals) {
  const Json json = Json::parse(formatReport(smallProfile(), ReportFormat::Json));
  for (const char *key : {"cycles", "slots", "packets", "instructions", "fnops", "idle_cycles",
                          "sync_cycles", "macs_binary", "macs_int8"}) {
    std::uint64_t sum = json["outside"][key];
    for (const Json &row : json["layers"])
      sum += row[key].get<std::uint64_t>();
    EXPECT_EQ(sum, json["totals"][key].get<std::uint64_t>()) << key;
  }
}

TEST(Report, PeakCountsVectorsOf256BitsOr32Bytes) {
  const Profile profile = smallProfile();
  // 2,359,296 / 256 = 9,216 vectors in 55,000 slots.
  EXPECT_NEAR(peakPercent(profile.layers[0]), 100 * 9216.0 / 55000, 1e-9);
  EXPECT_NEAR(macsPerSlot(profile.layers[0]), 2359296.0 / 55000, 1e-9);
  EXPECT_EQ(macsPerSlot(profile.layers[2]), 0);
}

TEST(Report, TheBandHoldsTheTypicalTime) {
  Profile profile = smallProfile();
  fillRows(profile, {}, {}, {{}, {}, interval(100, 5)}, {{}, {}, interval(100, 6)},
           {{}, {}, interval(100, 7)});
  EXPECT_EQ(profile.totals.cycles, 550u);
  EXPECT_EQ(profile.totals.cyclesLow, 550u);
  EXPECT_EQ(profile.totals.cyclesHigh, 770u);
}

TEST(Report, TextFitsTheLineForLargeNetworks) {
  Profile profile = smallProfile();
  std::vector<Region> regions;
  std::vector<assembler::NetworkLayer> layers;
  RegionRun run;
  for (std::uint32_t i = 0; i < 100; ++i) {
    layers.push_back(layer(i, "DEPTHWISE_CONV_2D", {1, 112, 112, 1280}, 0, 1'156'055'040));
    regions.push_back({layers.back().name, 0, 0});
    run.intervals.push_back(interval(123'456'789, 5));
  }
  run.outside = interval(99, 5);
  fillRows(profile, regions, layers, run, run, run);
  profile.threads = 5;
  profile.model = std::string(150, 'm');
  profile.outputs[0].tensor.name = std::string(300, 'n');
  EXPECT_LE(widestLine(formatReport(profile, ReportFormat::Text)), kLineWidth);
}

TEST(Report, TextOfAProgramWithoutNetworkFits) {
  Profile profile;
  profile.model = "program.xe";
  profile.machine = sim::loadMachine();
  const RegionRun run{{}, {}, interval(1'000, 5)};
  fillRows(profile, {}, {}, run, run, run);
  const std::string text = formatReport(profile, ReportFormat::Text);
  EXPECT_THAT(text, HasSubstr("whole program"));
  EXPECT_LE(widestLine(text), kLineWidth);
}

TEST(Report, AThreadThatCopiesWeightsHasNoShareInTheBalance) {
  // given: two threads that computed 100 and 80 slots, and one that copied
  RegionRun run;
  run.outside.cycles = 1000;
  run.outside.threads[0].packets = 100;
  run.outside.threads[1].packets = 80;
  run.outside.threads[1].waits[static_cast<std::size_t>(sim::WaitReason::Ssync)] = 30;
  run.outside.threads[2].packets = 500;
  run.outside.threads[2].waits[static_cast<std::size_t>(sim::WaitReason::Ssync)] = 700;
  Profile profile;
  profile.machine = sim::loadMachine();
  profile.threads = 2;
  profile.copyThreads = 1;
  profile.memoryMap = {
      .codeBytes = 1000, .streamBytes = 24, .externalBytes = 96, .externalWeightBytes = 32};
  // when
  fillRows(profile, {}, {}, run, run, run);
  // then
  EXPECT_EQ(profile.totals.counters.slots(), 680u);
  EXPECT_EQ(profile.totals.computing.slots(), 180u);
  EXPECT_EQ(profile.totals.maxThreadSlots, 100u);
  EXPECT_EQ(profile.totals.slowestThread, 0u);
  EXPECT_EQ(syncCycles(profile.totals), 30u);
  const std::string text = formatReport(profile, ReportFormat::Text);
  EXPECT_THAT(text, HasSubstr("2 threads; one more copies weights"));
  EXPECT_THAT(text, HasSubstr(" 90.0\n"));
  EXPECT_THAT(text, HasSubstr("streams 24, free 523,264 of"));
  EXPECT_THAT(text, HasSubstr("external 96 bytes: weights 32, tensors 64"));
}

TEST(Report, ExternalMemoryHasItsTrafficWhereTheMachineHasIt) {
  Profile profile = smallProfile();
  EXPECT_FALSE(Json::parse(formatReport(profile, ReportFormat::Json))["totals"]["memory"].contains(
      "external"));
  profile.machine = sim::loadMachine("xu316-lpddr");
  sim::Counters &counters = profile.layers[1].counters;
  counters.external.reads.bytes = 64'000;
  counters.external.reads.vector = 2'000;
  counters.external.misses = 1'234;
  counters.external.writebacks = 56;
  counters.waits[static_cast<std::size_t>(sim::WaitReason::External)] = 98'765;
  const Json external =
      Json::parse(formatReport(profile, ReportFormat::Json))["layers"][1]["memory"]["external"];
  EXPECT_EQ(external["read_bytes"], 64'000);
  EXPECT_EQ(external["reads"], 2'000);
  EXPECT_EQ(external["misses"], 1'234);
  EXPECT_EQ(external["writebacks"], 56);
  const std::string text = formatReport(profile, ReportFormat::Text);
  EXPECT_THAT(text, testing::ContainsRegex("\n001_CONV_2D +64,000 +0 +0 +1,234 +0 +56 +98,765\n"));
  EXPECT_THAT(formatReport(profile, ReportFormat::Csv), HasSubstr(",memory_external_misses,"));
}

TEST(Report, PlainTextIsAscii) {
  for (const char c : formatReport(smallProfile(), ReportFormat::Text))
    ASSERT_TRUE(c == '\n' || (c >= ' ' && c <= '~'));
}

TEST(Report, CsvQuotesWhatNeedsIt) {
  Profile profile = smallProfile();
  profile.layers[0].name = "a,\"b\"";
  EXPECT_THAT(formatReport(profile, ReportFormat::Csv), HasSubstr(",\"a,\"\"b\"\"\","));
}

TEST(Answer, ScoresAreDequantizedAndSorted) {
  const auto top = topClasses(smallProfile().outputs[0], 3);
  ASSERT_EQ(top.size(), 3u);
  EXPECT_EQ(top[0].number, 6u);
  EXPECT_DOUBLE_EQ(top[0].score, 255.0 / 256);
  EXPECT_EQ(top[1].number, 2u);
  EXPECT_DOUBLE_EQ(top[1].score, 32.0 / 256);
  EXPECT_EQ(top[2].number, 0u); // of equals the lower number
}

TEST(Answer, LabelsNameTheClasses) {
  const std::vector<std::string> labels = {"a", "b", "c", "d", "e", "f", "golden retriever, young"};
  const std::string text = formatAnswer(smallProfile(), {.labels = labels});
  EXPECT_THAT(text, HasSubstr("Answer: golden retrieve~ (0.9961)"));
}

TEST(Answer, PicturesAreForSmallImagesOfOneChannel) {
  TensorValue image = smallProfile().inputs[0];
  ASSERT_TRUE(picture(image, false));
  EXPECT_EQ(picture(image, false)->size(), 8u);
  EXPECT_EQ(picture(image, false)->front().size(), 16u);
  EXPECT_EQ(picture(image, false)->front().substr(0, 2), "  ");
  EXPECT_EQ(picture(image, false)->back().substr(14), "@@");
  image.tensor.shape = {1, 8, 4, 2};
  EXPECT_FALSE(picture(image, false));
  image.tensor.shape = {1, 33, 8, 1};
  EXPECT_FALSE(picture(image, false));
}

TEST(Answer, AFlatImageHasAPictureToo) {
  TensorValue image = smallProfile().inputs[0];
  std::fill(image.bytes.begin(), image.bytes.end(), std::uint8_t{5});
  EXPECT_EQ(picture(image, false)->front(), std::string(16, ' '));
}

TEST(Answer, WhatIsNoListOfScoresIsDescribed) {
  Profile profile = smallProfile();
  profile.outputs[0].tensor.shape = {2, 5};
  EXPECT_THAT(formatAnswer(profile, {}), HasSubstr("scores: int8 2x5"));
  profile.outputs[0].tensor.shape = {1, 10};
  profile.outputs[0].tensor.dtype = "complex64";
  EXPECT_FALSE(isClassScores(profile.outputs[0]));
}

TEST(NumberText, ReadsAsPeopleWrite) {
  EXPECT_EQ(grouped(0), "0");
  EXPECT_EQ(grouped(999), "999");
  EXPECT_EQ(grouped(1000), "1,000");
  EXPECT_EQ(grouped(~std::uint64_t{0}), "18,446,744,073,709,551,615");
  EXPECT_EQ(fixed(1234567.891, 2), "1,234,567.89");
  EXPECT_EQ(fixed(-1234.5, 1), "-1,234.5");
  EXPECT_EQ(fixed(0.004, 2), "0.00");
  EXPECT_EQ(significant(600, 6), "600");
  EXPECT_EQ(significant(0.0123456, 3), "0.0123");
  EXPECT_EQ(significant(0, 3), "0");
}

TEST(NumberText, UnitsKeepNumbersShort) {
  EXPECT_EQ(timeUnit(0.000'123).name, "us");
  EXPECT_EQ(timeUnit(0.0123).name, "ms");
  EXPECT_EQ(timeUnit(12.3).name, "s");
  EXPECT_EQ(energyUnit(12).name, "nJ");
  EXPECT_EQ(energyUnit(12e4).name, "uJ");
  EXPECT_EQ(energyUnit(12e12).name, "J");
}

TEST(TableText, CutsTheFirstColumnWhenTheLineIsTooShort) {
  Table table({std::string(90, 'n'), "value"}, 1);
  table.add({"x", std::string(30, '9')});
  EXPECT_EQ(widestLine(table.text()), kLineWidth);
  EXPECT_THAT(table.text(), HasSubstr("n~ "));
}

} // namespace
} // namespace xs3::profile
