// Where the tensors and weights of a network lie when they do not all fit into SRAM.
//
// Tensors stay in SRAM as long as they fit. Of the weights, those that are small stay there too,
// and the others lie in external memory and are copied into what is free of the tensors' block for
// the steps that use them (stream.h).
#pragma once

#include "kernels/compiler/lower/plan.h"

#include <cstdint>
#include <vector>

namespace xs3::compiler {

struct MemoryRoom {
  std::uint64_t bytes = 0;  ///< Of SRAM, for tensors, weights and copies together.
  double clocksPerLine = 0; ///< That copying a line from external memory takes.
};

/// How many steps' weights shall fit beside the tensors of an operator at a time.
struct StepsAtATime {
  unsigned computing = 2; ///< For operators that take longer to compute than to copy,
  unsigned copying = 4;   ///< and for the others: a copy goes on while the last one is used.
};

/// For LowerOptions::stepBytes, from a plan whose operators are not cut.
std::vector<std::uint64_t> stepBytesFor(const Plan &plan, const MemoryRoom &room,
                                        const StepsAtATime &steps);

/// Places tensors and weights of a plan that lower() made. Returns the clocks that the network is
/// estimated to take. What fits nowhere else is read where it lies in external memory, which is
/// slow; nothing is refused.
double placeInMemory(const Network &network, Plan &plan, const MemoryRoom &room);

} // namespace xs3::compiler
