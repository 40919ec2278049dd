// Line by line, in portions, so that a long input costs little memory.
#include "sim/cli/lines.h"

#include <iostream>

namespace xs3::cli {

namespace {
constexpr std::size_t kPortion = 50'000;
}

int forLines(const std::vector<std::string> &texts, Invocation &invocation,
             const std::function<std::vector<Line>(std::span<const std::string>)> &answer) {
  int status = 0;
  const auto print = [&](std::span<const std::string> lines) {
    for (const Line &line : answer(lines)) {
      invocation.out << (line.good ? "" : "error: ") << line.text << '\n';
      status = line.good ? status : 1;
    }
  };
  for (const std::string &text : texts) {
    if (text != "-") {
      print({&text, 1});
      continue;
    }
    std::vector<std::string> lines;
    for (std::string line; std::getline(std::cin, line);) {
      if (line.ends_with('\r'))
        line.pop_back();
      lines.push_back(std::move(line));
      if (lines.size() == kPortion) {
        print(lines);
        lines.clear();
      }
    }
    print(lines);
  }
  return status;
}

} // namespace xs3::cli
