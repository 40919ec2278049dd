// The instruction buffer of a thread: which slots fetch code, and when a thread must spend a slot
// of its own on it (an FNOP). Rules and evidence: docs/timing.md.
#pragma once

#include "base/types.h"
#include "isa/rows.h"
#include "sim/machines/description.h"

#include <array>
#include <cassert>
#include <cstdint>
#include <span>

namespace xs3::sim {

/// Where external memory lies; no bytes where there is none.
struct ExternalWindow {
  Address base = 0;
  std::uint32_t bytes = 0;

  bool holds(Address address) const { return address - base < bytes; }
};

/// The fetch rules as plain numbers.
struct FetchRules {
  explicit FetchRules(const Cost &cost, ExternalWindow window = {})
      : lineBytes(cost.fetchLineBytes), loopLines(cost.fetchLoopBytes / cost.fetchLineBytes),
        twoPorts(cost.memoryPorts == 2), loadedBranchFnop(cost.fetchLoadedBranchFnop),
        straddleFnop(cost.fetchStraddleFnop), external(window) {}

  std::uint32_t lineBytes; ///< A power of two; the buffer holds two lines.
  std::uint32_t loopLines; ///< What-if: lines that a thread keeps.
  bool twoPorts;           ///< What-if: data accesses leave a port to fetch by.
  bool loadedBranchFnop;   ///< Rule 2.5.
  bool straddleFnop;       ///< Rule 2.6.
  ExternalWindow external;
};

/// The lines that a thread fetched last, first in, first out (what-if key cost.fetch.loop_bytes).
class LoopLines {
public:
  static constexpr std::uint32_t kMost = 64; ///< 1024 bytes in lines of 16.

  bool holds(Address line) const {
    for (std::uint32_t i = 0; i < count_; ++i)
      if (lines_[i] == line)
        return true;
    return false;
  }
  void add(Address line, std::uint32_t capacity) {
    assert(capacity <= kMost);
    if (count_ < capacity) {
      lines_[count_++] = line;
    } else {
      lines_[oldest_] = line;
      oldest_ = (oldest_ + 1) % capacity;
    }
  }

private:
  std::array<Address, kMost> lines_{};
  std::uint32_t count_ = 0, oldest_ = 0;
};

/// One thread's buffer. Lines are aligned; the buffer always ends at the end of a line, or is
/// empty. Lines of SRAM are counted and there at once; those of external memory are `wanted`: who
/// asks the buffer has to make the thread wait for them.
class InstructionBuffer {
public:
  /// Bytes of sequential code at hand.
  std::uint32_t available() const { return available_; }

  /// Control went to `target` without a slot that could have fetched it: a thread's start, a trap,
  /// a host service (rule 2.8).
  void enter(const FetchRules &rules, Address target) {
    available_ = rules.lineBytes - (target & (rules.lineBytes - 1));
    if (rules.external.holds(target)) [[unlikely]]
      want(target);
  }

  /// Addresses in external memory from which on lines were fetched since forgetWanted().
  std::span<const Address> wanted() const { return {wanted_.data(), wantedCount_}; }
  void forgetWanted() { wantedCount_ = 0; }

  /// Whether a packet of `size` bytes at `pc` can issue. When not, the slot is an FNOP: call
  /// fetchLine. Lines that the thread keeps, and without rule 2.6 the line that the packet
  /// straddles, come for nothing; `lines` counts those that are fetched.
  bool ready(const FetchRules &rules, Address pc, std::uint32_t size, std::uint64_t &lines) {
    if (available_ >= size) [[likely]]
      return true;
    if (rules.loopLines != 0)
      takeKeptLines(rules, pc);
    if (available_ < size && available_ > 0 && !rules.straddleFnop)
      fetchLine(rules, pc, lines);
    return available_ >= size;
  }

  /// What an FNOP does.
  void fetchLine(const FetchRules &rules, Address pc, std::uint64_t &lines) {
    const Address next = pc + available_;
    fetched(rules, next, lines);
    available_ += rules.lineBytes - (next & (rules.lineBytes - 1));
  }

  /// After a packet has issued. `port` is what its slot used the memory port for (Free, Data,
  /// Branch or LoadedBranch). Returns whether the thread waited for a branch target's line in this
  /// slot.
  bool issued(const FetchRules &rules, Address pc, std::uint32_t size, isa::Port port, bool taken,
              Address nextPc, std::uint64_t &lines) {
    if (taken)
      return branched(rules, port, nextPc, lines);
    const bool fetches = port == isa::Port::Free || (rules.twoPorts && port == isa::Port::Data);
    if (fetches && available_ <= rules.lineBytes)
      prefetch(rules, pc, lines);
    available_ -= size;
    return false;
  }

private:
  bool branched(const FetchRules &rules, isa::Port port, Address target, std::uint64_t &lines) {
    if (port == isa::Port::LoadedBranch && rules.loadedBranchFnop) {
      available_ = 0;
      return false;
    }
    available_ = rules.lineBytes - (target & (rules.lineBytes - 1));
    if (rules.loopLines != 0 && loop_.holds(lineOf(rules, target)))
      return false;
    fetched(rules, target, lines);
    return true;
  }

  void prefetch(const FetchRules &rules, Address pc, std::uint64_t &lines) {
    if (rules.loopLines != 0) {
      takeKeptLines(rules, pc);
      if (available_ > rules.lineBytes)
        return;
    }
    fetched(rules, pc + available_, lines);
    available_ += rules.lineBytes;
  }

  /// Sequential lines that the thread keeps need no port.
  void takeKeptLines(const FetchRules &rules, Address pc) {
    while (available_ <= rules.lineBytes && loop_.holds(lineOf(rules, pc + available_)))
      available_ += rules.lineBytes - ((pc + available_) & (rules.lineBytes - 1));
  }

  void fetched(const FetchRules &rules, Address address, std::uint64_t &lines) {
    if (rules.external.holds(address)) [[unlikely]]
      want(address);
    else
      ++lines;
    if (rules.loopLines != 0)
      loop_.add(lineOf(rules, address), rules.loopLines);
  }

  void want(Address address) {
    assert(wantedCount_ < wanted_.size());
    wanted_[wantedCount_++] = address;
  }

  static Address lineOf(const FetchRules &rules, Address address) {
    return address & ~(rules.lineBytes - 1);
  }

  std::uint32_t available_ = 0;
  std::uint32_t wantedCount_ = 0;
  /// A slot takes at most a line that a packet straddles and one that it prefetches or branches to.
  std::array<Address, 2> wanted_{};
  LoopLines loop_;
};

} // namespace xs3::sim
