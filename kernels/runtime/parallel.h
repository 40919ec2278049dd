// xs3_parallel: how the code of a layer has its kernels run.
//
//   void xs3_parallel(kernel, const void *arguments, uint32_t units, const Team *team)
//
// Calls kernel(arguments, begin, end, scratch) so that units 0 .. units-1 are each done once, and
// returns when all are done. Callable from both issue modes; a function of the XS3 calling
// convention that needs 2 words of stack besides the kernel's own. Today one thread does all units;
// with more, each does one run of neighbouring units.
#pragma once

#include "kernels/call.h"

namespace xs3::kernels {

/// The threads of a program, as xs3_parallel reads it: one constant block of the program.
struct Team {
  Word threads;     ///< 1 .. 8.
  Word scratch;     ///< Address of thread 0's scratch; 8-byte aligned.
  Word scratchStep; ///< Bytes from one thread's scratch to the next one's: a multiple of 8.

  static constexpr std::array<std::string_view, 3> kNames = {"threads", "scratch", "scratchStep"};
};

} // namespace xs3::kernels
