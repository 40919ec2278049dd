// Who may include whom: the arrows of docs/house.md, held against every include of the repository.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <string>
#include <vector>

namespace {

namespace fs = std::filesystem;

/// Module by folder, and what it may include beside itself and base/ (and, through them, what they
/// may).
const std::map<std::string, std::vector<std::string>> kArrows = {
    {"base", {}},
    {"isa", {}},
    {"asm", {"isa"}},
    {"sim/state", {}},
    {"sim/machines", {}},
    {"sim/exec", {"sim/state", "isa"}},
    {"sim/timing", {"sim/state", "isa", "sim/machines"}},
    {"sim/run", {"sim/exec", "sim/timing", "asm"}},
    {"sim/trace", {"sim/run", "sim/machines"}},
    {"sim/profile", {"sim/run", "sim/machines"}},
    {"kernels", {"asm"}},
    {"kernels/compiler", {"kernels", "asm", "sim/machines"}},
    {"sim/cli", {"kernels/compiler", "sim/profile", "sim/trace"}},
    {"tests", {"sim/cli"}},
};

/// Libraries and the only folders that may include their headers.
const std::vector<std::pair<std::regex, std::vector<std::string>>> kLibraries = {
    {std::regex("llvm.*/.*"), {"isa/mc", "asm"}},
    {std::regex("spdlog/.*"), {"sim/cli"}},
    {std::regex("boost/program_options.*"), {"sim/cli"}},
    {std::regex("gtest/.*|gmock/.*"), {"tests"}},
    {std::regex("benchmark/.*"), {"tests"}},
};

std::string moduleOf(const std::string &path) {
  std::string best;
  for (const auto &[module, allowed] : kArrows)
    if (path.starts_with(module + "/") && module.size() > best.size())
      best = module;
  return best;
}

std::set<std::string> reachable(const std::string &module) {
  std::set<std::string> seen = {module, "base"};
  std::vector<std::string> open = {module};
  while (!open.empty()) {
    const std::string current = open.back();
    open.pop_back();
    for (const std::string &next : kArrows.at(current))
      if (seen.insert(next).second)
        open.push_back(next);
  }
  return seen;
}

bool isUnderOneOf(const std::string &path, const std::vector<std::string> &folders) {
  for (const std::string &folder : folders)
    if (path.starts_with(folder + "/"))
      return true;
  return false;
}

std::string faultOf(const std::string &path, const std::string &included, bool quoted) {
  for (const auto &[library, folders] : kLibraries)
    if (std::regex_match(included, library) && !isUnderOneOf(path, folders))
      return "only some folders may include this library";
  const std::string target = moduleOf(included);
  if (quoted && !target.empty() && !reachable(moduleOf(path)).contains(target))
    return "there is no arrow from " + moduleOf(path) + " to " + target;
  return {};
}

TEST(House, EveryIncludeFollowsAnArrow) {
  const std::regex include("^\\s*#\\s*include\\s*([<\"])([^>\"]+)[>\"].*");
  const fs::path root = XS3_SOURCE_DIR;
  std::size_t includes = 0;
  for (const char *folder : {"base", "isa", "asm", "sim", "kernels", "tests"})
    for (const auto &entry : fs::recursive_directory_iterator(root / folder)) {
      const std::string path = entry.path().lexically_relative(root).generic_string();
      if (entry.path().extension() != ".h" && entry.path().extension() != ".cpp")
        continue;
      EXPECT_FALSE(moduleOf(path).empty()) << path << " belongs to no module";
      std::ifstream file(entry.path());
      std::smatch match;
      for (std::string line; std::getline(file, line);)
        if (std::regex_match(line, match, include)) {
          ++includes;
          const std::string fault = faultOf(path, match[2], match[1] == "\"");
          EXPECT_TRUE(fault.empty()) << path << " includes " << match[2] << ": " << fault;
        }
    }
  EXPECT_GT(includes, 100u) << "the sources were not found";
}

TEST(House, AMissingArrowIsFound) {
  EXPECT_FALSE(faultOf("sim/exec/alu.h", "sim/run/machine.h", true).empty());
  EXPECT_FALSE(faultOf("sim/timing/x.h", "sim/exec/alu.h", true).empty());
  EXPECT_FALSE(faultOf("sim/run/x.cpp", "llvm/MC/MCInst.h", false).empty());
  EXPECT_TRUE(faultOf("sim/run/machine.h", "sim/state/thread.h", true).empty());
}

} // namespace
