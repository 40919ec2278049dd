// Instructions and packets made ready to run: decoded once, with operands as small numbers and
// branch targets as addresses.
#pragma once

#include "isa/rows.h"
#include "sim/exec/effect.h"
#include "sim/state/tile.h"

#include <array>
#include <cstdint>

namespace xs3::sim {

struct Op;

/// The register write of a packet's first half, held back until the second half is known not to
/// trap: `*place = (*place & keep) | value`.
struct HeldWrite {
  Word *place = nullptr;
  Word keep = 0;
  Word value = 0;
};

/// What an instruction may read and change while it runs.
struct Context {
  Thread &thread;
  Memory &memory; ///< The tile's.
  Tile &tile;
  Word referenceTime; ///< The 100 MHz reference clock, an input like a register.
  Effect effect;      ///< `nextPc` holds the next packet's address from the start.
  HeldWrite held;

  /// Ends the packet with a trap.
  EffectKind raise(TrapKind kind, Word data) {
    effect.trap = {kind, data};
    return EffectKind::Trap;
  }
  /// Ends the packet where nobody knows how the hardware goes on.
  EffectKind stop(Unspecified which) {
    effect.unspecified = which;
    return EffectKind::Unspecified;
  }
};

/// Runs one half. It checks for traps before it writes anything.
using Run = EffectKind (*)(Context &, const Op &);

/// A predecoded instruction.
struct Op {
  Run run = nullptr;
  Word immediate = 0;                     ///< Unscaled; for branches and ldap the absolute target.
  std::array<std::uint8_t, 6> operands{}; ///< Register numbers in the order of isa::Instruction.
  isa::Opcode opcode = 0;
  isa::Cost cost = isa::Cost::Single;
  isa::Energy energy = isa::Energy::None;
  std::uint8_t lane = 0; ///< 0 or 1; 0 for whatever is alone.
};

/// One slot's worth of code at one address in one issue mode. Also stands for what cannot be
/// executed: an illegal pc or an undefined encoding is a packet whose one half raises the trap.
struct DecodedPacket {
  enum Flag : std::uint8_t {
    ReadsTime = 1, ///< Holds a gettime: needs Context::referenceTime.
    Illegal = 2,   ///< Illegal pc or instruction: no row, its half's opcode is 0.
    Shared = 4,    ///< A pair whose lane 0 changes more than its thread: executeShared.
    Engine = 0x80  ///< Free for the engine (watched addresses).
  };
  /// Value of `active` when both halves run.
  static constexpr std::uint8_t kBoth = 2;

  std::array<Op, 2> half;
  Address pc = 0;
  Address nextPc = 0;            ///< pc + size.
  std::uint8_t size = 0;         ///< Bytes: 2 or 4; 0 when illegal.
  std::uint8_t count = 1;        ///< Halves: 1, or 2 for a pair of short instructions.
  std::uint8_t active = 0;       ///< The half that runs when the other is a nop, or kBoth.
  std::uint8_t instructions = 1; ///< Halves, without the nops of a pair.
  /// What the packet's memory slot is for: Free, Data, Branch or LoadedBranch (Entry and Return are
  /// resolved by the size of their frame).
  isa::Port port = isa::Port::Free;
  isa::Cost cost = isa::Cost::Single; ///< Of its long instruction; pairs are Single.
  std::uint8_t flags = 0;
};
static_assert(sizeof(DecodedPacket) == 64, "a packet is one cache line of the host");

} // namespace xs3::sim
