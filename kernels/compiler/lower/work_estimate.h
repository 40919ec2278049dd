// How long calls take, roughly: the one place where the compiler guesses time. It decides how a
// call is shared and what is copied when, never what is computed.
#pragma once

#include "kernels/call.h"
#include "kernels/compiler/lower/plan.h"

#include <span>

namespace xs3::compiler {

/// Issue slots that a thread takes for a job: `fixed` for any, `perUnit` for each unit.
struct WorkEstimate {
  double fixed = 0, perUnit = 0;

  double slots(std::uint32_t units) const { return units == 0 ? 0 : fixed + perUnit * units; }
};

/// From the kernel's name and argument block; good to about a fifth for convolutions.
WorkEstimate estimateWork(const KernelCall &call);
WorkEstimate estimateWork(const kernels::PackedCall &call);

/// Clocks until all threads have issued their slots: while n of them are left, each issues every
/// max(n, 5) clocks (isa/timing.md 1.4).
double clocksOf(std::span<const double> slotsOfThreads);

/// The same for a step, its fork and join included.
double estimateClocks(const Layer &layer, const Step &step);

} // namespace xs3::compiler
