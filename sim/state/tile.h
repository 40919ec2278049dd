// A tile: one memory, eight threads, and the resources that they share.
#pragma once

#include "sim/state/memory.h"
#include "sim/state/resources.h"
#include "sim/state/thread.h"

#include <array>

namespace xs3::sim {

inline constexpr unsigned kThreadsPerTile = 8; ///< timing.md 1.1

/// Invariant: threads[i].id == i.
struct Tile {
  Tile(Address memoryBase, std::uint32_t memoryBytes) : memory(memoryBase, memoryBytes) {
    for (unsigned i = 0; i < kThreadsPerTile; ++i)
      threads[i].id = static_cast<std::uint8_t>(i);
  }

  Memory memory;
  std::array<Thread, kThreadsPerTile> threads;
  Resources resources;
};

} // namespace xs3::sim
