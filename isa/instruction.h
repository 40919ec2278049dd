// A decoded instruction and a decoded packet: immutable values, the same for tools and simulator.
#pragma once

#include "base/types.h"

#include <array>
#include <cstdint>

namespace xs3::isa {

/// The number of a row of isa/description, from 0 (isa/opcodes.h names them).
using Opcode = std::uint16_t;

/// One decoded instruction. Operands stand in the order of the field letters a..f (ru6 and u6
/// kinds: a, i or i alone): registers by number 0..15, immediates by value (bit positions as 1..8,
/// 16, 24, 32), branch and ldap distances as the unsigned field in units (the row says which way;
/// the unit is 2 bytes in single, 4 bytes in dual issue).
struct Instruction {
  Opcode opcode = 0;
  std::uint8_t size = 0; ///< 2 or 4 bytes.
  std::uint8_t operandCount = 0;
  std::array<std::int32_t, 6> operands{};
  /// A bit position of 32 stands as code 11 in the bits instead of 0. It means the same; kept so
  /// that every word prints and encodes back to itself.
  bool alternateCode = false;

  bool operator==(const Instruction &) const = default;
};

/// What one slot issues in dual issue: one 4-byte instruction (`count` 1, in `half[0]`), or two
/// 2-byte instructions, half[0] in lane 0 (resource lane, lower halfword) and half[1] in lane 1
/// (memory lane).
struct Packet {
  std::uint8_t count = 0;
  std::array<Instruction, 2> half{};

  bool operator==(const Packet &) const = default;
};

} // namespace xs3::isa
