// Why a run ended, for people: what happened in a sentence, where, with which registers and in
// which code.
#pragma once

#include "sim/run/machine.h"

#include <string>

namespace xs3::sim {

/// One sentence without a full stop: "the program loaded from or stored to 0x00090001, which is
/// misaligned for 'ldw r1, r0[0]'". For a normal exit it says so too.
std::string outcomeSentence(const Machine &machine, const assembler::Program &program,
                            const Outcome &outcome);

/// "main + 0x12 (0x00080034)", or the address alone.
std::string describeAddress(const assembler::Program &program, Address address);

/// The sentence, the place and the call site, the registers and the disassembly around the place,
/// ended by a newline. `program` is what was loaded into the tile of `outcome`.
std::string trapReport(const Machine &machine, const assembler::Program &program,
                       const Outcome &outcome);

} // namespace xs3::sim
