// Ctrl-C as a question that work asks now and then.
#pragma once

#include <atomic>

namespace xs3::cli {

/// While it lives, the first Ctrl-C (SIGINT) only sets a flag; a second one ends the process. One
/// at a time.
class InterruptFlag {
public:
  InterruptFlag();
  ~InterruptFlag();
  InterruptFlag(const InterruptFlag &) = delete;
  InterruptFlag &operator=(const InterruptFlag &) = delete;

  const std::atomic<bool> &requested() const;
};

} // namespace xs3::cli
