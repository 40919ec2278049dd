// Where buffers lie in one block of memory, so that those that are needed at the same time never
// overlap.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace xs3::compiler {

/// `bytes` that are needed during the steps `first` .. `last`, both included.
struct Buffer {
  std::uint64_t bytes = 0;
  std::int32_t first = 0, last = 0;

  bool livesWith(const Buffer &other) const { return first <= other.last && other.first <= last; }
};

/// The offset of every buffer, and how many bytes the block needs.
struct Arrangement {
  std::vector<std::uint64_t> offsets;
  std::uint64_t bytes = 0;
};

/// The most bytes that are needed in any one step: no arrangement can do with fewer. Sizes count
/// as rounded up to `alignment`, a power of two.
std::uint64_t liveFloor(std::span<const Buffer> buffers, std::uint32_t alignment);

/// An arrangement whose offsets are multiples of `alignment`. It reaches the floor or comes close
/// to it; the same buffers always give the same offsets. Buffers of 0 bytes get an offset as well.
Arrangement arrange(std::span<const Buffer> buffers, std::uint32_t alignment);

} // namespace xs3::compiler
