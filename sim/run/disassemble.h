// The code around a place, as it stands in memory now.
#pragma once

#include "asm/link/program.h"
#include "sim/state/memory.h"

#include <optional>
#include <string>

namespace xs3::sim {

/// What the next instruction or packet at `pc` reads as; nothing where the bits are none.
struct CodeLine {
  std::string text;
  unsigned bytes = 0;
};
std::optional<CodeLine> codeLine(const Memory &memory, const assembler::Program &program,
                                 Address pc, bool dual);

/// Lines of `before` packets up to `pc`, `pc` itself behind an arrow, and `after` more. In single
/// issue what lies before is decoded from the closest symbol on, since it cannot be decoded
/// backwards.
std::string codeAround(const Memory &memory, const assembler::Program &program, Address pc,
                       bool dual, unsigned before, unsigned after);

} // namespace xs3::sim
