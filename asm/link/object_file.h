// An object as the linker sees it: its sections that are placed or kept, and its symbols.
#pragma once

#include "asm/link/elf.h"
#include "asm/link/program.h"
#include "base/types.h"

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace xs3::assembler {

/// What becomes of a section.
enum class SectionUse : std::uint8_t {
  Dropped, ///< Tool data, symbol tables, ...
  Loaded,  ///< Gets a place in memory.
  Note     ///< Kept beside the program: `.note.xs3.*`, `.xs3.*`.
};

/// A section, or one piece of a section that was cut into blocks (isa/objects.md section 2): it has
/// its root's name.
struct InputSection {
  std::string_view name;
  SectionUse use = SectionUse::Dropped;
  bool zeroed = false; ///< NOBITS: a size, but no bytes.
  std::uint32_t type = 0, flags = 0;
  std::uint32_t alignment = 1; ///< A power of two.
  std::uint32_t size = 0;
  std::span<const std::uint8_t> bytes; ///< Empty when zeroed.
  std::vector<elf::Relocation> relocations;
  /// What its mapping symbols say, by offset; of bytes before the first one that they are data
  /// (isa/objects.md section 5). Empty when there are none.
  std::vector<CodeMark> marks;
  /// Filled by layout: where it lies in memory; for notes, the offset in the joined note.
  Address address = 0;

  bool executable() const { return (flags & elf::kExecute) != 0; }
};

/// Views the bytes of its file, which must outlive it.
struct ObjectFile {
  std::string name;                   ///< "a.o" or "lib.a(member.o)".
  std::vector<InputSection> sections; ///< By the file's section index.
  std::vector<elf::Symbol> symbols;   ///< By the file's symbol index; entry 0 is the null symbol.

  bool hasExpressions = false; ///< It has link-time expressions (isa/objects.md section 4).

  /// "section .text + 0x12", for messages.
  std::string place(std::size_t section, std::uint32_t offset) const;
  /// Where a symbol is defined, for messages: its section and offset, or "a number".
  std::string place(const elf::Symbol &symbol) const;
};

/// Reads an object. Throws Error naming it when it is damaged or uses what XS3 objects do not have.
std::unique_ptr<ObjectFile> readObject(std::span<const std::uint8_t> bytes,
                                       const std::string &name);

} // namespace xs3::assembler
