// Machine code to instructions. No LLVM type passes through.
#pragma once

#include "isa/instruction.h"

#include <optional>

namespace xs3::isa {

/// The bytes of the instruction that begins with this halfword: 4 from 0xF000 on, else 2.
constexpr unsigned length(std::uint16_t first) { return first >= 0xF000 ? 4 : 2; }

/// Decodes one instruction from its first halfword (lower address) and, for four-byte ones, the
/// second. Nothing when the bits are no instruction. Touches a lock-free table after the first
/// call; thread-safe.
std::optional<Instruction> decode(std::uint16_t first, std::uint16_t second);

/// Decodes the 4-byte packet HI:LO of dual issue: a long instruction, or two short ones. Nothing
/// when either half is no instruction, when a low half may not stand in lane 0 or a high half in
/// lane 1, or both write one register.
std::optional<Packet> decodePacket(std::uint32_t word);

/// The bits of an instruction; a 2-byte one in the low halfword, a 4-byte one as HI:LO.
std::uint32_t encode(const Instruction &instruction);

} // namespace xs3::isa
