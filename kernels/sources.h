// The kernels' assembly, carried inside of the program.
#pragma once

#include <span>
#include <string_view>

namespace xs3::kernels {

/// One assembly file of this folder.
struct KernelSource {
  std::string_view file; ///< From the root of the repository: "kernels/bconv2d/kernel.S".
  std::string_view text; ///< To be assembled without the C preprocessor; `.include`s are resolved.
};

/// Every file, sorted by name.
std::span<const KernelSource> kernelSources();

/// The file that defines a kernel (PackedCall::kernel) or "xs3_parallel". Asserted to exist.
const KernelSource &kernelSource(std::string_view symbol);

} // namespace xs3::kernels
