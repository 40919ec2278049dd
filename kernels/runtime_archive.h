// The run-time and the kernels, assembled when the program is built and carried inside of it.
#pragma once

#include "asm/link/link.h"

namespace xs3::kernels {

/// The archive of all run-time and kernel objects, ready to be handed to the linker, which takes
/// the members that are needed: start-up (`_start`, which calls `main`), services, xs3_parallel,
/// the kernels.
assembler::LinkInput runtimeArchive();

} // namespace xs3::kernels
