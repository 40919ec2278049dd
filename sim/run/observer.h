// What observers see. They cannot change the machine, and cost nothing when there are none.
#pragma once

#include "base/types.h"
#include "sim/state/thread.h"
#include "sim/state/trap.h"

#include <cstdint>

namespace xs3::sim {

struct DecodedPacket;
class Machine;

/// One packet that was issued. Valid only during the call.
struct Event {
  Cycles cycle = 0; ///< Clock of its issue; the FNOPs and stalls before it are `fnops` and
                    ///< `stallSlots` slots earlier.
  unsigned tile = 0;
  const Thread *thread = nullptr; ///< After the packet.
  Address pc = 0;
  const DecodedPacket *packet = nullptr;
  std::uint32_t fnops = 0;
  std::uint32_t stallSlots = 0;
  /// The packet did not complete but waits. It is told of once more when it is issued again; one
  /// that is granted what it waited for completes untold.
  bool waits = false;
  Address accessAddress = 0; ///< Of a load or store, when accessBytes is not 0.
  std::uint8_t accessBytes = 0;
  bool branchTaken = false;
  Trap trap;
};

class Observer {
public:
  virtual ~Observer() = default;

  /// Whether onIssue is wanted for every packet; else only onWatch is called.
  virtual bool wantsEveryPacket() const { return false; }

  /// After each packet, when wanted.
  virtual void onIssue(const Machine &, const Event &) {}

  /// When a thread's pc reaches a watched address (Machine::watch), before the FNOPs of that packet
  /// are charged.
  virtual void onWatch(const Machine &, unsigned /*tile*/, unsigned /*thread*/, Address /*pc*/) {}
};

} // namespace xs3::sim
