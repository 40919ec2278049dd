// xs3 run and xs3 machine: memory in and out, exit statuses, statistics, bad input.
#include "tests/cli/cli_run.h"

#include "sim/cli/npy.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <fstream>
#include <sstream>

namespace xs3::cli::test {
namespace {

using testing::HasSubstr;

std::string content(const std::string &path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

/// Assembles and links `main` (dual issue, called by the run-time) and returns the program's path.
std::string build(const Folder &folder, const std::string &body) {
  const std::string source = folder.file(
      "program.S", "  .text\n  .issue_mode dual\n  .globl main\n  .align 16\nmain:\n" + body);
  const std::string object = folder.path("program.o"), program = folder.path("program.xe");
  const Result assembled = xs3({"asm", source, "-o", object});
  EXPECT_EQ(assembled.status, 0) << assembled.err;
  const Result linked = xs3({"link", object, "-o", program});
  EXPECT_EQ(linked.status, 0) << linked.err;
  return program;
}

const std::string kReturns7 = "  dualentsp 0\n  ldc r0, 7\n  retsp 0\n";

/// Adds 1 to each of the four words at `values` and returns the first.
const std::string kIncrements = R"(  dualentsp 0
  ldaw r11, cp[0]
  ldw r3, cp[place]
  ldc r2, 4
  { mov r1, r3 ; nop }
again:
  ldw r0, r1[0]
  add r0, r0, 1
  { sub r2, r2, 1 ; stw r0, r1[0] }
  { add r1, r1, 4 ; bt r2, again }
  ldw r0, r3[0]
  retsp 0
  .section .cp.rodata, "ac", @progbits
  .align 4
place: .word values
  .section .dp.data, "awd", @progbits
  .globl values
  .align 4
values: .word 1, 2, 3, 4
  .size values, 16
)";

TEST(Run, EndsWithTheProgramsStatus) {
  Folder folder;
  EXPECT_EQ(xs3({"run", build(folder, kReturns7)}).status, 7);
}

TEST(Run, LoadsBeforeAndDumpsAfter) {
  Folder folder;
  const std::string program = build(folder, kIncrements);
  const std::string words = folder.file("in.bin", std::string("\x0a\0\0\0\x14\0\0\0", 8));
  const std::string whole = folder.path("whole.bin"), part = folder.path("part.bin");
  const Result result = xs3({"run", program, "--load", "values+4=" + words, "--dump",
                             "values=" + whole, "--dump", "values+4:4=" + part});
  EXPECT_EQ(result.status, 2) << result.err;
  EXPECT_EQ(content(whole), std::string("\x02\0\0\0\x0b\0\0\0\x15\0\0\0\x05\0\0\0", 16));
  EXPECT_EQ(content(part), std::string("\x0b\0\0\0", 4));
}

TEST(Run, RefusesPlacesThatAreNone) {
  Folder folder;
  const std::string program = build(folder, kIncrements);
  const std::string large = folder.file("large.bin", std::string(17, 'x'));
  const auto refusal = [&](const std::string &option, const std::string &place) {
    const Result result = xs3({"run", program, option, place});
    EXPECT_THAT(result.status, testing::AnyOf(1, 2)) << place;
    return result.err;
  };
  EXPECT_THAT(refusal("--load", "nothing=" + large), HasSubstr("no symbol 'nothing'"));
  EXPECT_THAT(refusal("--load", "values=" + large), HasSubstr("17 bytes do not fit 'values'"));
  EXPECT_THAT(refusal("--load", "values"), HasSubstr("PLACE=FILE"));
  EXPECT_THAT(refusal("--load", "values=" + folder.path("none")), HasSubstr("No such file"));
  EXPECT_THAT(refusal("--load", "0x10=" + large), HasSubstr("outside the memory"));
  EXPECT_THAT(refusal("--dump", "0x80000=x"), HasSubstr("the size is not known"));
  EXPECT_THAT(refusal("--dump", "values:4294967295=x"), HasSubstr("outside the memory"));
  EXPECT_THAT(refusal("--dump", "values:many=x"), HasSubstr("number of bytes"));
}

TEST(Run, LimitsEndWith124) {
  Folder folder;
  const std::string program = build(folder, "  dualentsp 0\nhere:\n  bu here\n");
  const Result cycles = xs3({"run", program, "--max-cycles", "10000"});
  EXPECT_EQ(cycles.status, 124);
  EXPECT_THAT(cycles.err, HasSubstr("the limit of cycles was reached"));
  EXPECT_THAT(cycles.err, HasSubstr("here"));
  EXPECT_EQ(xs3({"run", program, "--max-packets", "1000"}).status, 124);
}

TEST(Run, TrapsEndWith132AndAReport) {
  Folder folder;
  const std::string program =
      build(folder, "  dualentsp 0\n  ldc r1, 3\nwrong:\n  stw r0, r1[0]\n  retsp 0\n");
  const Result result = xs3({"run", program});
  EXPECT_EQ(result.status, 132);
  EXPECT_THAT(result.err, HasSubstr("the program stored to 0x00000003"));
  EXPECT_THAT(result.err, HasSubstr("at wrong (0x"));
  EXPECT_THAT(result.err, HasSubstr("registers"));
  EXPECT_THAT(result.err, HasSubstr("stw r0, r1[0]"));
  EXPECT_EQ(result.out, "");
}

TEST(Run, UnspecifiedBehaviourEndsWith133) {
  Folder folder;
  const std::string program =
      build(folder, "  dualentsp 0\n  ldc r11, 512\n  vsetc r11\n  vcmr\n  retsp 0\n");
  const Result result = xs3({"run", program});
  EXPECT_EQ(result.status, 133);
  EXPECT_THAT(result.err, HasSubstr("unspecified: "));
}

TEST(Run, RawImagesStartAtTheirFirstByte) {
  // bu to itself, in single issue.
  Folder folder;
  const std::string image = folder.file("image.bin", std::string("\x01\x77", 2));
  const Result result = xs3({"run", "--raw", "--base", "0x81000", image, "--max-cycles", "50"});
  EXPECT_EQ(result.status, 124) << result.err;
  EXPECT_THAT(result.err, HasSubstr("0x00081000"));
  EXPECT_EQ(xs3({"run", "--raw", "--base", "0x10", image}).status, 1);
  EXPECT_EQ(xs3({"run", "--base", "0x81000", image}).status, 2) << "--base without --raw";
  EXPECT_EQ(xs3({"run", "--raw", folder.file("empty", "")}).status, 1);
}

TEST(Run, FilesThatAreNoProgramsAreRefused) {
  Folder folder;
  for (const std::string &path :
       {folder.path("none.xe"), folder.file("empty.xe", ""), folder.file("a.png", "\x89PNG\r\n"),
        folder.file("cut.xe", "XMOS")}) {
    const Result result = xs3({"run", path});
    EXPECT_EQ(result.status, 1) << path;
    EXPECT_THAT(result.err, HasSubstr("error: ")) << path;
  }
}

TEST(Run, StatsSayWhatTheRunCost) {
  Folder folder;
  const std::string program = build(folder, kReturns7);
  const std::string stats = folder.path("stats.json");
  xs3({"run", program, "--stats", stats, "--region", "work=main", "--set",
       "cost.clock_hz=800000000"});
  const auto json = nlohmann::json::parse(content(stats));
  EXPECT_EQ(json["schema"], "xs3.run/1");
  EXPECT_EQ(json["clock_hz"], 800'000'000);
  EXPECT_EQ(json["exit"]["kind"], "exit");
  EXPECT_EQ(json["exit"]["status"], 7);
  ASSERT_EQ(json["tiles"].size(), 2u);
  const auto &thread = json["tiles"][0]["threads"][0];
  EXPECT_EQ(thread["slots"], thread["packets"].get<long>() + thread["fnops"].get<long>() +
                                 thread["stall_slots"].get<long>());
  EXPECT_GT(json["tiles"][0]["memory"]["sram"]["fetch_bytes"], 0);
  ASSERT_EQ(json["regions"].size(), 1u);
  EXPECT_EQ(json["regions"][0]["name"], "work");
  // From main on a lone thread runs; before it the start-up has run the others once.
  EXPECT_EQ(json["regions"][0]["cycles"], 5 * json["regions"][0]["slots"].get<long>());
  EXPECT_GE(json["regions"][0]["slots"], 3);
  EXPECT_GE(json["cycles"].get<long>(), 5 * thread["slots"].get<long>());
  EXPECT_GT(json["energy_nj"]["typical"], 0.0);
}

TEST(Run, StatsOfATrapNameItsPlace) {
  Folder folder;
  const std::string program =
      build(folder, "  dualentsp 0\n  ldc r1, 3\n  stw r0, r1[0]\n  retsp 0\n");
  const std::string stats = folder.path("stats.json");
  xs3({"run", program, "--stats", stats});
  const auto json = nlohmann::json::parse(content(stats));
  EXPECT_EQ(json["exit"]["kind"], "trap");
  EXPECT_EQ(json["exit"]["type"], 5);
  EXPECT_EQ(json["exit"]["data"], 3);
  EXPECT_THAT(json["exit"]["symbol"].get<std::string>(), HasSubstr("main"));
  EXPECT_EQ(json["exit"]["thread"], 0);
}

TEST(Run, ACompiledNetworkNeedsItsModelNoMore) {
  Folder folder;
  const std::string program = folder.path("digits.xe"), answer = folder.path("answer.bin");
  ASSERT_EQ(xs3({"compile", kDigitsModel, "-o", program}).status, 0);
  const Result result =
      xs3({"run", program, "--load", "input0=" + kDigits + "example.npy", "--dump",
           "output0=" + answer, "--dump", "output0=" + folder.path("answer.npy")});
  EXPECT_EQ(result.status, 0) << result.err;
  const Array array = readArray(folder.path("answer.npy"), "int8", std::vector<std::size_t>{1, 10});
  EXPECT_EQ(std::string(array.bytes.begin(), array.bytes.end()), content(answer));
  const std::string wrong = folder.file("wrong.bin", "abc");
  EXPECT_EQ(xs3({"run", program, "--load", "input0=" + wrong}).status, 1) << "wrong input size";
}

TEST(MachineVerb, PrintsValuesWithSourceAndCertainty) {
  const Result result = xs3({"machine", "xu316-big", "--set", "cost.clock_hz=800000000"});
  EXPECT_EQ(result.status, 0) << result.err;
  EXPECT_THAT(result.out, HasSubstr("cost.clock_hz"));
  EXPECT_THAT(result.out, HasSubstr("given by --set"));
  EXPECT_THAT(result.out, HasSubstr("architecture.sram.base          0x80000"));
  EXPECT_THAT(result.out, HasSubstr("What nobody knows"));
  EXPECT_THAT(result.out, HasSubstr("vlmaccr1-32bit"));
}

TEST(MachineVerb, RefusesUnknownKeysAndImpossibleValues) {
  EXPECT_EQ(xs3({"machine", "--set", "cost.speed=3"}).status, 1);
  EXPECT_EQ(xs3({"machine", "--set", "cost.clock_hz=-3"}).status, 1);
  EXPECT_EQ(xs3({"machine", "xu999"}).status, 1);
  Folder folder;
  const Result result = xs3({"machine", folder.file("m.toml", "[cost]\nspeed = 3\n")});
  EXPECT_EQ(result.status, 1);
  EXPECT_THAT(result.err, HasSubstr("m.toml:2:"));
}

const std::string kTwoRegions = R"(  dualentsp 0
  ldc r1, 10
layer.first:
  { sub r1, r1, 1 ; nop }
  bt r1, layer.first
layer.first.end:
  ldc r0, 0
  retsp 0
)";

TEST(RunReport, TextHasARowForEachRegionAndForTheRest) {
  const Folder folder;
  const Result result = xs3({"run", build(folder, kTwoRegions), "--report", "text"});
  EXPECT_EQ(result.status, 0) << result.err;
  for (const char *part : {"program.xe", "xu316, 600 MHz, ", "\nfirst ", "outside layers", "total ",
                           "Made by  xs3 ", "SHA-256  machine "})
    EXPECT_THAT(result.out, HasSubstr(part));
}

TEST(RunReport, JsonIsWhatStatsWritesAndAddsUp) {
  const Folder folder;
  const std::string stats = folder.path("stats.json");
  const Result result = xs3({"run", build(folder, kTwoRegions), "--report", "json", "--stats",
                             stats, "--region", "rest=layer.first.end"});
  EXPECT_EQ(result.out, content(stats));
  const auto json = nlohmann::json::parse(result.out);
  ASSERT_EQ(json["regions"].size(), 2u);
  for (const char *key : {"cycles", "slots", "packets", "instructions", "fnops", "idle_cycles"}) {
    std::uint64_t sum = json["outside"][key];
    for (const auto &row : json["regions"])
      sum += row[key].get<std::uint64_t>();
    EXPECT_EQ(sum, json["totals"][key].get<std::uint64_t>()) << key;
  }
  EXPECT_EQ(json["totals"]["cycles"], json["cycles"]);
  EXPECT_EQ(json["band_known"], true);
  EXPECT_THAT(json["provenance"]["command"].get<std::string>(), HasSubstr("--report json"));
  EXPECT_EQ(json["provenance"]["program_sha256"].get<std::string>().size(), 64u);
}

TEST(RunReport, CsvGoesToAFileAndNamesItsOrigin) {
  const Folder folder;
  const std::string report = folder.path("report.csv");
  const Result result = xs3({"run", build(folder, kTwoRegions), "--report", "csv", "-o", report});
  EXPECT_EQ(result.out, "");
  std::istringstream lines(content(report));
  std::string line;
  std::getline(lines, line);
  EXPECT_THAT(line, testing::EndsWith(",model,machine,clock_hz,threads,non_default_keys,command,"
                                      "version,model_sha256,machine_sha256,program_sha256"));
  std::size_t rows = 0;
  while (std::getline(lines, line))
    ++rows;
  EXPECT_EQ(rows, 3u); // The region, outside, totals.
}

TEST(RunReport, ANetworksProgramHasItsLayers) {
  const Folder folder;
  const std::string program = folder.path("digits.xe");
  ASSERT_EQ(xs3({"compile", kDigitsModel, "-o", program}).status, 0);
  const Result result = xs3({"run", program, "--report", "json"});
  const auto run = nlohmann::json::parse(result.out);
  const auto profiled = nlohmann::json::parse(xs3({"profile", program, "--report", "json"}).out);
  ASSERT_EQ(run["regions"].size(), 10u);
  EXPECT_EQ(run["regions"][2]["macs_binary"], profiled["layers"][2]["macs_binary"]);
  EXPECT_EQ(run["regions"][2]["output_shape"], profiled["layers"][2]["output_shape"]);
  EXPECT_EQ(run["provenance"]["model_sha256"], profiled["provenance"]["model_sha256"]);
  EXPECT_EQ(run["provenance"]["program_sha256"], profiled["provenance"]["program_sha256"]);
}

TEST(RunReport, ARunThatCannotBeDoneAgainHasNoBand) {
  const Folder folder;
  const Result result =
      xs3({"run", build(folder, kTwoRegions), "--report", "text", "--files", folder.path(".")});
  EXPECT_THAT(result.out, HasSubstr("(band not known)"));
}

TEST(RunReport, WrongUse) {
  const Folder folder;
  const std::string program = build(folder, kReturns7);
  EXPECT_EQ(xs3({"run", program, "--report", "xml"}).status, 2);
  EXPECT_THAT(xs3({"run", program, "-o", "x"}).err, HasSubstr("--out is for a report"));
}

} // namespace
} // namespace xs3::cli::test
