// The resources of a tile that its threads share: who has them. Plain data; what the instructions
// do with them is in sim/exec/resource.h and team.h. Numbers and rules: resources.md sections 2, 3
// and 6.
#pragma once

#include "base/types.h"

#include <array>
#include <cstdint>

namespace xs3::sim {

/// Bits 7..0 of a resource's id.
enum class ResourceType : std::uint8_t {
  Port = 0,
  Timer = 1,
  ChannelEnd = 2,
  Synchroniser = 3,
  Thread = 4,
  Lock = 5,
  ClockBlock = 6
};

/// The id of a resource that belongs to one tile: its number above its type.
constexpr Word resourceId(ResourceType type, unsigned number) {
  return number << 8 | static_cast<Word>(type);
}

/// A group of slave threads and the thread that took them, its master.
struct Synchroniser {
  bool inUse = false;
  std::uint8_t master = 0; ///< A thread's number; without slaves it means nothing.
  std::uint8_t slaves = 0; ///< One bit for each thread.
};

struct Lock {
  bool inUse = false;
  bool held = false;
  std::uint8_t waiting = 0;            ///< How many threads wait ...
  std::array<std::uint8_t, 8> queue{}; ///< ... and which, the first come first.
};

struct Timer {
  bool inUse = false;
};

/// How many of each a tile has; the defaults are those of the XU316. No more than the arrays below
/// hold.
struct ResourceCounts {
  unsigned threads = 8, timers = 10, synchronisers = 7, locks = 4;
};

inline constexpr unsigned kMostResources = 64; ///< Of a type: what a machine file may ask for.

struct Resources {
  ResourceCounts counts;
  std::array<Synchroniser, kMostResources> synchronisers{};
  std::array<Lock, kMostResources> locks{};
  std::array<Timer, kMostResources> timers{};
};

} // namespace xs3::sim
