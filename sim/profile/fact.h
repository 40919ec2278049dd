// The lines of a report that are no table.
#pragma once

#include "sim/profile/profile.h"

#include <string>

namespace xs3::profile {

/// "Time     value", continued below itself at the line's end; a word that is too long for a line
/// is broken. `name` has at most eight characters.
std::string fact(const std::string &name, const std::string &value, std::size_t width);

/// "xu316, 600 MHz, 5 threads; cost.clock_hz = 1": the keys that differ from xu316 behind it.
std::string machineFact(const sim::MachineDescription &machine, unsigned threads);

/// Hashes, version and command.
std::string provenanceFacts(const Provenance &from, std::size_t width);

/// "95.0" per cent; "-" of nothing.
std::string percent(double part, double whole, int digits = 1);

} // namespace xs3::profile
