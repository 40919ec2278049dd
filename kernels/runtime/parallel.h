// How the code of a layer has its kernels run, by one thread or by a team.
//
//   void xs3_alone(kernel, const void *arguments, const uint32_t *shares, const Team *team)
//   void xs3_parallel(kernel, const void *arguments, const uint32_t *shares, const Team *team)
//
// Both call kernel(arguments, begin, end, scratch) so that every unit of work is done once, and
// return when all are done. xs3_parallel lets thread i of the team do the units shares[i] up to
// shares[i + 1]; in xs3_alone the calling thread does those up to shares[1].
//
//   void xs3_team_begin(const Team *team), void xs3_team_end(const Team *team)
//
// Before the first and after the last xs3_parallel: allocates the team's other threads, which wait
// in ssync between calls and so take no slots, and frees them. The calling thread is number 0.
//
// All are callable from both issue modes, as functions of the XS3 calling convention. On the
// caller's stack they need 8 words besides the kernel's own. A resource that cannot be had is a
// trap (ecallf).
#pragma once

#include "kernels/call.h"

namespace xs3::kernels {

/// The threads of a program: one constant block of the program.
struct Team {
  Word threads;     ///< 1 .. 8.
  Word scratch;     ///< Address of thread 0's scratch; 8-byte aligned.
  Word scratchStep; ///< Bytes from one thread's scratch to the next one's: a multiple of 8.
  Word mailbox;     ///< Address of kMailboxBytes, 8-byte aligned; 0 for one thread.
  Word stacks;      ///< Address of the stack of thread 1, 8-byte aligned; the next ones follow.
  Word stackStep;   ///< Bytes of each stack.

  static constexpr std::array<std::string_view, 6> kNames = {"threads", "scratch", "scratchStep",
                                                             "mailbox", "stacks",  "stackStep"};
};

/// What the threads of a team tell each other: the synchroniser, and the call at hand.
inline constexpr std::uint32_t kMailboxBytes = 24;

/// Enough for every kernel (104 to 160 bytes) and what runs above it. The tests look how much is
/// used.
inline constexpr std::uint32_t kTeamStackBytes = 512;

} // namespace xs3::kernels
