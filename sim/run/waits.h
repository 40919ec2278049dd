// What threads wait for, in words.
#pragma once

#include "asm/link/program.h"
#include "sim/run/machine.h"

#include <string>
#include <string_view>

namespace xs3::sim {

/// The key of a reason in reports: "msync".
std::string_view waitName(WaitReason reason);

/// What a waiting thread of `tile` waits for: "slave threads 2, 3 to reach ssync".
std::string waitText(const Tile &tile, const Thread &thread);

/// One line for each thread that waits: where it stands, in which instruction, and what for.
std::string waitingThreads(const Machine &machine, const assembler::Program &program);

} // namespace xs3::sim
