#include "kernels/runtime_archive.h"

namespace xs3::kernels {

// Made by asm/tools/pack_runtime.cpp.
extern const std::uint8_t kRuntimeArchive[];
extern const std::size_t kRuntimeArchiveBytes;

assembler::LinkInput runtimeArchive() {
  return {"run-time", {kRuntimeArchive, kRuntimeArchive + kRuntimeArchiveBytes}};
}

} // namespace xs3::kernels
