// The registers of a thread by number.
#pragma once

#include <cstdint>

namespace xs3 {

/// Register numbers as the four-bit field of the ru6 formats holds them
/// (isa/description/Registers.td).
enum class Register : std::uint8_t {
  R0,
  R1,
  R2,
  R3,
  R4,
  R5,
  R6,
  R7,
  R8,
  R9,
  R10,
  R11,
  CP,
  DP,
  SP,
  LR
};

} // namespace xs3
