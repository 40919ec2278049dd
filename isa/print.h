// Instructions to text that assembles to the same bits.
#pragma once

#include "isa/instruction.h"

#include <functional>
#include <string>

namespace xs3::isa {

/// How branch targets are printed.
struct PrintOptions {
  bool dual = false; ///< Units of branches: 4 bytes instead of 2.
  /// Names a branch target given its signed distance in units from the next instruction or packet
  /// (forward 0 is +0). Without it the signed distance itself is printed ("bt r3, -5").
  std::function<std::string(std::int64_t distance)> target;
};

/// "add r0, r0, r1". Aliases print in their short spelling (mov). A form that the assembler would
/// not choose for this text carries its format as a suffix (ldc_lru6 r1, 5); `withSuffix` = false
/// leaves it out.
std::string print(const Instruction &instruction, const PrintOptions &options = {},
                  bool withSuffix = true);

/// "{ a ; b }" for two halves, else the instruction alone.
std::string print(const Packet &packet, const PrintOptions &options = {});

} // namespace xs3::isa
