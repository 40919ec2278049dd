// The options --machine and --set, the same for every verb that has a machine.
#pragma once

#include "sim/cli/verb.h"
#include "sim/machines/description.h"

#include <string>
#include <vector>

namespace xs3::cli {

struct MachineChoice {
  std::string name = "xu316";
  std::vector<std::string> settings;

  void addTo(Options &options) {
    options.value("machine", "FILE|NAME", name, "the machine: a shipped one or a file (xu316)");
    options.values("set", "KEY=VALUE", settings, "change one key of the machine; repeatable");
  }
  /// Throws Error for an unknown machine or key, or an impossible value.
  sim::MachineDescription load() const { return sim::loadMachine(name, settings); }
};

} // namespace xs3::cli
