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
  Address externalBase = 0x10000000; ///< External memory (LPDDR), where the machine has it.
  std::uint32_t externalBytes = 0;
  std::string entry = "_start";
  std::vector<std::string> keep;   ///< Symbols that archives must provide although nobody asks.
  std::uint32_t stackBytes = 1024; ///< Kept free below _sp; less is an overflow of the memory.
};

/// A section of an object and where it went.
struct Placement {
  std::string object; ///< "a.o" or "lib.a(member.o)".
  std::string section;
  Address address = 0;
  std::uint32_t size = 0;
};

/// Links. Every error is collected; throws one Error whose sentences (one a line) name object,
/// section and symbol, both places of a duplicate, and what to do. The same bytes for the same
/// inputs. Archive members are taken when they define a symbol that is wanted.
///
/// Order in memory: code; constants reached from cp (the `.large` ones last); the arrays of start
/// and end functions; other sections by name; variables reached from dp; zeroed memory (.dp.bss*
/// first, then other NOBITS sections: all of it lies in __bss_start..__bss_end, which start-up
/// clears); `.dp.*.large`; `.noinit*` (NOBITS that start-up leaves alone); heap; stack.
///
/// Sections whose names begin with `.ExtMem` go to external memory: code, other sections by name,
/// zeroed ones last (start-up does not clear them; who loads the program does). Nothing there can
/// be reached from cp or dp, nor by a branch from SRAM: only by address.
///
/// Defines, where no object does: _cp, _dp (the pools' bases, multiples of 8), _sp (the highest
/// place of a stack: the last 8 bytes of memory, because entsp stores lr at the old sp[0]),
/// __bss_start/__bss_end, __heap_start/__heap_end (up to the stack),
/// __{preinit,init,bothinit,fini}_array_start/_end. `placements`, when given, is filled with what
/// was placed where, by address.
Program link(std::span<const LinkInput> inputs, const LinkOptions &options = {},
             std::vector<Placement> *placements = nullptr);

/// What was placed where, as text (`--map`): segments, the sections in them, symbols.
std::string linkMap(const Program &program, std::span<const Placement> placements = {});

} // namespace xs3::assembler
