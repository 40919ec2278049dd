// The engine where the straight way ends: marked addresses, services, traps, and the end of a run.
#include "sim/exec/deliver.h"
#include "sim/run/engine.h"
#include "sim/run/hex.h"

#include <algorithm>

namespace xs3::sim {

Machine::Engine::Arrival Machine::Engine::arrive(RunningTile &run, Thread &thread, Cycles now) {
  cycle = now;
  const RunningTile::Mark mark = run.marks.at(thread.pc);
  if (mark.watched && !run.announced[thread.id])
    for (Observer *observer : observers)
      observer->onWatch(machine, run.index, thread.id, thread.pc);
  run.announced[thread.id] = true;
  if (mark.exception) {
    // The program's handler hands the exception over: what was saved on entry tells what happened.
    endIn(run, thread, Outcome::Kind::Trap, thread.spc).trap = {static_cast<TrapKind>(thread.et),
                                                                thread.ed};
    return Arrival::End;
  }
  return mark.service ? serve(run, thread, now) : Arrival::Issue;
}

Machine::Engine::Arrival Machine::Engine::serve(RunningTile &run, Thread &thread, Cycles now) {
  if (services == nullptr)
    return Arrival::Issue;
  const ServiceCall call{thread[Register::R0],
                         {thread[Register::R1], thread[Register::R2], thread[Register::R3]}};
  const ServiceAnswer answer = services->serve(call, run.tile.memory);
  switch (answer.kind) {
  case ServiceAnswer::Kind::NotServed:
    return Arrival::Issue;
  case ServiceAnswer::Kind::Exit:
    endIn(run, thread, Outcome::Kind::Exit, thread.pc).status = static_cast<int>(answer.result);
    return Arrival::End;
  case ServiceAnswer::Kind::TileDone:
    run.done = true;
    for (unsigned id = 0; id < kThreadsPerTile; ++id)
      run.schedule.setRunning(id, false);
    if (std::ranges::all_of(running, [](const RunningTile &r) { return r.done || !r.loaded; }))
      endIn(run, thread, Outcome::Kind::Exit, thread.pc);
    return Arrival::End;
  case ServiceAnswer::Kind::Result:
    break;
  }
  if (answer.writtenBytes != 0)
    run.code.written(answer.writtenAddress, answer.writtenBytes);
  run.announced[thread.id] = false;
  // As retsp 0 would: to lr, whose bit 0 is the issue mode. The host's work costs no slot.
  thread[Register::R0] = answer.result;
  const Word lr = thread[Register::LR];
  thread.pc = lr & ~Word{1};
  thread.sr = (lr & 1) != 0 ? thread.sr | status::kDualIssue : thread.sr & ~status::kDualIssue;
  enterAt(run, thread, now);
  return Arrival::Moved;
}

namespace {

/// What of the packet is not executed: an instruction, or one on some type of resource.
std::string unimplementedText(const DecodedPacket &packet) {
  for (const Op &op : packet.half)
    if (op.run != nullptr && isa::row(op.opcode).unimplemented)
      return std::string(isa::row(op.opcode).mnemonic);
  const Op &op = packet.half[packet.active == 1 ? 1 : 0];
  return std::string(isa::row(op.opcode).mnemonic) + " of this type of resource";
}

} // namespace

Machine::Engine::Turn Machine::Engine::interrupted(RunningTile &run, Thread &thread,
                                                   const DecodedPacket &packet,
                                                   const Effect &effect, Cycles now) {
  const Address pc = thread.pc;
  const auto where = [&] { return " at 0x" + hex8(pc); };
  switch (effect.kind) {
  case EffectKind::Trap:
    run.announced[thread.id] = false;
    if (thread.kep == 0) { // Never set: there is nobody to deliver to.
      endIn(run, thread, Outcome::Kind::Trap, pc).trap = effect.trap;
      return Turn::End;
    }
    deliver(thread, effect.trap);
    run.timing.trapped(thread.id, thread.pc, run.counters[thread.id].fetches);
    return awaitCode(run, thread, now);
  case EffectKind::Unspecified:
    endIn(run, thread, Outcome::Kind::Unspecified, pc).explanation =
        std::string(openQuestion(effect.unspecified).sentence) + where();
    return Turn::End;
  case EffectKind::Unimplemented:
    endIn(run, thread, Outcome::Kind::Unimplemented, pc).explanation =
        "the simulator does not execute " + unimplementedText(packet) + " yet" + where();
    return Turn::End;
  case EffectKind::External:
    return Turn::Reschedule;
  case EffectKind::Pause:
  case EffectKind::Next:
  case EffectKind::Branch:
    break;
  }
  return Turn::Used;
}

void Machine::Engine::tell(RunningTile &run, const Thread &thread, Cycles now,
                           const DecodedPacket &packet, const Effect &effect) {
  cycle = now;
  const Counters &counters = run.counters[thread.id];
  RunningTile::Told &told = run.told[thread.id];
  Event event;
  event.cycle = now;
  event.tile = run.index;
  event.thread = &thread;
  event.pc = packet.pc;
  event.packet = &packet;
  event.fnops = static_cast<std::uint32_t>(counters.fnops - told.fnops);
  event.stallSlots = static_cast<std::uint32_t>(counters.stallSlots - told.stallSlots);
  event.waits = effect.kind == EffectKind::Pause || effect.kind == EffectKind::External;
  event.accessAddress = effect.accessAddress;
  event.accessBytes = effect.completed() ? effect.accessBytes : std::uint8_t{0};
  event.branchTaken = effect.branchTaken();
  event.trap = effect.trap;
  told = {counters.fnops, counters.stallSlots};
  for (Observer *observer : observers)
    if (observer->wantsEveryPacket())
      observer->onIssue(machine, event);
}

Outcome &Machine::Engine::end(Outcome::Kind kind) {
  ended_ = true;
  outcome_ = {};
  outcome_.kind = kind;
  return outcome_;
}

Outcome &Machine::Engine::endIn(const RunningTile &run, const Thread &thread, Outcome::Kind kind,
                                Address pc) {
  end(kind);
  outcome_.tile = run.index;
  outcome_.thread = thread.id;
  outcome_.pc = pc;
  return outcome_;
}

bool Machine::Engine::endAtLimit(const char *sentence) {
  // Where thread 0 of the first tile stands, or the lowest thread that runs.
  end(Outcome::Kind::Limit).explanation = sentence;
  for (const RunningTile &run : running)
    for (const Thread &thread : run.tile.threads)
      if (thread.activity == Activity::Running && !run.done) {
        outcome_.tile = run.index;
        outcome_.thread = thread.id;
        outcome_.pc = thread.pc;
        return false;
      }
  return false;
}

} // namespace xs3::sim
