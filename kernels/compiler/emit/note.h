// What the compiled program says about itself, from the plan.
#pragma once

#include "asm/link/network_note.h"
#include "kernels/compiler/lower/plan.h"

namespace xs3::compiler {

/// The note but for codeBytes, stackBytes and modelSha256, which the plan does not know.
assembler::NetworkNote networkNote(const Network &network, const Plan &plan);

} // namespace xs3::compiler
