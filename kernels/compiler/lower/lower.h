// A Network to a Plan.
#pragma once

#include "kernels/compiler/lower/plan.h"

namespace xs3::compiler {

/// Chooses a kernel for every operator, packs its weights and places the tensors. Throws Error for
/// an operator, or an option of one, that is not supported (kernel_table.h).
Plan lower(const Network &network, unsigned threads);

} // namespace xs3::compiler
