// What was counted: everything that reports and the energy model need, as plain sums.
#pragma once

#include "base/types.h"
#include "isa/rows.h"
#include "sim/state/thread.h"

#include <array>
#include <cstdint>

namespace xs3::sim {

/// A masked store costs the energy of its share of a 256-bit store, but at least 12 of its 55 pJ
/// (energy.md section 4): that of 7 bytes.
inline constexpr std::uint32_t kMaskedLeastBytes = 7;

/// Accesses of one memory in one direction, by width.
struct AccessCounts {
  std::uint64_t narrow = 0; ///< 8, 16 and 32 bits
  std::uint64_t pair = 0;   ///< 64 bits
  std::uint64_t vector = 0; ///< 256 bits
  std::uint64_t masked = 0; ///< vstrpv
  std::uint64_t bytes = 0;  ///< of all widths; for masked stores the enabled bytes
  /// Enabled bytes of masked stores, each store as at least kMaskedLeastBytes: what their energy
  /// goes by.
  std::uint64_t maskedCharge = 0;

  std::uint64_t accesses() const { return narrow + pair + vector + masked; }
};

/// External memory, from both sides of its cache.
struct ExternalCounts {
  AccessCounts reads, writes;   ///< Data accesses of the program.
  std::uint64_t fetches = 0;    ///< Lines of code that its threads brought in.
  std::uint64_t fetchBytes = 0; ///< Those times cost.fetch.line_bytes.
  std::uint64_t misses = 0;     ///< Cache lines that an access or fetch did not find, even coming.
  std::uint64_t fills = 0;      ///< Cache lines read from memory: for misses and prefetches.
  std::uint64_t writebacks = 0; ///< Cache lines written to it.
};

/// The vector MACs' energy goes by the element width of the mode.
enum class MacWidth : std::uint8_t { Bits8, Bits16, Bits32, Count };

/// Sums over one thread, from reset on. Only ever grows; the difference of two copies is what
/// happened between them.
struct Counters {
  Slots packets = 0;
  Slots dualSecond = 0;   ///< Packets of which both halves hold an instruction other than nop.
  Slots instructions = 0; ///< Halves executed, nops that fill a half not counted.
  Slots fnops = 0;
  Slots stallSlots = 0; ///< Divider, ps access, sram_wait, trap entry.
  /// Clocks in which the thread waited, by WaitReason; the one of its last slot is not counted.
  std::array<Cycles, static_cast<std::size_t>(WaitReason::Count)> waits{};
  Cycles dividerClocks = 0;
  std::uint64_t fetches = 0;    ///< Lines brought in: prefetch, FNOP, target of a taken branch.
  std::uint64_t fetchBytes = 0; ///< Lines times cost.fetch.line_bytes.
  AccessCounts reads, writes;   ///< Data accesses of the on-tile SRAM.
  ExternalCounts external;      ///< What went to external memory instead.
  std::array<std::uint64_t, 16>
      executed{}; ///< Halves by isa::Energy; VectorMac stays 0 here, see vectorMacs.
  std::array<std::uint64_t, static_cast<std::size_t>(MacWidth::Count)> vectorMacs{};

  /// slots = packets + fnops + stall slots.
  Slots slots() const { return packets + fnops + stallSlots; }
  Cycles waitCycles() const;

  Counters &operator+=(const Counters &other);
  Counters &operator-=(const Counters &other);
};

} // namespace xs3::sim
