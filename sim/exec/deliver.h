// Entering and leaving trap handlers.
#pragma once

#include "sim/state/thread.h"
#include "sim/state/trap.h"

namespace xs3::sim {

/// A kernel call enters at kep + 64, every other trap at kep (resources.md 7.3).
inline constexpr Address kKernelCallOffset = 64;

/// Takes the thread into its trap handler (resources.md 7.3): ssr, spc and sed are saved (spc = the
/// faulting packet, at which thread.pc still stands), et and ed tell what happened, events and
/// interrupts are off, the issue mode is the one of status bit 9. The caller decides what happens
/// when kep was never set.
void deliver(Thread &thread, const Trap &trap);

} // namespace xs3::sim
