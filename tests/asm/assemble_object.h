// What an assembled text became: bytes, relocations and symbols by name, for short tests.
#pragma once

#include "asm/assemble.h"
#include "asm/link/elf.h"

#include <string>
#include <vector>

namespace xs3::assembler::test {

/// A relocation with its symbol's name (a section's own symbol has the section's name).
struct NamedRelocation {
  std::uint32_t offset;
  unsigned type;
  std::string symbol;
  int addend;
  bool operator==(const NamedRelocation &) const = default;
};
void PrintTo(const NamedRelocation &relocation, std::ostream *out);

class AssembledObject {
public:
  explicit AssembledObject(std::string_view text, const AssembleOptions &options = {});

  const AssembleResult &result() const { return result_; }
  /// "MESSAGE" of each error and "warning: MESSAGE" of each warning, with the line in front: "3:
  /// ...".
  std::vector<std::string> messages() const;

  /// The section's halfwords as hexadecimal text in the order of memory: "f000 7740".
  std::string halfwords(std::string_view section = ".text") const;
  std::vector<std::uint8_t> bytes(std::string_view section) const;
  std::vector<NamedRelocation> relocations(std::string_view section = ".text") const;
  const elf::Section &section(std::string_view name) const;
  /// "NAME=VALUE" of the symbols whose name begins so, by value.
  std::vector<std::string> symbols(std::string_view prefix) const;
  const elf::Symbol &symbol(std::string_view name) const;

private:
  AssembleResult result_;
  std::vector<elf::Symbol> symbols_;
  std::vector<elf::File> file_; ///< One, when there is no error.
};

} // namespace xs3::assembler::test
