// A Network to a Plan.
#pragma once

#include "kernels/compiler/lower/plan.h"

#include <vector>

namespace xs3::compiler {

struct LowerOptions {
  unsigned threads = 1; ///< That compute.
  /// By operator: the most constant bytes of a step, as far as its output channels can be cut;
  /// empty or 0: any number.
  std::vector<std::uint64_t> stepBytes = {};
};

/// Chooses a kernel for every operator, packs its weights and places the tensors, all in SRAM.
/// Throws Error for an operator, or an option of one, that is not supported (kernel_table.h).
Plan lower(const Network &network, const LowerOptions &options);
inline Plan lower(const Network &network, unsigned threads) {
  return lower(network, LowerOptions{threads});
}

/// Places the tensors anew, with at most so many bytes of them in SRAM.
void placeTensors(const Network &network, Plan &plan, std::uint64_t mostBytes);

} // namespace xs3::compiler
