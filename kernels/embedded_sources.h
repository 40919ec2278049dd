// What the build makes out of the assembly files; kernelSources() gives it out.
#pragma once

#include "kernels/sources.h"

#include <cstddef>
#include <iterator>

namespace xs3::kernels {

extern const KernelSource kEmbeddedSources[];
extern const std::size_t kEmbeddedSourceCount;

} // namespace xs3::kernels
