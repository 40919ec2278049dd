#include "tests/sim/run_bench.h"

namespace xs3::sim::test {

const MachineDescription &smallMachine() {
  static const MachineDescription machine = [] {
    const std::string settings[] = {"architecture.tiles=1", "architecture.sram.bytes=16384"};
    return loadMachine("xu316", settings);
  }();
  return machine;
}

RunBench::RunBench(const assembler::Program &program, const MachineDescription &description,
                   ServicePermissions permissions)
    : program(program), services(capturing(std::move(permissions))), machine(description) {
  machine.load(program);
  machine.setServices(&services);
}

ServicePermissions RunBench::capturing(ServicePermissions permissions) {
  permissions.write = [this](int, std::span<const std::uint8_t> bytes) {
    output.append(bytes.begin(), bytes.end());
  };
  return permissions;
}

} // namespace xs3::sim::test
