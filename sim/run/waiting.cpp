// The engine where threads start, wait, are let go and end.
#include "sim/run/count.h"
#include "sim/run/engine.h"
#include "sim/run/hex.h"
#include "sim/run/waits.h"

#include <algorithm>

namespace xs3::sim {

Machine::Engine::Turn Machine::Engine::reschedule(RunningTile &run, const Thread &issuer,
                                                  std::uint8_t changedThreads, Cycles now) {
  Turn turn = Turn::Reschedule;
  for (Thread &thread : run.tile.threads) {
    if ((changedThreads >> thread.id & 1) == 0)
      continue;
    run.schedule.setRunning(thread.id, thread.activity == Activity::Running);
    RunningTile::Pause &pause = run.pauses[thread.id];
    if (thread.activity == Activity::Waiting) {
      pause = {thread.wait.reason, now + 1, thread.pc};
      continue;
    }
    const RunningTile::Pause was = pause;
    pause = {};
    if (was.reason != WaitReason::None)
      run.counters[thread.id].waits[static_cast<std::size_t>(was.reason)] +=
          std::max(now + 1, was.since) - was.since;
    if (thread.activity != Activity::Running || &thread == &issuer)
      continue;
    run.schedule.setHighPriority(thread.id, (thread.sr & status::kHighPriority) != 0);
    if (thread.wait.granted)
      turn = complete(run, thread, now) == Turn::End ? Turn::End : turn;
    else if (was.reason == WaitReason::None || thread.pc != was.pc)
      run.timing.entered(thread.id, thread.pc);
  }
  return turn;
}

Machine::Engine::Turn Machine::Engine::complete(RunningTile &run, Thread &thread, Cycles now) {
  const unsigned id = thread.id;
  const Address pc = thread.pc;
  const DecodedPacket &packet = run.code.at(pc, thread.dual());
  const bool readsTime = (packet.flags & DecodedPacket::ReadsTime) != 0;
  const Effect effect = execute(packet, thread, run.tile, readsTime ? referenceTime(now) : 0);
  run.announced[id] = false;
  if (!effect.completed())
    return interrupted(run, thread, packet, effect);
  Counters &counters = run.counters[id];
  countPacket(counters, packet, effect, thread.vector);
  run.timing.issued(
      id, now, {pc, packet.size, packet.port, packet.cost, effect.branchTaken(), effect.nextPc},
      counters.fetches);
  if (effect.access >= Access::Write)
    forgetCode(run, effect);
  return Turn::Used;
}

void Machine::Engine::endWithoutRunning() {
  std::string waiting;
  for (const RunningTile &run : running)
    for (const Thread &thread : run.tile.threads)
      if (thread.activity == Activity::Waiting)
        waiting += (waiting.empty() ? "" : "; ") + std::string("tile ") +
                   std::to_string(run.index) + " thread " + std::to_string(thread.id) + " at 0x" +
                   hex8(thread.pc) + " for " + waitText(run.tile, thread);
  if (waiting.empty()) // All threads have freed themselves: the program is over.
    end(Outcome::Kind::Exit);
  else
    end(Outcome::Kind::Deadlock).explanation = "every thread waits: " + waiting;
}

} // namespace xs3::sim
