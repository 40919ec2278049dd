// How far long work is, for a person at a terminal.
#pragma once

#include "sim/cli/console.h"

#include <chrono>
#include <cstddef>
#include <string>

namespace xs3::cli {

/// One line that is written over and over, from half a second on, ten times a second at most. It is
/// gone when this is.
class Progress {
public:
  using Clock = std::chrono::steady_clock;

  explicit Progress(Console &console, Clock::time_point start = Clock::now())
      : console_(console), start_(start) {}
  ~Progress() { console_.progress(""); }
  Progress(const Progress &) = delete;
  Progress &operator=(const Progress &) = delete;

  /// `done` of `all` pieces are done; `more` stands behind them.
  void update(std::size_t done, std::size_t all, const std::string &more,
              Clock::time_point now = Clock::now());

private:
  Console &console_;
  Clock::time_point start_;
  Clock::time_point next_ = start_ + std::chrono::milliseconds(500);
};

} // namespace xs3::cli
