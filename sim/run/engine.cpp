// The loop: strict clock order over all threads of all tiles.
#include "sim/run/engine.h"

#include "sim/run/count.h"

#include <algorithm>

namespace xs3::sim {

RunningTile::RunningTile(const MachineDescription &description, unsigned index, Tile &tile)
    : index(index), tile(tile), schedule(description.cost.pipelineDepth),
      timing(description.cost, {tile.memory.externalBase(), tile.memory.externalSize()}),
      code(tile.memory), external(description.architecture, description.cost) {}

Machine::Engine::Engine(const Machine &machine, const MachineDescription &description)
    : machine(machine), description(description) {
  const Architecture &architecture = description.architecture;
  tiles.reserve(architecture.tiles);                // The running tiles refer to them.
  for (unsigned i = 0; i < architecture.tiles; ++i) // External memory is served to tile 0 only.
    tiles.emplace_back(Memory(architecture.sramBase, architecture.sramBytes,
                              architecture.externalBase, i == 0 ? architecture.externalBytes : 0),
                       ExternalCache(architecture.externalCacheLines));
  running.reserve(tiles.size());
  for (unsigned i = 0; i < architecture.tiles; ++i)
    running.emplace_back(description, i, tiles[i]);
}

void Machine::Engine::watch(unsigned tile, Address address) {
  RunningTile &run = running.at(tile);
  run.marks[address].watched = true;
  run.code.mark(address);
}

Slots Machine::Engine::slotsUsed(unsigned tile) const {
  Slots slots = 0;
  for (const Counters &counters : running.at(tile).counters)
    slots += counters.slots();
  return slots;
}

const Counters &Machine::Engine::countersNow(unsigned tile, unsigned thread) {
  RunningTile &run = running.at(tile);
  Counters &counters = run.counters.at(thread);
  counters.fetchBytes = counters.fetches * description.cost.fetchLineBytes;
  counters.external.fetchBytes = counters.external.fetches * description.cost.fetchLineBytes;
  settle(run, thread, cycle);
  return counters;
}

/// The reference clock at a tile's clock, floor(now * referenceHz * clockDivider / clockHz),
/// without overflow.
Word Machine::Engine::referenceTime(Cycles now) const {
  const Cost &cost = description.cost;
  const std::uint64_t clocks = now * cost.clockDivider;
  const std::uint64_t seconds = clocks / cost.clockHz, rest = clocks % cost.clockHz;
  return static_cast<Word>(seconds * cost.referenceHz + rest * cost.referenceHz / cost.clockHz);
}

/// State may have been changed between runs: ready lists and decoded code follow it.
void Machine::Engine::takeOverState() {
  for (RunningTile &run : running) {
    if (changedFromOutside)
      run.code.clear();
    for (const Thread &thread : run.tile.threads) {
      const bool runs = thread.activity == Activity::Running && !run.done &&
                        thread.id < description.architecture.threads;
      run.schedule.setRunning(thread.id, runs);
      run.schedule.setHighPriority(thread.id, (thread.sr & status::kHighPriority) != 0);
      if (runs && thread.pc != run.leftAt[thread.id])
        enterAt(run, thread, cycle);
    }
  }
  changedFromOutside = false;
}

Outcome Machine::Engine::run(const Limits &limits) {
  limits_ = limits;
  packetsLeft_ = limits.packets > packetsDone_ ? limits.packets - packetsDone_ : 0;
  const Slots packetsBefore = packetsLeft_;
  outcome_ = {};
  ended_ = false;
  takeOverState();
  const bool told = std::ranges::any_of(observers, &Observer::wantsEveryPacket);
  if (told)
    loop<true>();
  else
    loop<false>();
  packetsDone_ += packetsBefore - packetsLeft_;
  for (RunningTile &run : running)
    for (const Thread &thread : run.tile.threads)
      run.leftAt[thread.id] = thread.pc;
  return outcome_;
}

template <bool kTold> void Machine::Engine::loop() {
  for (bool goesOn = true; goesOn;) {
    RunningTile *busy = nullptr;
    bool several = false;
    for (RunningTile &run : running) {
      if (run.schedule.empty())
        continue;
      several |= busy != nullptr || run.schedule.onlyThread() == Schedule::kNobody;
      busy = &run;
    }
    if (busy == nullptr)
      return endWithoutRunning();
    goesOn = several ? runTogether<kTold>() : runAlone<kTold>(*busy, busy->schedule.onlyThread());
  }
}

template <bool kTold> bool Machine::Engine::runAlone(RunningTile &run, unsigned id) {
  Thread &thread = run.tile.threads[id];
  const Cycles depth = description.cost.pipelineDepth;
  Cycles now = std::max(cycle, run.schedule.readyAt(id));
  for (Turn used = Turn::Used; used == Turn::Used; now += depth) {
    if (now >= limits_.cycles) {
      cycle = std::max(cycle, limits_.cycles);
      return endAtLimit("the limit of cycles was reached");
    }
    used = turn<kTold>(run, thread, now);
    if (used == Turn::End) {
      cycle = now;
      return false;
    }
    run.schedule.used(id, now);
  }
  cycle = now - depth + 1;
  return true;
}

template <bool kTold> bool Machine::Engine::runTogether() {
  for (bool changed = false; !changed; ++cycle) {
    Cycles next = ~Cycles{0};
    for (const RunningTile &run : running)
      if (!run.schedule.empty())
        next = std::min(next, run.schedule.nextTurn(cycle));
    if (next >= limits_.cycles) {
      cycle = std::max(cycle, limits_.cycles);
      return endAtLimit("the limit of cycles was reached");
    }
    cycle = next;
    for (RunningTile &run : running) {
      const unsigned id = run.schedule.pick(cycle);
      if (id == Schedule::kNobody)
        continue;
      Thread &thread = run.tile.threads[id];
      const Turn used = turn<kTold>(run, thread, cycle);
      if (used == Turn::End)
        return false;
      run.schedule.used(id, cycle);
      run.schedule.setHighPriority(id, (thread.sr & status::kHighPriority) != 0);
      changed |= used == Turn::Reschedule;
    }
  }
  return true;
}

template <bool kTold>
inline Machine::Engine::Turn Machine::Engine::turn(RunningTile &run, Thread &thread, Cycles now) {
  const unsigned id = thread.id;
  Counters &counters = run.counters[id];
  if (run.timing.stalled(id, now)) [[unlikely]] {
    ++counters.stallSlots;
    return Turn::Used;
  }
  const DecodedPacket *packet = &run.code.at(thread.pc, thread.dual());
  while ((packet->flags & DecodedPacket::Engine) != 0) [[unlikely]] {
    const Arrival arrival = arrive(run, thread, now);
    if (arrival == Arrival::Issue)
      break;
    if (arrival == Arrival::End)
      return ended_ ? Turn::End : Turn::Reschedule;
    if (run.schedule.readyAt(id) > now) // It waits for the code there.
      return Turn::Reschedule;
    packet = &run.code.at(thread.pc, thread.dual());
  }
  if (packetsLeft_ == 0) [[unlikely]] {
    endAtLimit("the limit of packets was reached");
    return Turn::End;
  }
  if (run.timing.needsFetch(id, thread.pc, packet->size, counters.fetches)) {
    ++counters.fnops;
    return run.timing.wantedLines(id).empty() ? Turn::Used : awaitCode(run, thread, now);
  }
  const bool readsTime = (packet->flags & DecodedPacket::ReadsTime) != 0;
  const Address pc = thread.pc;
  const Word time = readsTime ? referenceTime(now) : 0;
  Effect effect = execute(*packet, thread, run.tile, time);
  --packetsLeft_;
  ++counters.packets;
  if (!effect.completed()) [[unlikely]] {
    if (effect.kind == EffectKind::External && askExternal(run, thread, effect, now))
      effect = execute(*packet, thread, run.tile, time);
    if (!effect.completed()) {
      const Turn used = interrupted(run, thread, *packet, effect, now);
      if constexpr (kTold)
        tell(run, thread, now, *packet, effect);
      if (effect.kind == EffectKind::Pause)
        return reschedule(run, thread, effect.changedThreads, now);
      return used;
    }
  }
  countPacket(counters, *packet, effect, thread.vector);
  run.timing.issued(
      id, now, {pc, packet->size, packet->port, packet->cost, effect.branchTaken(), effect.nextPc},
      counters.fetches);
  if (packet->cost == isa::Cost::Divide) [[unlikely]]
    counters.dividerClocks += run.timing.divideClocks();
  if ((packet->flags & DecodedPacket::Engine) != 0) [[unlikely]]
    run.announced[id] = false;
  if constexpr (kTold)
    tell(run, thread, now, *packet, effect);
  if (effect.access >= Access::Write)
    forgetCode(run, effect);
  Turn used = Turn::Used;
  if (effect.changedThreads != 0) [[unlikely]]
    used = reschedule(run, thread, effect.changedThreads, now);
  if (!run.timing.wantedLines(id).empty()) [[unlikely]]
    used = std::max(used, awaitCode(run, thread, now));
  return used;
}

template void Machine::Engine::loop<true>();
template void Machine::Engine::loop<false>();

} // namespace xs3::sim
