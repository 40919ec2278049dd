// When a thread's packets issue and how long they hold the thread: fetch, the shared divider,
// what-if wait states. It sees thread numbers, cost classes and effects, never a register value.
//
// A thread's turn comes when the schedule picks it. Per turn the caller asks, in this order:
//   stalled(thread, cycle)           the slot passes with nothing
//   needsFetch(thread, pc, size, n)  the slot was an FNOP
// and else issues the packet and tells issued(...).
#pragma once

#include "sim/timing/fetch.h"

#include <algorithm>
#include <array>

namespace xs3::sim {

/// What an issued packet was to the memory and the units.
struct IssuedPacket {
  Address pc;
  std::uint32_t size; ///< Bytes.
  isa::Port port;     ///< Free, Data, Branch or LoadedBranch.
  isa::Cost cost;
  bool branchTaken;
  Address nextPc;
};

/// The timing of one tile's threads.
class Timing {
public:
  explicit Timing(const Cost &cost, ExternalWindow external = {})
      : rules_(cost, external), cost_(cost) {}

  /// Whether the thread must let its slot at `cycle` pass: the divider works for it, or memory
  /// waits.
  bool stalled(unsigned thread, Cycles cycle) {
    Hold &hold = holds_[thread];
    if (!hold.active) [[likely]]
      return false;
    if (hold.slots > 0) {
      --hold.slots;
      return true;
    }
    if (cycle < hold.until)
      return true;
    hold.active = false;
    return false;
  }

  /// Whether the packet at `pc` is not in the buffer: then this slot has fetched the next line.
  bool needsFetch(unsigned thread, Address pc, std::uint32_t size, std::uint64_t &lines) {
    InstructionBuffer &buffer = buffers_[thread];
    if (buffer.ready(rules_, pc, size, lines)) [[likely]]
      return false;
    buffer.fetchLine(rules_, pc, lines);
    hold(thread, cost_.sramWait);
    return true;
  }

  /// A packet issued at `cycle` and completed.
  void issued(unsigned thread, Cycles cycle, const IssuedPacket &packet, std::uint64_t &lines) {
    const bool waitedForTarget = buffers_[thread].issued(
        rules_, packet.pc, packet.size, packet.port, packet.branchTaken, packet.nextPc, lines);
    if (cost_.sramWait != 0) [[unlikely]]
      hold(thread, cost_.sramWait * ((accessesData(packet) ? 1U : 0U) + (waitedForTarget ? 1 : 0)));
    if (packet.cost != isa::Cost::Single) [[unlikely]]
      occupyUnit(thread, cycle, packet.cost);
  }

  /// Where in external memory the thread has fetched lines, with which it must be made to wait.
  std::span<const Address> wantedLines(unsigned thread) const { return buffers_[thread].wanted(); }
  void forgetWantedLines(unsigned thread) { buffers_[thread].forgetWanted(); }

  /// The thread starts at `pc`, or a host service has sent it there.
  void entered(unsigned thread, Address pc) { buffers_[thread].enter(rules_, pc); }

  /// The packet that issued has trapped; its slot is the first of the entry's.
  void trapped(unsigned thread, Address handler, std::uint64_t &lines) {
    buffers_[thread].enter(rules_, handler);
    lines += rules_.external.holds(handler) ? 0 : 1;
    hold(thread, cost_.trapEntrySlots - 1);
  }

  /// Clocks that a divide occupies the unit for.
  std::uint32_t divideClocks() const { return cost_.divideLength; }

  std::uint32_t lineBytes() const { return rules_.lineBytes; }

private:
  /// Why a thread lets slots pass: so many slots, then until a clock.
  struct Hold {
    bool active = false;
    std::uint32_t slots = 0;
    Cycles until = 0;
  };

  static bool accessesData(const IssuedPacket &packet) {
    return packet.port == isa::Port::Data || packet.port == isa::Port::LoadedBranch;
  }

  void hold(unsigned thread, std::uint32_t slots) {
    holds_[thread].slots += slots;
    holds_[thread].active |= slots != 0;
  }

  void occupyUnit(unsigned thread, Cycles cycle, isa::Cost cost) {
    if (cost == isa::Cost::StateAccess) {
      holdUntil(thread, cycle + cost_.stateAccessClocks);
    } else if (cost_.divideUnit == DivideUnit::Slots) {
      hold(thread, cost_.divideLength - 1);
    } else {
      // First come, first served: the unit begins when it has finished all earlier divides.
      dividerFree_ = std::max(dividerFree_, cycle) + cost_.divideLength;
      holdUntil(thread, dividerFree_);
    }
  }

  void holdUntil(unsigned thread, Cycles cycle) {
    holds_[thread].until = cycle;
    holds_[thread].active = true;
  }

  FetchRules rules_;
  Cost cost_;
  Cycles dividerFree_ = 0;
  std::array<InstructionBuffer, 8> buffers_{};
  std::array<Hold, 8> holds_{};
};

} // namespace xs3::sim
