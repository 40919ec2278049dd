// Weights brought into SRAM while other threads compute: stream_copy(entries, begin, end, scratch).
// Unit of work: an entry of the list that the argument is. The source lies in external memory,
// whose next lines are asked for while one is stored, so that the memory is never idle for long.
#pragma once

#include "kernels/call.h"

namespace xs3::kernels {

/// Bytes of a line of the cache before external memory: what is copied at a time.
inline constexpr std::uint32_t kStreamLine = 32;

struct StreamCopyEntry {
  Word source;      ///< Address of whole lines, which may begin anywhere on a word.
  Word destination; ///< A word's address.
  Word lines;       ///< Of kStreamLine bytes; at least one.
};

} // namespace xs3::kernels
