// A program in a process of its own, with what it took.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace xs3::test {

struct MeasuredRun {
  int status = 0;              ///< Exit status; 128 + the signal's number when one ended it.
  std::string out, err;        ///< What it wrote.
  double cpuSeconds = 0;       ///< Of its user and its system's work: no wall-clock time.
  std::uint64_t peakBytes = 0; ///< Its largest resident set; at least this process's own.
};

/// Runs command[0] with the arguments behind it. `mostBytes` limits its address space where it is
/// not 0, so that even memory that is only asked for is refused. Throws std::runtime_error when it
/// cannot be started.
MeasuredRun measured(const std::vector<std::string> &command, std::uint64_t mostBytes);

} // namespace xs3::test
