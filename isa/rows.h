// The columns of an instruction's row that are plain data: what timing, energy, assembler and
// printer ask.
#pragma once

#include "base/register.h"
#include "isa/instruction.h"

#include <optional>
#include <span>
#include <string_view>

namespace xs3::isa {

/// Where a 2-byte instruction may stand in a packet; Whole = a 4-byte instruction.
enum class Lane : std::uint8_t { Either, Memory, Resource, Whole };

/// What the packet's memory slot is used for (docs/timing.md): decides whether instruction fetch
/// rides along.
enum class Port : std::uint8_t {
  Free,        ///< Prefetches.
  Data,        ///< A data access.
  Branch,      ///< Fetches the branch's target, taken or not.
  Entry,       ///< entsp, dualentsp: Data when the frame (operand 0) is not empty, else Free.
  Return,      ///< retsp: Branch when the frame (operand 0) is empty, else LoadedBranch.
  LoadedBranch ///< Loads its target in its own slot, so that the target's line costs an FNOP.
};

/// What the slots of a row depend on.
enum class Cost : std::uint8_t { Single, Divide, StateAccess };

/// Which datapath a row exercises. VectorMac's energy goes by the element width of the vector mode.
enum class Energy : std::uint8_t {
  None,
  Alu,
  Mul32,
  Macc64,
  Divide,
  FpuAdd,
  FpuMul,
  FpuMacc,
  Branch,
  ResourceIo,
  VectorMac,
  VectorMac1,
  VectorArithmetic,
  VectorNarrow,
  VectorComplex,
  VectorControl
};

/// What the immediate operand of a row is; it is the row's operand i, c, b or e.
enum class Immediate : std::uint8_t {
  None,        ///< The row has none.
  Number,      ///< A plain number.
  BitPosition, ///< 1..8, 16, 24 or 32.
  Forward,     ///< A distance in units from the next instruction or packet, forward ...
  Backward,    ///< ... or backward.
  DpWords,     ///< Words from dp.
  CpWords      ///< Words from cp.
};

/// A set of registers, as `Row::writes` holds it.
using RegisterSet = std::uint16_t;
constexpr RegisterSet registerBit(Register r) {
  return static_cast<RegisterSet>(1u << static_cast<unsigned>(r));
}

/// One row of isa/description without its semantics.
struct Row {
  std::string_view name;     ///< "LDC_lru6"
  std::string_view mnemonic; ///< "ldc": the first word of the assembly text
  std::string_view syntax;   ///< " $a, $i": the rest of the text, operands by field letter
  std::string_view format;   ///< "lru6": may follow a mnemonic as a suffix
  std::uint8_t bytes;        ///< 2 or 4
  Lane lane;
  Port port;
  Cost cost;
  Energy energy;
  Immediate immediate;
  bool writesA;       ///< Operand a is a result. Complete for 2-byte rows only, as is `writes`:
  RegisterSet writes; ///< the registers that are written besides.
  bool provisional;   ///< The encoding is a free place, not read from machine code.
  bool unimplemented; ///< Decoded, but the executor stops at it.
};

/// The row of an opcode. `opcode` must come from decode, the assembler or isa/opcodes.h.
const Row &row(Opcode opcode);

/// All rows; a row's index is its opcode.
std::span<const Row> rows();

/// The row of the same text whose immediate is ten bits wider (ldc: lru6 for ru6), or nothing.
std::optional<Opcode> longForm(Opcode opcode);

/// The row that branches the other way with the same width. `opcode` is a branch by distance.
Opcode otherDirection(Opcode opcode);

/// The largest immediate of a row with a 6, 10, 16 or 20 bit field (u6, ru6, u10 kinds), else -1.
std::int32_t largestImmediate(Opcode opcode);

/// The registers a 2-byte instruction writes. An entsp or retsp of an empty frame writes none.
RegisterSet writtenRegisters(const Instruction &instruction);

} // namespace xs3::isa
