// The machine files that are part of the program.
#pragma once

#include <span>
#include <string_view>

namespace xs3::sim {

struct ShippedMachine {
  std::string_view name;
  std::string_view toml;
};

/// The first is the default, which the others and users' files build on.
std::span<const ShippedMachine> shippedMachineFiles();

} // namespace xs3::sim
