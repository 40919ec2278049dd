// Machine code to packets that are ready to run.
#pragma once

#include "isa/instruction.h"
#include "sim/exec/op.h"

namespace xs3::sim {

/// The packet at `pc` in the given issue mode. Always answers: an illegal pc (unmapped, odd, or 2
/// modulo 4 in dual issue) and an undefined encoding give a packet that raises the trap.
DecodedPacket predecode(const Memory &memory, Address pc, bool dual);

/// The same for instructions that are already decoded: one, or the two halves of a pair. `dual`
/// tells the unit of branch distances; a lone 2-byte instruction is single-issue code.
DecodedPacket predecode(const isa::Packet &packet, Address pc, bool dual);

} // namespace xs3::sim
