// The executor's table: what every row does.
#pragma once

#include "sim/exec/shapes.h"

namespace xs3::sim {

/// How the row of `opcode` is run and predecoded. Rows marked Unimplemented have
/// run::unimplemented.
const run::Semantics &semantics(isa::Opcode opcode);

} // namespace xs3::sim
