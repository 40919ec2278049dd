// A tile: its memory, eight threads, and the resources that they share.
#pragma once

#include "sim/state/external_cache.h"
#include "sim/state/memory.h"
#include "sim/state/resources.h"
#include "sim/state/thread.h"

#include <array>

namespace xs3::sim {

inline constexpr unsigned kThreadsPerTile = 8; ///< timing.md 1.1

/// Leave for the access that a thread is about to make to external memory. Such a packet is
/// executed twice: the first time it only says which bytes it wants (EffectKind::External); when
/// these are there, whoever runs the thread gives leave and executes it again.
struct ExternalLeave {
  bool given = false;
  Address address = 0; ///< Of the first byte wanted.
};

/// Invariant: threads[i].id == i.
struct Tile {
  Tile(Address memoryBase, std::uint32_t memoryBytes)
      : Tile(Memory(memoryBase, memoryBytes), ExternalCache()) {}
  Tile(Memory itsMemory, const ExternalCache &itsCache)
      : memory(std::move(itsMemory)), externalCache(itsCache) {
    for (unsigned i = 0; i < kThreadsPerTile; ++i)
      threads[i].id = static_cast<std::uint8_t>(i);
  }

  Memory memory;
  std::array<Thread, kThreadsPerTile> threads;
  Resources resources;
  ExternalCache externalCache; ///< Of its external memory, where it has that.
  std::array<ExternalLeave, kThreadsPerTile> externalLeave{}; ///< By thread.
};

} // namespace xs3::sim
