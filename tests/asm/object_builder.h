// Makes ELF32 objects byte by byte, in any shape a test wants: also shapes that no assembler of
// ours writes.
#pragma once

#include "asm/link/bytes.h"
#include "asm/link/elf.h"
#include "asm/link/link.h"
#include "base/error.h"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace xs3::assembler::test {

using Bytes = std::vector<std::uint8_t>;

/// The bytes of 32-bit words, as code and data words are written in the ISA's tables (HI:LO).
inline Bytes words(std::initializer_list<std::uint32_t> values) {
  Bytes bytes;
  for (const std::uint32_t value : values)
    appendLittleEndian<std::uint32_t>(bytes, value);
  return bytes;
}

class ObjectBuilder {
public:
  struct Section {
    std::string name = {};
    std::uint32_t type = elf::kProgbits, flags = 0;
    Bytes bytes = {};
    std::uint32_t size = 0; ///< Of NOBITS.
    std::uint32_t alignment = 4, info = 0, address = 0;
  };

  std::uint16_t section(Section section) {
    sections_.push_back(std::move(section));
    return static_cast<std::uint16_t>(sections_.size());
  }
  std::uint16_t text(Bytes bytes, std::uint32_t alignment = 4) {
    return section({.name = ".text",
                    .flags = elf::kAlloc | elf::kExecute,
                    .bytes = std::move(bytes),
                    .alignment = alignment});
  }
  std::uint16_t data(const std::string &name, Bytes bytes, std::uint32_t flags = elf::kAlloc,
                     std::uint32_t alignment = 4) {
    return section(
        {.name = name, .flags = flags, .bytes = std::move(bytes), .alignment = alignment});
  }
  std::uint16_t zeros(const std::string &name, std::uint32_t size, std::uint32_t alignment = 4) {
    return section({.name = name,
                    .type = elf::kNobits,
                    .flags = elf::kAlloc | elf::kWrite,
                    .size = size,
                    .alignment = alignment});
  }

  std::uint32_t symbol(const std::string &name, std::uint16_t section, std::uint32_t value = 0,
                       elf::Binding binding = elf::kGlobal, elf::SymbolType type = elf::kNoType) {
    symbols_.push_back({name, section, value, binding, type});
    return static_cast<std::uint32_t>(symbols_.size());
  }
  std::uint32_t undefined(const std::string &name, elf::Binding binding = elf::kGlobal) {
    return symbol(name, elf::kUndefined, 0, binding);
  }
  std::uint32_t local(const std::string &name, std::uint16_t section, std::uint32_t value = 0) {
    return symbol(name, section, value, elf::kLocal);
  }

  void relocation(std::uint16_t section, std::uint32_t offset, std::uint8_t type,
                  std::uint32_t symbol, std::int32_t addend = 0) {
    Bytes &table = relocations_[section];
    appendLittleEndian<std::uint32_t>(table, offset);
    appendLittleEndian<std::uint32_t>(table, symbol << 8 | type);
    appendLittleEndian<std::uint32_t>(table, static_cast<std::uint32_t>(addend));
  }

  Bytes build() const {
    std::vector<Section> all{{.type = elf::kNull, .alignment = 0}};
    all.insert(all.end(), sections_.begin(), sections_.end());
    const auto symbolTable = static_cast<std::uint32_t>(all.size() + relocations_.size());
    for (const auto &[target, table] : relocations_)
      all.push_back(
          {.name = ".rela" + all[target].name, .type = elf::kRela, .bytes = table, .info = target});
    Bytes strings{0};
    all.push_back({.name = ".symtab", .type = elf::kSymbolTable, .bytes = symbolBytes(strings)});
    all.push_back({.name = ".strtab", .type = elf::kStringTable, .bytes = strings});
    all.push_back({.name = ".shstrtab", .type = elf::kStringTable});
    return file(std::move(all), symbolTable);
  }

  LinkInput input(const std::string &name) const { return {name, build()}; }

private:
  struct Symbol {
    std::string name;
    std::uint16_t section;
    std::uint32_t value;
    elf::Binding binding;
    elf::SymbolType type;
  };

