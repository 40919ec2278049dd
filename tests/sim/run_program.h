// Programs for tests of the engine, written as one instruction or packet a line.
#pragma once

#include "asm/link/program.h"
#include "sim/run/machine.h"

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace xs3::sim::test {

inline constexpr Address kSram = 0x80000;

/// Lines of code from SRAM's base on. "name:" is a label; "instruction, name" may name one where a
/// branch wants its distance (after bt, bf, bu, bl). From dualentsp on code is dual issue: a short
/// instruction alone fills a packet with a nop. dualentsp and entsp take their four-byte form, so
/// that what follows is aligned. "align N" pads with nops, ".word N" is data.
assembler::Program program(std::initializer_list<std::string_view> lines);
assembler::Program program(const std::vector<std::string> &lines);

/// The address of a label of program().
Address label(const assembler::Program &program, std::string_view name);

} // namespace xs3::sim::test
