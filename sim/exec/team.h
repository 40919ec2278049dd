// Threads, and the synchronisers that hold a team of them together: resources.md section 3.2. Its
// states in ours:
//
//   F, U0, U          Free, Allocated, Running or Waiting; no slave
//   S0, S, SP         slave: Allocated, Running (or Waiting on something else), Waiting in ssync
//   MW, MJ            Waiting in msync, mjoin
#pragma once

#include "sim/exec/resource.h"

namespace xs3::sim {

inline Synchroniser *usedSynchroniser(Context &context, Word id) {
  return inUse(context.tile.resources.synchronisers, ResourceType::Synchroniser, id);
}

/// Calls `action` with each slave of the group.
template <class Action>
void forEachSlave(Context &context, const Synchroniser &group, Action action) {
  const std::uint8_t slaves = group.slaves;
  for (Thread &thread : context.tile.threads)
    if ((slaves & threadBit(thread.id)) != 0)
      action(thread);
}

/// Whether the slave stands at its group's barrier: not yet started counts.
inline bool standsAtBarrier(const Thread &slave) {
  return slave.activity == Activity::Allocated ||
         (slave.activity == Activity::Waiting && slave.wait.reason == WaitReason::Ssync);
}

inline bool allStandAtBarrier(Context &context, const Synchroniser &group) {
  bool all = true;
  forEachSlave(context, group, [&](const Thread &slave) { all = all && standsAtBarrier(slave); });
  return all;
}

inline void releaseSlaves(Context &context, const Synchroniser &group) {
  forEachSlave(context, group, [&](Thread &slave) { letGo(context, slave); });
}

inline void freeSlaves(Context &context, Synchroniser &group) {
  forEachSlave(context, group, [&](Thread &slave) { freeThread(context, slave); });
  group.slaves = 0;
}

/// The thread whose registers may be written from outside: not started, or a slave in ssync.
inline Thread *settableThread(Context &context, Word id) {
  Thread *thread = allocatedThread(context, id);
  if (thread == nullptr)
    return nullptr;
  const bool settable =
      thread->activity == Activity::Allocated || (thread->isSlave() && standsAtBarrier(*thread));
  return settable ? thread : nullptr;
}

inline EffectKind setRegister(Context &context, Word id, Register which, Word value) {
  Thread *thread = settableThread(context, id);
  if (thread == nullptr)
    return illegalResource(context, id);
  (*thread)[which] = value;
  return EffectKind::Next;
}

namespace exec {

inline EffectKind GETST(Context &context, Word id, Word &a) {
  Synchroniser *group = usedSynchroniser(context, id);
  if (group == nullptr)
    return illegalResource(context, id);
  if (group->slaves != 0 && group->master != context.thread.id)
    return context.stop(Unspecified::ForeignMaster);
  Thread *slave = allocateThread(context);
  if (slave == nullptr) {
    a = 0;
    return EffectKind::Next;
  }
  slave->synchroniser = static_cast<std::uint8_t>(id >> 8);
  group->master = context.thread.id;
  group->slaves |= threadBit(slave->id);
  a = threadId(*slave);
  return EffectKind::Next;
}

inline EffectKind INITSP(Context &context, Word id, Word value) {
  return setRegister(context, id, Register::SP, value);
}
inline EffectKind INITDP(Context &context, Word id, Word value) {
  return setRegister(context, id, Register::DP, value);
}
inline EffectKind INITCP(Context &context, Word id, Word value) {
  return setRegister(context, id, Register::CP, value);
}
inline EffectKind INITLR(Context &context, Word id, Word value) {
  return setRegister(context, id, Register::LR, value);
}
inline EffectKind SETT(Context &context, Word id, Word which, Word value) {
  return setRegister(context, id, static_cast<Register>(which), value);
}

/// Bit 0 is the issue mode (open question "init-pc-mode"). A slave that waits in ssync will not go
/// on there.
inline EffectKind INITPC(Context &context, Word id, Word value) {
  Thread *thread = settableThread(context, id);
  if (thread == nullptr)
    return illegalResource(context, id);
  thread->pc = value & ~Word{1};
  thread->sr = (thread->sr & ~status::kDualIssue) | ((value & 1) != 0 ? status::kDualIssue : 0);
  thread->wait.moved = true;
  return EffectKind::Next;
}

inline EffectKind START(Context &context, Word id) {
  Thread *thread = allocatedThread(context, id);
  if (thread == nullptr || thread->activity != Activity::Allocated || thread->isSlave())
    return illegalResource(context, id);
  letGo(context, *thread);
  return EffectKind::Next;
}

/// Start and barrier in one: all slaves go on together with the master.
inline EffectKind MSYNC(Context &context, Word id) {
  Synchroniser *group = usedSynchroniser(context, id);
  if (group == nullptr)
    return illegalResource(context, id);
  if (takeGrant(context) || group->slaves == 0)
    return EffectKind::Next;
  if (group->master != context.thread.id)
    return context.stop(Unspecified::ForeignMaster);
  if (!allStandAtBarrier(context, *group))
    return waitFor(context, WaitReason::Msync, id);
  releaseSlaves(context, *group);
  return EffectKind::Next;
}

/// Waits for the slaves and frees them.
inline EffectKind MJOIN(Context &context, Word id) {
  Synchroniser *group = usedSynchroniser(context, id);
  if (group == nullptr)
    return illegalResource(context, id);
  if (takeGrant(context) || group->slaves == 0)
    return EffectKind::Next;
  if (group->master != context.thread.id)
    return context.stop(Unspecified::ForeignMaster);
  if (!allStandAtBarrier(context, *group))
    return waitFor(context, WaitReason::Mjoin, id);
  freeSlaves(context, *group);
  return EffectKind::Next;
}

/// The last slave to come lets a master go that waits for it. Outside of a group it waits for ever
/// (open question "ssync-alone").
inline EffectKind SSYNC(Context &context) {
  if (takeGrant(context))
    return EffectKind::Next;
  Thread &thread = context.thread;
  const EffectKind waits = waitFor(context, WaitReason::Ssync, 0);
  if (!thread.isSlave())
    return waits;
  Synchroniser &group = context.tile.resources.synchronisers[thread.synchroniser];
  Thread &master = context.tile.threads[group.master];
  const auto masterIn = [&](WaitReason reason) {
    return master.activity == Activity::Waiting && master.wait.reason == reason &&
           master.wait.resource == resourceId(ResourceType::Synchroniser, thread.synchroniser);
  };
  const bool syncs = masterIn(WaitReason::Msync), joins = masterIn(WaitReason::Mjoin);
  if ((!syncs && !joins) || !allStandAtBarrier(context, group))
    return waits;
  letGo(context, master);
  if (joins) {
    freeSlaves(context, group);
    return EffectKind::Pause;
  }
  releaseSlaves(context, group);
  thread.wait = {};
  return EffectKind::Next;
}

inline EffectKind FREET(Context &context) {
  if (context.thread.isSlave())
    return context.stop(Unspecified::SlaveFreet);
  freeThread(context, context.thread);
  return EffectKind::Next;
}

/// A slave writes a register of its master, another thread its own (open question "tsetmr-alone").
inline EffectKind TSETMR(Context &context, Word which, Word value) {
  const Thread &thread = context.thread;
  Tile &tile = context.tile;
  const unsigned target =
      thread.isSlave() ? tile.resources.synchronisers[thread.synchroniser].master : thread.id;
  tile.threads[target].registers[which] = value;
  return EffectKind::Next;
}

} // namespace exec
} // namespace xs3::sim
