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
    settle(run, thread.id, now + 1);
    run.schedule.setRunning(thread.id, thread.activity == Activity::Running);
    RunningTile::Pause &pause = run.pauses[thread.id];
    if (thread.activity == Activity::Waiting) {
      pause = {thread.wait.reason, now + 1, thread.pc};
      continue;
    }
    const RunningTile::Pause was = pause;
    pause = {};
    if (thread.activity != Activity::Running || &thread == &issuer)
      continue;
    run.schedule.setHighPriority(thread.id, (thread.sr & status::kHighPriority) != 0);
    if (thread.wait.granted)
      turn = complete(run, thread, now) == Turn::End ? Turn::End : turn;
    else if (was.reason == WaitReason::None || thread.pc != was.pc)
      enterAt(run, thread, now);
  }
  return turn;
}

void Machine::Engine::settle(RunningTile &run, unsigned thread, Cycles now) {
  RunningTile::Pause &pause = run.pauses[thread];
  if (pause.reason == WaitReason::None)
    return;
  const Cycles end = std::min(now, pause.until);
  if (end > pause.since) {
    run.counters[thread].waits[static_cast<std::size_t>(pause.reason)] += end - pause.since;
    pause.since = end;
  }
  if (now >= pause.until)
    pause = {};
}

Machine::Engine::Turn Machine::Engine::sleep(RunningTile &run, const Thread &thread,
                                             WaitReason reason, Cycles until, Cycles now) {
  if (until <= now)
    return Turn::Used;
  settle(run, thread.id, now);
  run.pauses[thread.id] = {reason, now + 1, thread.pc, until};
  run.schedule.sleepUntil(thread.id, until);
  return Turn::Reschedule;
}

bool Machine::Engine::askExternal(RunningTile &run, const Thread &thread, const Effect &effect,
                                  Cycles now) {
  Tile &tile = run.tile;
  tile.externalLeave[thread.id] = {true, effect.accessAddress};
  ExternalCounts &counts = run.counters[thread.id].external;
  if (effect.access == Access::Prefetch) {
    countLines(counts, run.external.prefetch(tile.externalCache, effect.accessAddress, now));
    return true;
  }
  const LineAnswer answer =
      run.external.demand(tile.externalCache, effect.accessAddress, effect.accessBytes,
                          effect.access >= Access::Write, now);
  countLines(counts, answer);
  return sleep(run, thread, WaitReason::External, answer.arrives, now) == Turn::Used;
}

Machine::Engine::Turn Machine::Engine::awaitCode(RunningTile &run, const Thread &thread,
                                                 Cycles now) {
  const std::uint32_t lineBytes = run.timing.lineBytes();
  Cycles arrives = now;
  for (const Address address : run.timing.wantedLines(thread.id)) {
    ExternalCounts &counts = run.counters[thread.id].external;
    const LineAnswer answer = run.external.demand(run.tile.externalCache, address,
                                                  lineBytes - address % lineBytes, false, now);
    ++counts.fetches;
    countLines(counts, answer);
    arrives = std::max(arrives, answer.arrives);
  }
  run.timing.forgetWantedLines(thread.id);
  return sleep(run, thread, WaitReason::External, arrives, now);
}

Machine::Engine::Turn Machine::Engine::enterAt(RunningTile &run, const Thread &thread, Cycles now) {
  run.timing.entered(thread.id, thread.pc);
  return awaitCode(run, thread, now);
}

Machine::Engine::Turn Machine::Engine::complete(RunningTile &run, Thread &thread, Cycles now) {
  const unsigned id = thread.id;
  const Address pc = thread.pc;
  const DecodedPacket &packet = run.code.at(pc, thread.dual());
  const bool readsTime = (packet.flags & DecodedPacket::ReadsTime) != 0;
  const Word time = readsTime ? referenceTime(now) : 0;
  Effect effect = execute(packet, thread, run.tile, time);
  if (effect.kind == EffectKind::External) {
    if (!askExternal(run, thread, effect, now))
      return Turn::Reschedule; // Its grant stands, so that it completes when it is issued again.
    effect = execute(packet, thread, run.tile, time);
  }
  run.announced[id] = false;
  if (!effect.completed())
    return interrupted(run, thread, packet, effect, now);
  Counters &counters = run.counters[id];
  countPacket(counters, packet, effect, thread.vector);
  run.timing.issued(
      id, now, {pc, packet.size, packet.port, packet.cost, effect.branchTaken(), effect.nextPc},
      counters.fetches);
  if (effect.access >= Access::Write)
    forgetCode(run, effect);
  return awaitCode(run, thread, now);
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
