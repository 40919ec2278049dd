// The two file forms of a program, for program.h's functions and for the disassembler.
#pragma once

#include "asm/link/program.h"

namespace xs3::assembler {

/// Reads an ELF32 executable. Throws Error.
Program readElfProgram(std::span<const std::uint8_t> bytes, const std::string &fileName);

/// One tile's image in an .xe container.
struct XeImage {
  std::span<const std::uint8_t> elf;
  std::optional<Address> start; ///< Where its goto sector starts it, if that is not address 0.
};

/// Finds a tile's program in an .xe container. Throws Error.
XeImage readXe(std::span<const std::uint8_t> bytes, const std::string &fileName, unsigned tile);

} // namespace xs3::assembler
