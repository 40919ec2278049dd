// What one packet did besides writing registers and memory.
#pragma once

#include "base/types.h"
#include "sim/exec/unspecified.h"
#include "sim/state/trap.h"

#include <cstdint>

namespace xs3::sim {

/// How a packet ended. Only Next and Branch have changed the machine; with any other kind the
/// packet has written no register and no memory, and the thread's pc still points at it. A packet
/// that pauses has entered the thread where it waits.
enum class EffectKind : std::uint8_t {
  Next,         ///< Goes on with the next packet.
  Branch,       ///< Transferred control to `nextPc` (also when that is the next packet).
  Trap,         ///< Raised `trap`; deliver() enters the handler.
  Pause,        ///< Waits: thread.wait says for what. Is issued again, or completes when granted.
  External,     ///< Wants the bytes of external memory that the access names, and leave for them
                ///< (ExternalLeave): then it is to be executed again.
  Unspecified,  ///< Nobody knows what the hardware does: `unspecified` names it.
  Unimplemented ///< The row is marked Unimplemented.
};

/// What the packet did with memory. A packet makes at most one data access.
enum class Access : std::uint8_t {
  None,
  Prefetch, ///< Only with EffectKind::External: a packet that prefetched has made no access.
  Read,
  Write,
  MaskedWrite ///< vstrpv: `accessBytes` are the bytes whose mask bit is set, none perhaps.
};

/// The answer of execute(); plain data, no allocation. `nextPc` counts only when the packet
/// completed, the access then and when it wants external memory.
struct Effect {
  EffectKind kind = EffectKind::Next;
  Access access = Access::None;
  std::uint8_t accessBytes = 0; ///< 1, 2, 4, 8 or 32; 0..32 for a masked write.
  Unspecified unspecified = Unspecified::None;
  /// Threads of the tile that started, stopped or were released, this one included: one bit each.
  std::uint8_t changedThreads = 0;
  bool external = false;     ///< The access was to external memory.
  Address accessAddress = 0; ///< Lowest address of the access; a masked write's mask bit 0.
  Address nextPc = 0;        ///< Where the thread goes on (Next and Branch).
  Trap trap;                 ///< Kind Trap only.

  bool branchTaken() const { return kind == EffectKind::Branch; }
  /// Whether the packet took effect.
  bool completed() const { return kind <= EffectKind::Branch; }
};

} // namespace xs3::sim
