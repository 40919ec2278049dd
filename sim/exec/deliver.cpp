#include "sim/exec/deliver.h"

namespace xs3::sim {

void deliver(Thread &thread, const Trap &trap) {
  thread.spc = thread.pc;
  thread.ssr = thread.sr;
  thread.sed = thread.ed;
  thread.et = static_cast<Word>(trap.kind);
  thread.ed = trap.data;
  constexpr Word kCleared =
      status::kEventsEnabled | status::kInterruptsEnabled | status::kDualIssue;
  const bool dual = (thread.sr & status::kKernelDualIssue) != 0;
  thread.sr = (thread.sr & ~kCleared) | status::kInKernel | (dual ? status::kDualIssue : 0);
  thread.pc = thread.kep + (trap.kind == TrapKind::KernelCall ? kKernelCallOffset : 0);
}

} // namespace xs3::sim
