// Reads an object back with the linker's reader of ELF.
#include "tests/asm/assemble_object.h"

#include <algorithm>
#include <cstdio>
#include <ostream>
#include <stdexcept>

namespace xs3::assembler::test {

void PrintTo(const NamedRelocation &relocation, std::ostream *out) {
  *out << "{" << relocation.offset << ", " << relocation.type << ", " << relocation.symbol << ", "
       << relocation.addend << "}";
}

AssembledObject::AssembledObject(std::string_view text, const AssembleOptions &options)
    : result_(assemble(text, "test.S", options)) {
  if (!result_.hasErrors()) {
    file_.emplace_back(result_.object, "test.o", elf::kRelocatable);
    symbols_ = file_.front().symbols();
  }
}

std::vector<std::string> AssembledObject::messages() const {
  std::vector<std::string> all;
  for (const Diagnostic &d : result_.diagnostics)
    all.push_back(std::to_string(d.line) + ": " +
                  (d.kind == Diagnostic::Kind::Warning ? "warning: " : "") + d.message);
  return all;
}

const elf::Section &AssembledObject::section(std::string_view name) const {
  for (const elf::Section &section : file_.at(0).sections())
    if (section.name == name)
      return section;
  throw std::out_of_range("no section " + std::string(name));
}

std::vector<std::uint8_t> AssembledObject::bytes(std::string_view name) const {
  const auto content = file_.at(0).content(section(name));
  return {content.begin(), content.end()};
}

std::string AssembledObject::halfwords(std::string_view name) const {
  const auto content = bytes(name);
  std::string text;
  for (std::size_t i = 0; i + 1 < content.size(); i += 2) {
    char digits[8];
    std::snprintf(digits, sizeof digits, "%s%04x", i == 0 ? "" : " ",
                  static_cast<unsigned>(content[i] | content[i + 1] << 8));
    text += digits;
  }
  return text;
}

std::vector<NamedRelocation> AssembledObject::relocations(std::string_view name) const {
  std::vector<NamedRelocation> all;
  for (const elf::Section &section : file_.at(0).sections()) {
    if (section.name != ".rela" + std::string(name))
      continue;
    for (const elf::Relocation &relocation : file_[0].relocations(section)) {
      const elf::Symbol &symbol = symbols_.at(relocation.symbol);
      const auto symbolName =
          symbol.type == elf::kSection ? file_[0].sections()[symbol.section].name : symbol.name;
      all.push_back(
          {relocation.offset, relocation.type, std::string(symbolName), relocation.addend});
    }
  }
  return all;
}

const elf::Symbol &AssembledObject::symbol(std::string_view name) const {
  for (const elf::Symbol &symbol : symbols_)
    if (symbol.name == name)
      return symbol;
  throw std::out_of_range("no symbol " + std::string(name));
}

std::vector<std::string> AssembledObject::symbols(std::string_view prefix) const {
  std::vector<const elf::Symbol *> found;
  for (const elf::Symbol &symbol : symbols_)
    if (symbol.name.starts_with(prefix))
      found.push_back(&symbol);
  std::stable_sort(found.begin(), found.end(),
                   [](auto *a, auto *b) { return a->value < b->value; });
  std::vector<std::string> all;
  for (const elf::Symbol *symbol : found)
    all.push_back(std::string(symbol->name) + "=" + std::to_string(symbol->value));
  return all;
}

} // namespace xs3::assembler::test