  Bytes symbolBytes(Bytes &strings) const {
    Bytes table(elf::kSymbolBytes);
    for (const Symbol &symbol : symbols_) {
      appendLittleEndian<std::uint32_t>(table, static_cast<std::uint32_t>(strings.size()));
      strings.insert(strings.end(), symbol.name.c_str(),
                     symbol.name.c_str() + symbol.name.size() + 1);
      appendLittleEndian<std::uint32_t>(table, symbol.value);
      appendLittleEndian<std::uint32_t>(table, 0);
      table.push_back(static_cast<std::uint8_t>(symbol.binding << 4 | symbol.type));
      table.push_back(0);
      appendLittleEndian<std::uint16_t>(table, symbol.section);
    }
    return table;
  }

  static Bytes file(std::vector<Section> all, std::uint32_t symbolTable) {
    Bytes out{0x7f, 'E', 'L', 'F', 1, 1, 1};
    out.resize(elf::kHeaderBytes);
    Bytes names{0}, headers;
    for (std::size_t i = 0; i < all.size(); ++i) {
      Section &section = all[i];
      const auto name = static_cast<std::uint32_t>(names.size());
      names.insert(names.end(), section.name.c_str(),
                   section.name.c_str() + section.name.size() + 1);
      if (i + 1 == all.size())
        section.bytes = names;
      while (out.size() % 4 != 0)
        out.push_back(0);
      const auto size = section.type == elf::kNobits
                            ? section.size
                            : static_cast<std::uint32_t>(section.bytes.size());
      const std::uint32_t link = section.type == elf::kSymbolTable ? symbolTable + 1
                                 : section.type == elf::kRela      ? symbolTable
                                                                   : 0;
      const std::uint32_t entry = section.type == elf::kSymbolTable ? elf::kSymbolBytes
                                  : section.type == elf::kRela      ? elf::kRelaBytes
                                                                    : 0;
      for (const std::uint32_t word : {name, section.type, section.flags, section.address,
                                       static_cast<std::uint32_t>(out.size()), size, link,
                                       section.info, section.alignment, entry})
        appendLittleEndian<std::uint32_t>(headers, word);
      out.insert(out.end(), section.bytes.begin(), section.bytes.end());
    }
    while (out.size() % 4 != 0)
      out.push_back(0);
    putLittleEndian<std::uint16_t>(out, 16, elf::kRelocatable);
    putLittleEndian<std::uint16_t>(out, 18, elf::kMachineXcore);
    putLittleEndian<std::uint32_t>(out, 20, 1);
    putLittleEndian<std::uint32_t>(out, 32, static_cast<std::uint32_t>(out.size()));
    putLittleEndian<std::uint16_t>(out, 40, elf::kHeaderBytes);
    putLittleEndian<std::uint16_t>(out, 46, elf::kSectionBytes);
    putLittleEndian<std::uint16_t>(out, 48, static_cast<std::uint16_t>(all.size()));
    putLittleEndian<std::uint16_t>(out, 50, static_cast<std::uint16_t>(all.size() - 1));
    out.insert(out.end(), headers.begin(), headers.end());
    return out;
  }

  std::vector<Section> sections_;
  std::vector<Symbol> symbols_;
  std::map<std::uint16_t, Bytes> relocations_;
};

/// An object whose code, two nops, begins at the global symbol `name`.
inline ObjectBuilder function(const std::string &name) {
  ObjectBuilder object;
  object.symbol(name, object.text(words({0x17FF17FF})), 0, elf::kGlobal, elf::kFunction);
  return object;
}

/// The sentence of the Error that linking ends with; empty when it works.
inline std::string linkError(std::vector<LinkInput> inputs, const LinkOptions &options = {}) {
  try {
    link(inputs, options);
  } catch (const Error &error) {
    return error.what();
  }
  return "";
}

inline Program linked(std::vector<LinkInput> inputs, const LinkOptions &options = {}) {
  return link(inputs, options);
}

/// The 32-bit word that a program holds at an address.
inline std::uint32_t wordAt(const Program &program, Address address) {
  const Segment *segment = program.segmentAt(address);
  return littleEndian<std::uint32_t>(segment->bytes, address - segment->address);
}

inline Address addressOf(const Program &program, std::string_view name) {
  return program.find(name)->value;
}

} // namespace xs3::assembler::test
