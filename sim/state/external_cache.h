// The cache before a tile's external memory: which lines it holds. It has no values: these are
// always in Memory, which one tile cannot tell from a write-back cache, since nobody else sees the
// memory behind it. So the cache decides about time and traffic alone. (What would show is an
// `invalidate` that loses unwritten bytes; no public source has its encoding, nor flush's.)
#pragma once

#include "base/types.h"

#include <array>
#include <cstdint>

namespace xs3::sim {

inline constexpr std::uint32_t kMostCacheLines = 64; ///< What a machine file may ask for.

/// Unified for code and data, fully associative, write-back, with tree pseudo-LRU replacement
/// (timing.md section 4). Plain data. Invariants: no two valid lines have one address; `count` is
/// a power of two.
///
/// The tree is a heap of one bit per inner node, root 1, children 2n and 2n + 1: the bit says in
/// which half the next victim is sought (0 = the lower one). An access to a line points all nodes
/// on its way to the other half. Lines that are not valid are filled first, the lowest number
/// first.
struct ExternalCache {
  struct Line {
    Address address = 0; ///< Of its first byte.
    bool valid = false;
    bool dirty = false;
    Cycles arrives = 0; ///< The clock from which on its bytes are there.
  };

  explicit ExternalCache(std::uint32_t count = 1) : count(count) {}

  std::uint32_t count;
  std::array<Line, kMostCacheLines> lines{};
  std::uint64_t tree = 0;

  /// The number of the line that begins at `address`; `count` when it is not held.
  std::uint32_t find(Address address) const {
    for (std::uint32_t i = 0; i < count; ++i)
      if (lines[i].valid && lines[i].address == address)
        return i;
    return count;
  }

  /// The line was accessed.
  void touch(std::uint32_t line) {
    for (std::uint32_t node = count + line; node > 1; node /= 2) {
      const std::uint64_t bit = std::uint64_t{1} << (node / 2);
      tree = node % 2 == 0 ? tree | bit : tree & ~bit;
    }
  }

  /// The line to give up next.
  std::uint32_t victim() const {
    for (std::uint32_t i = 0; i < count; ++i)
      if (!lines[i].valid)
        return i;
    std::uint32_t node = 1;
    while (node < count)
      node = 2 * node + static_cast<std::uint32_t>(tree >> node & 1);
    return node - count;
  }
};

} // namespace xs3::sim
