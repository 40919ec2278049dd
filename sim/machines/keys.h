// The keys of a machine file as rows: path, the field they fill, and what is possible.
#pragma once

#include "sim/machines/description.h"

#include <array>
#include <span>
#include <string_view>
#include <variant>

namespace xs3::sim {

/// The field behind a key. Cost fields exist three times: typical, low, high.
using KeyField =
    std::variant<std::uint32_t Architecture::*, std::uint32_t Cost::*, std::uint64_t Cost::*,
                 bool Cost::*, double Cost::*, DivideUnit Cost::*,
                 Coefficient EnergyCoefficients::*, double EnergyCoefficients::*>;

struct MachineKey {
  std::string_view path;
  KeyField field;
  double least = 0, most = 0;              ///< Inclusive; for numbers.
  std::array<std::uint32_t, 7> oneOf = {}; ///< When not empty (0 ends it), the only values.
};

/// All keys in the order of printing.
std::span<const MachineKey> machineKeyRows();

/// The key's value as machine files spell it; `cost` is the typical, low or high one.
std::string keyText(const MachineKey &key, const MachineDescription &machine, const Cost &cost);

} // namespace xs3::sim
