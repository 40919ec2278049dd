// The columns of an instruction's row that are plain data: what timing, energy, assembler and
// printer ask.
#pragma once

#include "isa/instruction.h"

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

/// One row of isa/description without its semantics.
struct Row {
  std::string_view name;     ///< "LDC_lru6"
  std::string_view mnemonic; ///< "ldc": the first word of the assembly text
  std::string_view format;   ///< "lru6": may follow a mnemonic as a suffix
  std::uint8_t bytes;        ///< 2 or 4
  Lane lane;
  Port port;
  Cost cost;
  Energy energy;
  bool provisional;   ///< The encoding is a free place, not read from machine code.
  bool unimplemented; ///< Decoded, but the executor stops at it.
};

/// The row of an opcode. `opcode` must come from decode, the assembler or the generated
/// enumeration.
const Row &row(Opcode opcode);

/// All opcodes that have a row, in the order of the description.
std::span<const Opcode> opcodes();

} // namespace xs3::isa
