// Verbs that answer line by line: arguments, or lines of standard input for "-".
#pragma once

#include "sim/cli/verb.h"

#include <functional>

namespace xs3::cli {

/// A line's answer: the result, or the sentence that says why there is none.
struct Line {
  std::string text;
  bool good = true;
};

/// Answers each text in order with one line, "error: ..." where there is no result. Returns the
/// exit status: 1 when any line had none.
int forLines(const std::vector<std::string> &texts, Invocation &invocation,
             const std::function<std::vector<Line>(std::span<const std::string>)> &answer);

} // namespace xs3::cli
