// Compiles a network and runs it on the simulated machine, for tests.
#pragma once

#include "asm/link/program.h"
#include "kernels/compiler/compile.h"
#include "kernels/compiler/import/network.h"
#include "sim/run/machine.h"

#include <string>
#include <vector>

namespace xs3::test {

/// What a run of a compiled network left behind.
struct NetworkRun {
  sim::Outcome outcome;
  std::vector<compiler::Bytes> outputs;
  std::vector<compiler::Bytes> layers; ///< Every layer's result, in the note's order.
  sim::Counters counters;              ///< Of thread 0.
  Slots slots = 0;                     ///< Of all threads.
  Cycles cycles = 0;
};

/// Runs a compiled network on inputs, in the order of the note. Stops after a billion packets.
/// `observer` sees the run when it is given.
NetworkRun runNetwork(const assembler::Program &program, const std::vector<compiler::Bytes> &inputs,
                      const sim::MachineDescription &machine, sim::Observer *observer = nullptr);

/// "exit", "trap load/store at main + 0x12: ...": for messages of tests.
std::string describeOutcome(const sim::Outcome &outcome, const assembler::Program &program);

} // namespace xs3::test
