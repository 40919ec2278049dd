// Objects and archives to a program.
#pragma once

#include "asm/link/program.h"

namespace xs3::assembler {

/// A file that is handed to the linker: an ELF32 object, or an archive whose members are taken on
/// demand.
struct LinkInput {
  std::string name; ///< For messages.
  std::vector<std::uint8_t> bytes;
};

struct LinkOptions {
  Address memoryBase = 0x80000; ///< SRAM of a tile (isa/resources.md section 1).
  std::uint32_t memoryBytes = 512 * 1024;
  std::string entry = "_start";
  std::vector<std::string> keep; ///< Symbols whose blocks are not dropped.
};

/// Links. Every error is collected; throws one Error whose sentences (one a line) name object,
/// section and symbol, both places of a duplicate, and what to do. The same bytes for the same
/// inputs. Defines _cp, _dp, _sp (top of memory), __bss_start, __bss_end, __heap_start, __heap_end,
/// __init_array_start/end ... (isa/c-programs.md section 10) where they are wanted and not defined.
Program link(std::span<const LinkInput> inputs, const LinkOptions &options = {});

/// What was placed where, as text (`--map`).
std::string linkMap(const Program &program);

} // namespace xs3::assembler
