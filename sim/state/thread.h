// A hardware thread's architectural state: plain data.
#pragma once

#include "base/register.h"
#include "base/types.h"
#include "sim/state/vector_unit.h"

#include <array>

namespace xs3::sim {

/// Bits of the status register (resources.md section 7.1).
namespace status {
inline constexpr Word kEventsEnabled = 0x001;
inline constexpr Word kInterruptsEnabled = 0x002;
inline constexpr Word kInEnabling = 0x004;
inline constexpr Word kInInterrupt = 0x008;
inline constexpr Word kInKernel = 0x010;
inline constexpr Word kWaiting = 0x040;
inline constexpr Word kFast = 0x080;
inline constexpr Word kDualIssue = 0x100;
inline constexpr Word kKernelDualIssue = 0x200;
inline constexpr Word kHighPriority = 0x400;
} // namespace status

/// What a thread is doing, for the scheduler.
enum class Activity : std::uint8_t {
  Free,      ///< Not allocated.
  Allocated, ///< Allocated, not started.
  Running,   ///< Issues when its turn comes.
  Waiting    ///< Paused on a resource, a synchroniser or an event.
};

/// What a waiting thread waits for.
enum class WaitReason : std::uint8_t {
  None,
  Msync, ///< A master, for the slaves that still run.
  Mjoin,
  Ssync, ///< A slave, for its master and the other slaves.
  Lock,
  External, ///< A line of external memory. The thread counts as running all the while.
  Count
};

/// The state of a thread that waits. Some instructions are issued again when what they wait for
/// has happened; msync, mjoin, ssync and the `in` of a lock complete then without another slot:
/// those are granted, and their packet finds the grant when it is executed once more.
struct Wait {
  WaitReason reason = WaitReason::None;
  bool granted = false; ///< The packet at `pc` completes when it is executed.
  bool moved = false;   ///< init t[]:pc has sent the waiting thread elsewhere.
  Word resource = 0;    ///< The id it waits on; 0 for ssync.
  Address pc = 0;       ///< Of the packet that waits.
};

/// One of the eight threads of a tile. Invariants: `pc` is where the next packet begins; the issue
/// mode is bit 8 of `sr`.
struct Thread {
  std::array<Word, 16> registers{}; ///< r0..r11, cp, dp, sp, lr by Register.
  Address pc = 0;
  Word sr = 0;
  Word spc = 0, ssr = 0, sed = 0; ///< Saved on entry to a trap or interrupt.
  Word et = 0, ed = 0;            ///< Exception type and data (also event data).
  Address kep = 0, ksp = 0;       ///< Kernel entry point and kernel stack pointer.
  VectorUnit vector;
  std::uint8_t id = 0;
  Activity activity = Activity::Free;
  static constexpr std::uint8_t kUnsynchronised = 0xff;
  std::uint8_t synchroniser = kUnsynchronised; ///< Number of the one whose slave this is.
  Wait wait;

  bool isSlave() const { return synchroniser != kUnsynchronised; }
  bool dual() const { return (sr & status::kDualIssue) != 0; }
  Word &operator[](Register r) { return registers[static_cast<std::size_t>(r)]; }
  Word operator[](Register r) const { return registers[static_cast<std::size_t>(r)]; }
};

} // namespace xs3::sim
