// What the disassembler works on: a section of an object or a segment of a program, with all that
// is known about its bytes.
#pragma once

#include "asm/link/program.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace xs3::assembler {

struct ObjectFile;

/// A name for an address.
struct Label {
  enum class Binding : std::uint8_t { Local, Global, Weak };
  Address address = 0;
  std::string name;
  std::uint32_t size = 0;
  SymbolKind kind = SymbolKind::None;
  Binding binding = Binding::Local;
};

/// A relocation, as far as text shows it: `symbol + addend` in place of a number.
struct SymbolOperand {
  std::uint8_t type = 0;
  std::string text;
};

struct Region {
  std::string name;
  std::string directive; ///< The line that begins the section: ".section .cp,\"a\",@progbits".
  Address base = 0;      ///< Of an object's section: 0.
  std::uint32_t alignment = 1;
  std::vector<std::uint8_t> bytes;
  std::uint32_t zeros = 0; ///< Behind the bytes.
  bool executable = false;
  std::vector<Label> labels;                    ///< By address.
  std::vector<CodeMark> marks;                  ///< By address; none: unknown.
  std::map<Address, SymbolOperand> relocations; ///< By place.
  std::map<Address, std::string> elsewhere;     ///< Names of places in the program's other regions.
  std::optional<Address> cp, dp;                ///< The pools' bases, in programs that name them.
  std::vector<Address> starts;                  ///< Where code is known to begin, single issue.

  Address end() const { return base + static_cast<Address>(bytes.size()); }
  bool holds(Address address) const { return address >= base && address < end(); }
};

std::vector<Region> regionsOf(const ObjectFile &object);
std::vector<Region> regionsOf(const Program &program);
Region rawRegion(std::span<const std::uint8_t> bytes, Address base);

} // namespace xs3::assembler
