// How the code of a layer has its kernels run, by one thread or by a team.
//
//   void xs3_alone(const Job *jobs, const Team *team)
//   void xs3_parallel(const Job *jobs, const Team *team)
//
// A step of a layer is one table of jobs, one for each thread of the team. In xs3_parallel thread i
// calls jobs[i].kernel(arguments, begin, end, scratch), and it returns when all are done; in
// xs3_alone the calling thread does the first job, and the others sleep on. Threads may run
// different kernels: nothing that one job writes may be touched by another.
//
//   void xs3_team_begin(const Team *team), void xs3_team_end(const Team *team)
//
// Before the first and after the last xs3_parallel: allocates the team's other threads, which wait
// in ssync between steps and so take no slots, and frees them. The calling thread is number 0.
//
// All are callable from both issue modes, as functions of the XS3 calling convention. On the
// caller's stack they need 8 words besides the kernel's own. A resource that cannot be had is a
// trap (ecallf).
#pragma once

#include "kernels/call.h"

namespace xs3::kernels {

/// That a team can have: the hardware threads of a tile.
inline constexpr unsigned kMostThreads = 8;

/// The threads of a program: one constant block of the program.
struct Team {
  Word threads;     ///< 1 .. kMostThreads.
  Word scratch;     ///< Address of thread 0's scratch; 8-byte aligned.
  Word scratchStep; ///< Bytes from one thread's scratch to the next one's: a multiple of 8.
  Word mailbox;     ///< Address of kMailboxBytes, 4-byte aligned; 0 for one thread.
  Word stacks;      ///< Address of the stack of thread 1, 8-byte aligned; the next ones follow.
  Word stackStep;   ///< Bytes of each stack.

  static constexpr std::array<std::string_view, 6> kNames = {"threads", "scratch", "scratchStep",
                                                             "mailbox", "stacks",  "stackStep"};
};

/// What one thread does in a step: 8-byte aligned.
struct Job {
  Word kernel;    ///< Address of its entry; 0: nothing to do.
  Word arguments; ///< Address of its argument block.
  Word begin, end;
};

/// What the threads of a team tell each other: the synchroniser, and the step's jobs.
inline constexpr std::uint32_t kMailboxBytes = 8;

/// Enough for every kernel (56 to 248 bytes) and what runs above it. The tests look how much is
/// used.
inline constexpr std::uint32_t kTeamStackBytes = 512;

} // namespace xs3::kernels
