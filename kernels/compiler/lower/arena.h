// The arena: the one block of memory that holds every tensor that is computed or handed in.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace xs3::compiler {

/// What an operator does to the memory of tensors, for the arena. Indices are those of
/// Network::tensors.
struct TensorUse {
  std::vector<std::int32_t> reads; ///< Tensors in the arena; constants are left out.
  std::int32_t writes = -1;
  /// The output is the same bytes as this input, and no work at all: they share their place.
  std::optional<std::int32_t> alias;
  /// Inputs whose place the output may take over while the operator runs, when nobody needs them
  /// afterwards: element by element, each read before it is written, equal in size.
  std::vector<std::int32_t> inPlace;
};

/// A place in the arena that one tensor has, or several after each other.
struct ArenaPlace {
  std::uint64_t offset = 0, bytes = 0;
  std::int32_t first = 0, last = 0; ///< Operators while it is needed; -1: from the start.
  bool isExternal = false;
};

/// Where the tensors lie: in one block of SRAM and, where that is too small, one of external
/// memory.
struct Arena {
  std::vector<std::optional<std::uint32_t>> offsets; ///< By tensor; none outside the arena.
  std::vector<bool> isExternal;                      ///< By tensor: which block is meant.
  std::vector<ArenaPlace> places;
  std::uint64_t bytes = 0;         ///< Of SRAM.
  std::uint64_t externalBytes = 0; ///< Of external memory.
  /// The most bytes of SRAM that are live at one time: no plan can do with fewer.
  std::uint64_t floor = 0;
};

/// Offsets are multiples of this. Vector accesses want 4, ldd and std 8 (isa/timing.md section 3).
inline constexpr std::uint32_t kTensorAlignment = 8;

/// Places tensors over their lifetimes. `bytes` is by tensor; `inputs` exist before the first
/// operator, `outputs` stay until after the last. A tensor that an operator writes and nobody reads
/// has a place while that operator runs. The same network gives the same arena. Offsets are right
/// only when `bytes` of the result is below 2^32. When they need more than `mostBytes`, the largest
/// places of the fullest moment go to external memory, one after the other, until they do not.
Arena planArena(std::span<const std::uint64_t> bytes, std::span<const TensorUse> uses,
                std::span<const std::int32_t> inputs, std::span<const std::int32_t> outputs,
                std::uint64_t mostBytes = ~std::uint64_t{0});

} // namespace xs3::compiler
