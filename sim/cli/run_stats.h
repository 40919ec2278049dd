// What `run --stats` writes: JSON of schema "xs3.run/1" (cli.md section 4).
#pragma once

#include "asm/link/program.h"
#include "sim/profile/profile.h"
#include "sim/run/machine.h"

#include <string>

namespace xs3::cli {

/// One run. The rows of `regions` may be empty; the rest of it is filled in.
std::string formatRunStats(const sim::Machine &machine, const assembler::Program &program,
                           const sim::Outcome &outcome, const profile::Profile &regions);

/// "exit", "trap", "limit", "deadlock", "unspecified" or "unimplemented".
std::string_view outcomeName(sim::Outcome::Kind kind);

} // namespace xs3::cli
