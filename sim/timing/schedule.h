// Which thread of a tile has its turn at a clock (docs/timing.md, clocks and threads): a thread at
// most every pipeline.depth clocks, high priority first, round robin by thread number.
#pragma once

#include "base/types.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>

namespace xs3::sim {

/// The ready list of one tile. Invariant: bits of `high_` may be set for threads that do not run.
class Schedule {
public:
  static constexpr unsigned kNobody = 8;

  explicit Schedule(std::uint32_t depth) : depth_(depth) {}

  void setRunning(unsigned thread, bool running) { setBit(running_, thread, running); }
  void setHighPriority(unsigned thread, bool high) { setBit(high_, thread, high); }

  bool empty() const { return running_ == 0; }
  /// The one running thread, or kNobody when there are none or several.
  unsigned onlyThread() const {
    return std::has_single_bit(running_) ? static_cast<unsigned>(std::countr_zero(running_))
                                         : kNobody;
  }

  /// The thread, which runs, has no turn before `cycle`: it waits for a moment that is known. The
  /// clock jumps there when no other thread has anything to do (nextTurn).
  void sleepUntil(unsigned thread, Cycles cycle) {
    readyAt_[thread] = std::max(readyAt_[thread], cycle);
  }

  /// The earliest clock from `cycle` on at which some thread can have a turn. Not to be asked when
  /// empty.
  Cycles nextTurn(Cycles cycle) const {
    Cycles earliest = ~Cycles{0};
    for (std::uint8_t left = running_; left != 0; left &= static_cast<std::uint8_t>(left - 1)) {
      const Cycles ready = readyAt_[static_cast<unsigned>(std::countr_zero(left))];
      if (ready <= cycle)
        return cycle;
      earliest = std::min(earliest, ready);
    }
    return earliest;
  }

  /// The first clock at which this thread can have a turn.
  Cycles readyAt(unsigned thread) const { return readyAt_[thread]; }

  /// The thread whose turn it is at `cycle`, or kNobody.
  unsigned pick(Cycles cycle) const {
    const unsigned urgent = next(running_ & high_, lastHigh_, cycle);
    return urgent != kNobody
               ? urgent
               : next(running_ & static_cast<std::uint8_t>(~high_), lastNormal_, cycle);
  }

  /// The thread used the slot at `cycle`.
  void used(unsigned thread, Cycles cycle) {
    readyAt_[thread] = std::max(readyAt_[thread], cycle + depth_);
    ((high_ >> thread & 1) != 0 ? lastHigh_ : lastNormal_) = static_cast<std::uint8_t>(thread);
  }

private:
  static void setBit(std::uint8_t &mask, unsigned thread, bool on) {
    const auto bit = static_cast<std::uint8_t>(1U << thread);
    mask = static_cast<std::uint8_t>(on ? mask | bit : mask & ~bit);
  }

  /// The first thread of `mask` after `last` in the circle whose pipeline is free.
  unsigned next(int mask, std::uint8_t last, Cycles cycle) const {
    const auto all = static_cast<std::uint8_t>(mask);
    const auto later = static_cast<std::uint8_t>(all & ~((2U << last) - 1));
    const unsigned found = firstReady(later, cycle);
    return found != kNobody ? found : firstReady(all & static_cast<std::uint8_t>(~later), cycle);
  }

  unsigned firstReady(int mask, Cycles cycle) const {
    for (auto left = static_cast<std::uint8_t>(mask); left != 0;
         left &= static_cast<std::uint8_t>(left - 1)) {
      const auto thread = static_cast<unsigned>(std::countr_zero(left));
      if (readyAt_[thread] <= cycle)
        return thread;
    }
    return kNobody;
  }

  std::uint32_t depth_;
  std::uint8_t running_ = 0, high_ = 0;
  std::uint8_t lastHigh_ = 7, lastNormal_ = 7;
  std::array<Cycles, 8> readyAt_{};
};

} // namespace xs3::sim
