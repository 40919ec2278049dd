// Sequences of packets that are nothing but their use of the memory port, to try the fetch rules
// without a processor: m = data access, n = free, b = branch, r = a branch that loads its target.
#pragma once

#include "sim/timing/timing.h"

#include <string>
#include <string_view>

namespace xs3::sim::test {

/// What a stretch of code cost.
struct Spent {
  Slots packets = 0, fnops = 0, stalls = 0;
  std::uint64_t lines = 0;

  Slots slots() const { return packets + fnops + stalls; }
};

/// A thread that issues packets at pc after pc.
class Walker {
public:
  Walker(const Cost &cost, Address start) : timing_(cost), pc_(start) { timing_.entered(0, start); }

  Address pc() const { return pc_; }
  const Spent &spent() const { return spent_; }

  void issue(char kind, std::uint32_t size, bool taken = false, Address target = 0,
             isa::Cost cost = isa::Cost::Single) {
    while (timing_.stalled(0, clock()))
      ++spent_.stalls;
    while (timing_.needsFetch(0, pc_, size, spent_.lines)) {
      ++spent_.fnops;
      while (timing_.stalled(0, clock()))
        ++spent_.stalls;
    }
    const Address next = taken ? target : pc_ + size;
    timing_.issued(0, clock(), {pc_, size, port(kind), cost, taken, next}, spent_.lines);
    ++spent_.packets;
    pc_ = next;
  }

  /// Issues a text of m, n and b, where a branch is not taken, in packets of 4 bytes.
  void walk(std::string_view kinds) {
    for (const char kind : kinds)
      issue(kind, 4);
  }

  /// Walks a loop whose last packet branches back to `head` `times` - 1 times, then falls through.
  void loop(std::string_view kinds, unsigned times) {
    const Address head = pc_;
    for (unsigned i = 0; i < times; ++i) {
      walk(kinds.substr(0, kinds.size() - 1));
      issue(kinds.back(), 4, i + 1 < times, head);
    }
  }

private:
  Cycles clock() const { return 5 * spent_.slots(); }
  static isa::Port port(char kind) {
    switch (kind) {
    case 'm':
      return isa::Port::Data;
    case 'b':
      return isa::Port::Branch;
    case 'r':
      return isa::Port::LoadedBranch;
    default:
      return isa::Port::Free;
    }
  }

  Timing timing_;
  Address pc_;
  Spent spent_;
};

/// The default machine's cost.
inline const Cost &defaultCost() {
  static const Cost cost = loadMachine().cost;
  return cost;
}

} // namespace xs3::sim::test
