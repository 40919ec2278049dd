#include "tests/kernels/network_run.h"

#include "asm/link/network_note.h"
#include "sim/profile/tensor_capture.h"
#include "sim/run/services.h"

#include <algorithm>
#include <stdexcept>

namespace xs3::test {
namespace {

Address addressOf(const assembler::Program &program, const std::string &symbol) {
  const assembler::Symbol *found = program.find(symbol);
  if (!found)
    throw std::runtime_error("no symbol " + symbol);
  return found->value;
}

} // namespace

NetworkRun runNetwork(const assembler::Program &program, const std::vector<compiler::Bytes> &inputs,
                      const sim::MachineDescription &description, sim::Observer *observer) {
  const auto note =
      assembler::parseNetworkNote(*program.note(assembler::kNetworkNoteSection), "program");
  sim::HostServices services{sim::ServicePermissions{}};
  sim::Machine machine(description);
  machine.load(program);
  machine.setServices(&services);
  if (observer)
    machine.addObserver(observer);
  profile::TensorCapture capture(machine, note, program, "program");
  sim::Memory &memory = machine.tile(0).memory;
  for (std::size_t i = 0; i < inputs.size(); ++i)
    std::copy(inputs[i].begin(), inputs[i].end(),
              memory.at(addressOf(program, note.inputs.at(i).symbol)));
  NetworkRun run;
  run.outcome = machine.run({.packets = 1'000'000'000});
  for (const assembler::NetworkTensor &output : note.outputs) {
    const std::uint8_t *first = memory.at(addressOf(program, output.symbol));
    run.outputs.emplace_back(first, first + profile::tensorBytes(output.dtype, output.shape));
  }
  run.layers.assign(capture.results().begin(), capture.results().end());
  run.counters = machine.counters(0, 0);
  for (unsigned thread = 0; thread < description.architecture.threads; ++thread)
    run.slots += machine.counters(0, thread).slots();
  run.cycles = machine.cycle();
  return run;
}

std::string describeOutcome(const sim::Outcome &outcome, const assembler::Program &program) {
  constexpr const char *kKinds[] = {"exit",     "trap",        "limit",
                                    "deadlock", "unspecified", "unimplemented"};
  return std::string(kKinds[static_cast<std::size_t>(outcome.kind)]) + " " +
         std::to_string(outcome.status) + " at " + program.describe(outcome.pc) + " " +
         outcome.explanation;
}

} // namespace xs3::test
