// The linked result: what is loaded into one tile and what is known about it.
#pragma once

#include "base/types.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace xs3::assembler {

/// A contiguous piece of the memory image: `bytes` at `address`, then zeros up to `memorySize`
/// bytes.
struct Segment {
  std::string name; ///< The output section: ".text", ".cp", ".dp", ...
  Address address = 0;
  std::vector<std::uint8_t> bytes;
  std::uint32_t memorySize = 0;
  bool executable = false;
  bool writable = false;

  bool operator==(const Segment &) const = default;
};

enum class SymbolKind : std::uint8_t { None, Function, Object, Section, File };

struct Symbol {
  std::string name;
  Address value = 0;
  std::uint32_t size = 0; ///< Bytes; 0 when unknown.
  SymbolKind kind = SymbolKind::None;
  bool global = false;
  bool absolute = false; ///< A number, not an address.

  bool operator==(const Symbol &) const = default;
};

/// Orders symbols as a Program holds them: by address, then name, then the rest.
void sortSymbols(std::vector<Symbol> &symbols);

/// A section that is not loaded, kept for tools: the description of a compiled network, for one.
struct Note {
  std::string name;
  std::vector<std::uint8_t> bytes;

  bool operator==(const Note &) const = default;
};

/// Where code of one issue mode begins ($s.* and $d.* symbols, .issue_mode), or data inside a code
/// section ($a.*), or bytes of which the object does not say what they are ($u.*): for disassembly
/// and `call`. A mark holds up to the next one or to the end of its segment.
struct CodeMark {
  enum class Kind : std::uint8_t { Single, Dual, Data, Unknown };
  Address address = 0;
  Kind kind = Kind::Single;

  bool operator==(const CodeMark &) const = default;
};

/// The kind that a mapping symbol ("$d", "$d.12") stands for; nothing for any other name.
std::optional<CodeMark::Kind> codeMarkKind(std::string_view symbolName);

/// The letter of a kind in its mapping symbols: 's', 'd', 'a' or 'u'.
char codeMarkLetter(CodeMark::Kind kind);

/// One tile's program.
struct Program {
  Address entry = 0;
  std::vector<Segment> segments; ///< Sorted by address, without overlap.
  std::vector<Symbol> symbols;   ///< Sorted by address, then name.
  std::vector<Note> notes;
  std::vector<CodeMark> codeMarks; ///< Sorted by address.

  /// The global symbol of that name, else a local one, or nullptr.
  const Symbol *find(std::string_view name) const;

  /// "name" or "name + 0x12" of the closest preceding non-absolute symbol in the same segment;
  /// empty when there is none.
  std::string describe(Address address) const;

  /// The note of that name, or nothing.
  std::optional<std::span<const std::uint8_t>> note(std::string_view name) const;

  /// The segment that holds this address, or nullptr.
  const Segment *segmentAt(Address address) const;

  bool operator==(const Program &) const = default;
};

/// Whether the bytes begin like an .xe container (anything else is taken for ELF).
bool isXe(std::span<const std::uint8_t> file);

/// Reads a linked program: ELF32, or an .xe container (the program of `tile`: the last ELF image
/// given for it, or the one that a goto sector starts). Checksums of the container are not checked:
/// abi.md does not name their polynomial. Throws Error naming `fileName` and the place.
Program readProgram(std::span<const std::uint8_t> file, const std::string &fileName,
                    unsigned tile = 0);

/// A program as an ELF32 executable, and as an .xe container for tile 0 (isa/abi.md section 2; the
/// checksum of a sector is the CRC-32 of its body with the reflected polynomial 0xEDB88320).
/// Reading either back gives an equal Program. Segments of no bytes at all are left out.
std::vector<std::uint8_t> writeElf(const Program &program);
std::vector<std::uint8_t> writeXe(const Program &program);

} // namespace xs3::assembler
