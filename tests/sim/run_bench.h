// A machine that runs one short program and is asked about it.
#pragma once

#include "sim/run/machine.h"
#include "sim/run/services.h"
#include "tests/sim/run_program.h"

#include <memory>
#include <string>

namespace xs3::sim::test {

using enum Register;

/// One tile with little memory: quick to make.
const MachineDescription &smallMachine();

/// A loaded machine with services whose output is kept. The program ends by reaching the label
/// `_DoSyscall` with r0 = 0, which is the service exit(r1).
class RunBench {
public:
  explicit RunBench(const assembler::Program &program,
                    const MachineDescription &description = smallMachine(),
                    ServicePermissions permissions = {});

  Outcome run(const Limits &limits = {.cycles = 100'000'000}) { return machine.run(limits); }
  Thread &thread(unsigned id = 0) { return machine.tile(0).threads[id]; }
  Word operator[](Register r) const { return machine.tiles()[0].threads[0][r]; }
  Memory &memory() { return machine.tile(0).memory; }
  const Counters &counters(unsigned thread = 0) const { return machine.counters(0, thread); }
  Address at(std::string_view name) const { return label(program, name); }

  assembler::Program program;
  std::string output; ///< What the program wrote to descriptors 1 and 2.
  HostServices services;
  Machine machine;

private:
  ServicePermissions capturing(ServicePermissions permissions);
};

} // namespace xs3::sim::test
