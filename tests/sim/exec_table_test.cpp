// The table as a whole: what is executed, what is only decoded, and that text and code agree.
#include "isa/rows.h"
#include "sim/exec/table.h"
#include "tests/sim/exec_bench.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <regex>
#include <set>
#include <sstream>

namespace xs3::sim::test {
namespace {

/// Threads, channels, ports, timers, events and debugging. The number only falls.
constexpr std::size_t kUnimplementedRows = 49;

TEST(Table, CountsWhatIsNotExecutedYet) {
  std::size_t marks = 0;
  for (isa::Opcode opcode = 0; opcode < isa::rows().size(); ++opcode) {
    const bool stops = &semantics(opcode) == &run::unimplemented;
    EXPECT_EQ(stops, isa::rows()[opcode].unimplemented) << isa::rows()[opcode].name;
    marks += stops;
  }
  EXPECT_EQ(marks, kUnimplementedRows);
}
TEST(Table, UnimplementedStopsWhereItStands) {
  const isa::Instruction waiteu = instruction("waiteu");
  Bench m;
  m.effect = execute(predecode({1, {waiteu, {}}}, kCode, false), m.thread, m.tile, 0);
  EXPECT_EQ(m.effect.kind, EffectKind::Unimplemented);
  EXPECT_EQ(m.thread.pc, kCode);
}

TEST(Table, WhatMayStandInLaneZeroHoldsItsWrite) {
  for (isa::Opcode opcode = 0; opcode < isa::rows().size(); ++opcode) {
    const isa::Row &row = isa::rows()[opcode];
    const bool laneZero = row.lane == isa::Lane::Either || row.lane == isa::Lane::Resource;
    if (laneZero && row.mnemonic != "nop") { // a nop in a packet is never run
      EXPECT_NE(semantics(opcode).held, nullptr) << row.name;
    }
  }
}
TEST(Table, ImmediatesAgreeWithTheRows) {
  for (isa::Opcode opcode = 0; opcode < isa::rows().size(); ++opcode) {
    const isa::Row &row = isa::rows()[opcode];
    const run::Resolve resolve = semantics(opcode).resolve;
    if (row.unimplemented)
      continue;
    EXPECT_EQ(resolve == run::Resolve::None, row.immediate == isa::Immediate::None) << row.name;
    EXPECT_EQ(resolve == run::Resolve::Forward, row.immediate == isa::Immediate::Forward)
        << row.name;
    EXPECT_EQ(resolve == run::Resolve::Backward, row.immediate == isa::Immediate::Backward)
        << row.name;
  }
}

std::string textOf(const std::filesystem::path &path) {
  std::ostringstream text;
  text << std::ifstream(path).rdbuf();
  return text.str();
}
/// The first group of every match of `pattern` in the files of a folder.
std::set<std::string> names(const std::string &folder, const std::string &extension,
                            const std::regex &pattern) {
  std::set<std::string> result;
  for (const auto &file : std::filesystem::directory_iterator(XS3_SOURCE_DIR "/" + folder)) {
    if (file.path().extension() != extension)
      continue;
    const std::string text = textOf(file.path());
    for (std::sregex_iterator i(text.begin(), text.end(), pattern), end; i != end; ++i)
      result.insert((*i)[1]);
  }
  return result;
}
TEST(Table, EveryFunctionHasARow) {
  const std::regex function(R"(\n(?:constexpr|inline) [\w<>]+ ([A-Z][A-Z0-9]+)\()");
  const std::regex base(R"(def \w+\s*:\s*F\w+<[^"]*"(\w+)\")");
  const auto functions = names("sim/exec", ".h", function);
  const auto bases = names("isa/description", ".td", base);
  EXPECT_GT(functions.size(), 100u);
  for (const std::string &name : functions)
    EXPECT_TRUE(bases.contains(name)) << name << " has no row in isa/description";
}

TEST(OpenQuestions, HaveNamesAndSentences) {
  std::set<std::string_view> seen;
  for (const OpenQuestion &question : openQuestions()) {
    EXPECT_TRUE(seen.insert(question.name).second) << question.name;
    EXPECT_GT(question.sentence.size(), 20u) << question.name;
  }
  for (auto which = Unspecified{1}; which != Unspecified::Count;
       which = static_cast<Unspecified>(static_cast<int>(which) + 1))
    EXPECT_TRUE(openQuestion(which).stops);
}
TEST(OpenQuestions, CitedInCommentsExist) {
  std::set<std::string> listed;
  for (const OpenQuestion &question : openQuestions())
    listed.emplace(question.name);
  for (const std::string &name :
       names("sim/exec", ".h",
             std::regex(R"rx(open\s+(?:///?\s+)?question(?:\s+//+)?\s+"([\w-]+)")rx")))
    EXPECT_TRUE(listed.contains(name)) << name;
}

} // namespace
} // namespace xs3::sim::test
