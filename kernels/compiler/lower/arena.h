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

/// Where the tensors lie.
struct Arena {
  std::vector<std::optional<std::uint32_t>> offsets; ///< By tensor; none outside the arena.
  std::uint64_t bytes = 0;
  std::uint64_t floor = 0; ///< The most bytes that are live at one time: no plan can do with fewer.
};

/// Offsets are multiples of this. Vector accesses want 4, ldd and std 8 (isa/timing.md section 3).
inline constexpr std::uint32_t kTensorAlignment = 8;

/// Places tensors over their lifetimes. `bytes` is by tensor; `inputs` exist before the first
/// operator, `outputs` stay until after the last. A tensor that an operator writes and nobody reads
/// has a place while that operator runs. The same network gives the same arena. Offsets are right
/// only when `bytes` of the result is below 2^32.
Arena planArena(std::span<const std::uint64_t> bytes, std::span<const TensorUse> uses,
                std::span<const std::int32_t> inputs, std::span<const std::int32_t> outputs);

} // namespace xs3::compiler
