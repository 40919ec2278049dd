// Resources by their ids: taking and freeing them, input and output. Rules: resources.md sections 2
// and 6. Threads and synchronisers are in team.h.
#pragma once

#include "sim/exec/op.h"

#include <algorithm>

namespace xs3::sim {

constexpr std::uint8_t threadBit(unsigned thread) {
  return static_cast<std::uint8_t>(1U << thread);
}

/// What every operation on an id that cannot be used ends with.
inline EffectKind illegalResource(Context &context, Word id) {
  return context.raise(TrapKind::IllegalResource, id);
}

/// The resource that `id` names, when it is one of these and in use.
template <class Resource, std::size_t N>
Resource *inUse(std::array<Resource, N> &all, ResourceType type, Word id) {
  const Word number = id >> 8;
  if ((id & 0xff) != static_cast<Word>(type) || number >= N || !all[number].inUse)
    return nullptr;
  return &all[number];
}

/// Takes the lowest free one into use, fresh. Its id, or 0 when there is none.
template <class Resource, std::size_t N>
Word take(std::array<Resource, N> &all, unsigned count, ResourceType type) {
  for (unsigned number = 0; number < std::min<std::size_t>(count, N); ++number)
    if (!all[number].inUse) {
      all[number] = {};
      all[number].inUse = true;
      return resourceId(type, number);
    }
  return 0;
}

// ------------------------------------------------------------------------------ waiting, going on

/// The packet is executed once more because what it waited for has happened: nothing is left to
/// do.
inline bool takeGrant(Context &context) {
  Wait &wait = context.thread.wait;
  if (!wait.granted || wait.pc != context.thread.pc)
    return false;
  wait = {};
  return true;
}

/// Stops the thread at this packet until letGo().
inline EffectKind waitFor(Context &context, WaitReason reason, Word id) {
  Thread &thread = context.thread;
  thread.activity = Activity::Waiting;
  thread.sr |= status::kWaiting;
  thread.wait = {reason, false, false, id, thread.pc};
  context.effect.changedThreads |= threadBit(thread.id);
  return EffectKind::Pause;
}

/// Starts a thread, or lets it go on since what it waited for has happened: its packet completes,
/// unless it was sent elsewhere.
inline void letGo(Context &context, Thread &thread) {
  if (thread.activity == Activity::Waiting && !thread.wait.moved)
    thread.wait.granted = true;
  else
    thread.wait = {};
  thread.activity = Activity::Running;
  thread.sr &= ~status::kWaiting;
  context.effect.changedThreads |= threadBit(thread.id);
}

// ------------------------------------------------------------------------------ threads by id

/// The thread that `id` names, when it is allocated.
inline Thread *allocatedThread(Context &context, Word id) {
  const Word number = id >> 8;
  if ((id & 0xff) != static_cast<Word>(ResourceType::Thread) || number >= kThreadsPerTile)
    return nullptr;
  Thread &thread = context.tile.threads[number];
  return thread.activity == Activity::Free ? nullptr : &thread;
}

/// The lowest free thread, allocated, or nullptr. It keeps its registers but for sr (open question
/// "thread-status").
inline Thread *allocateThread(Context &context) {
  const unsigned count = std::min(context.tile.resources.counts.threads, kThreadsPerTile);
  for (unsigned number = 0; number < count; ++number) {
    Thread &thread = context.tile.threads[number];
    if (thread.activity != Activity::Free)
      continue;
    thread.activity = Activity::Allocated;
    thread.synchroniser = Thread::kUnsynchronised;
    thread.sr = 0;
    thread.wait = {};
    return &thread;
  }
  return nullptr;
}

inline void freeThread(Context &context, Thread &thread) {
  thread.activity = Activity::Free;
  thread.synchroniser = Thread::kUnsynchronised;
  thread.sr &= ~status::kWaiting;
  thread.wait = {};
  context.effect.changedThreads |= threadBit(thread.id);
}

inline Word threadId(const Thread &thread) { return resourceId(ResourceType::Thread, thread.id); }

namespace exec {

/// Open question "getr-unknown": ports and clock blocks are switched on, not allocated.
inline EffectKind GETR(Context &context, Word type, Word &a) {
  Resources &resources = context.tile.resources;
  const ResourceCounts &counts = resources.counts;
  switch (static_cast<ResourceType>(type)) {
  case ResourceType::Timer:
    a = take(resources.timers, counts.timers, ResourceType::Timer);
    break;
  case ResourceType::Synchroniser:
    a = take(resources.synchronisers, counts.synchronisers, ResourceType::Synchroniser);
    break;
  case ResourceType::Lock:
    a = take(resources.locks, counts.locks, ResourceType::Lock);
    break;
  case ResourceType::Thread: {
    const Thread *thread = allocateThread(context);
    a = thread != nullptr ? threadId(*thread) : 0;
    break;
  }
  case ResourceType::ChannelEnd:
    return EffectKind::Unimplemented;
  default:
    a = 0;
  }
  return EffectKind::Next;
}

/// A thread can be freed only before its start (open question "freer-thread"); a slave leaves its
/// group.
inline EffectKind freerThread(Context &context, Thread &thread) {
  if (thread.activity != Activity::Allocated)
    return illegalResource(context, threadId(thread));
  if (thread.isSlave())
    context.tile.resources.synchronisers[thread.synchroniser].slaves &=
        static_cast<std::uint8_t>(~threadBit(thread.id));
  freeThread(context, thread);
  return EffectKind::Next;
}

inline EffectKind FREER(Context &context, Word id) {
  Resources &resources = context.tile.resources;
  if (Thread *thread = allocatedThread(context, id))
    return freerThread(context, *thread);
  if (Timer *timer = inUse(resources.timers, ResourceType::Timer, id)) {
    timer->inUse = false;
    return EffectKind::Next;
  }
  if (Synchroniser *group = inUse(resources.synchronisers, ResourceType::Synchroniser, id)) {
    if (group->slaves != 0)
      return context.stop(Unspecified::BusySynchroniser);
    group->inUse = false;
    return EffectKind::Next;
  }
  Lock *lock = inUse(resources.locks, ResourceType::Lock, id);
  if (lock == nullptr || lock->held)
    return illegalResource(context, id);
  lock->inUse = false;
  return EffectKind::Next;
}

/// A lock is taken, or handed over later. A timer shows the reference clock.
inline EffectKind IN(Context &context, Word id, Word time, Word &a) {
  Resources &resources = context.tile.resources;
  if (inUse(resources.timers, ResourceType::Timer, id) != nullptr) {
    a = time;
    return EffectKind::Next;
  }
  Lock *lock = inUse(resources.locks, ResourceType::Lock, id);
  if (lock == nullptr)
    return illegalResource(context, id);
  a = id;
  if (takeGrant(context))
    return EffectKind::Next;
  if (lock->held) {
    lock->queue[lock->waiting++] = context.thread.id;
    return waitFor(context, WaitReason::Lock, id);
  }
  lock->held = true;
  return EffectKind::Next;
}

/// A lock is released, whoever does it: to the thread that has waited longest (open question
/// "lock-order").
inline EffectKind OUT(Context &context, Word id, Word) {
  Lock *lock = inUse(context.tile.resources.locks, ResourceType::Lock, id);
  if (lock == nullptr)
    return illegalResource(context, id);
  if (lock->waiting == 0) {
    lock->held = false;
    return EffectKind::Next;
  }
  Thread &next = context.tile.threads[lock->queue[0]];
  std::copy(lock->queue.begin() + 1, lock->queue.end(), lock->queue.begin());
  --lock->waiting;
  letGo(context, next);
  return EffectKind::Next;
}

} // namespace exec
} // namespace xs3::sim
