// A reader of ELF32 files that believes no offset, size or index before it has checked it.
#include "asm/link/elf.h"

#include "asm/link/bytes.h"
#include "asm/link/text.h"
#include "base/error.h"

#include <algorithm>
#include <array>
#include <cstring>

namespace xs3::assembler::elf {
namespace {

constexpr std::array<std::uint8_t, 4> kMagic{0x7f, 'E', 'L', 'F'};
constexpr std::uint8_t kClass32 = 1, kLittleEndian = 1;

std::string number(std::uint64_t value) { return std::to_string(value); }

} // namespace

bool isNoteName(std::string_view name) {
  return name.starts_with(".note.xs3.") || name.starts_with(".xs3.");
}

bool isElf(std::span<const std::uint8_t> bytes) {
  return bytes.size() >= kMagic.size() && std::equal(kMagic.begin(), kMagic.end(), bytes.begin());
}

void File::fail(const std::string &sentence) const {
  throw Error(name_ + ": error: " + printable(sentence));
}

File::File(std::span<const std::uint8_t> bytes, std::string name, std::uint16_t wanted)
    : bytes_(bytes), name_(std::move(name)) {
  if (bytes.empty())
    fail("the file is empty; an ELF file is wanted here");
  if (!isElf(bytes))
    fail("this is no ELF file (it does not begin with 7F 'ELF')");
  if (bytes.size() < kHeaderBytes)
    fail("the ELF header is cut off after " + number(bytes.size()) + " bytes");
  if (bytes[4] != kClass32 || bytes[5] != kLittleEndian)
    fail("this ELF file is not 32-bit little endian, so it is not for XS3");
  if (const auto machine = littleEndian<std::uint16_t>(bytes, 18); machine != kMachineXcore)
    fail("this ELF file is for machine " + number(machine) + ", not for XS3 (203)");
  if (const auto type = littleEndian<std::uint16_t>(bytes, 16); type != wanted) {
    if (type == kRelocatable)
      fail("this is an object file, not a linked program; link it first");
    if (type == kExecutable)
      fail("this is a linked program, not an object file; link its objects instead");
    fail("ELF files of type " + number(type) + " are not supported");
  }
  entry_ = littleEndian<std::uint32_t>(bytes, 24);
  if (const auto count = littleEndian<std::uint16_t>(bytes, 44)) {
    if (littleEndian<std::uint16_t>(bytes, 42) != kSegmentBytes)
      fail("the program headers have an unknown size");
    readSegments(littleEndian<std::uint32_t>(bytes, 28), count);
  }
  if (const auto offset = littleEndian<std::uint32_t>(bytes, 32)) {
    if (littleEndian<std::uint16_t>(bytes, 46) != kSectionBytes)
      fail("the section headers have an unknown size");
    readSections(offset, littleEndian<std::uint16_t>(bytes, 48),
                 littleEndian<std::uint16_t>(bytes, 50));
  }
}

void File::readSegments(std::uint32_t offset, std::uint32_t count) {
  const auto table = slice(offset, std::uint64_t{count} * kSegmentBytes, "the program headers");
  for (std::size_t at = 0; at < table.size(); at += kSegmentBytes) {
    const auto field = [&](std::size_t i) {
      return littleEndian<std::uint32_t>(table, at + 4 * i);
    };
    segments_.push_back({field(0), field(1), field(2), field(4), field(5), field(6)});
  }
}

void File::readSections(std::uint32_t offset, std::uint32_t count, std::uint32_t nameTable) {
  // More sections than the header's field holds: their number and the name table's stand in
  // section 0.
  const auto first = slice(offset, kSectionBytes, "the section headers");
  if (count == 0)
    count = littleEndian<std::uint32_t>(first, 20);
  if (nameTable == kExtendedIndex)
    nameTable = littleEndian<std::uint32_t>(first, 24);
  const auto table = slice(offset, std::uint64_t{count} * kSectionBytes, "the section headers");
  std::vector<std::uint32_t> names;
  for (std::size_t at = 0; at < table.size(); at += kSectionBytes) {
    const auto field = [&](std::size_t i) {
      return littleEndian<std::uint32_t>(table, at + 4 * i);
    };
    names.push_back(field(0));
    sections_.push_back({"", field(1), field(2), field(3), field(4), field(5), field(6), field(7),
                         field(8), field(9)});
  }
  if (nameTable == 0)
    return;
  if (nameTable >= sections_.size())
    fail("the table of section names is section " + number(nameTable) + ", but there are only " +
         number(sections_.size()));
  const auto strings = content(sections_[nameTable]);
  for (std::size_t i = 0; i < sections_.size(); ++i)
    sections_[i].name = string(strings, names[i], "the name of section " + number(i));
}

std::span<const std::uint8_t> File::slice(std::uint64_t offset, std::uint64_t size,
                                          const std::string &what) const {
  if (offset > bytes_.size() || size > bytes_.size() - offset)
    fail(what + " would lie at file offset " + number(offset) + ", " + number(size) +
         " bytes, but the file has only " + number(bytes_.size()) + "; it is cut off or damaged");
  return bytes_.subspan(offset, size);
}

std::string_view File::string(std::span<const std::uint8_t> table, std::uint32_t offset,
                              const std::string &what) const {
  if (offset == 0 && table.empty())
    return {};
  if (offset >= table.size())
    fail(what + " lies outside its string table");
  const auto *text = reinterpret_cast<const char *>(table.data() + offset);
  const auto *end = static_cast<const char *>(std::memchr(text, 0, table.size() - offset));
  if (!end)
    fail(what + " has no end in its string table");
  return {text, static_cast<std::size_t>(end - text)};
}

std::span<const std::uint8_t> File::content(const Section &section) const {
  if (section.type == kNobits || section.type == kNull)
    return {};
  return slice(section.offset, section.size, "section " + std::string(section.name));
}

std::span<const std::uint8_t> File::content(const Segment &segment) const {
  return slice(segment.offset, segment.fileSize, "a loaded segment");
}

std::vector<Symbol> File::symbols() const {
  const auto found = std::find_if(sections_.begin(), sections_.end(),
                                  [](const Section &s) { return s.type == kSymbolTable; });
  if (found == sections_.end())
    return {};
  if (found->entrySize != kSymbolBytes || found->size % kSymbolBytes != 0)
    fail("the symbol table's entries have an unknown size");
  if (found->link >= sections_.size())
    fail("the symbol table names section " + number(found->link) +
         " as its strings, but there is no such section");
  const auto table = content(*found);
  const auto strings = content(sections_[found->link]);
  std::vector<Symbol> symbols;
  for (std::uint32_t i = 0; i < table.size() / kSymbolBytes; ++i)
    symbols.push_back(symbol(table, strings, i));
  return symbols;
}

Symbol File::symbol(std::span<const std::uint8_t> table, std::span<const std::uint8_t> strings,
                    std::uint32_t index) const {
  const std::size_t at = std::size_t{index} * kSymbolBytes;
  const std::string what = "symbol " + number(index);
  const std::uint8_t kind = table[at + 12];
  if (kind >> 4 > kWeak)
    fail(what + " has an unknown binding (" + number(kind >> 4) + ")");
  Symbol symbol{string(strings, littleEndian<std::uint32_t>(table, at), "the name of " + what),
                littleEndian<std::uint32_t>(table, at + 4),
                littleEndian<std::uint32_t>(table, at + 8),
                static_cast<Binding>(kind >> 4),
                static_cast<SymbolType>(kind & 15),
                littleEndian<std::uint16_t>(table, at + 14)};
  if (symbol.section == kExtendedIndex)
    fail(what + " uses an extended section index, which is not supported");
  if (symbol.section < kReservedIndex && symbol.section >= sections_.size())
    fail(what + " (" + std::string(symbol.name) + ") stands in section " + number(symbol.section) +
         ", but there are only " + number(sections_.size()));
  return symbol;
}

std::vector<Relocation> File::relocations(const Section &section) const {
  const std::string what = "relocation section " + std::string(section.name);
  if (section.type == kRel)
    fail(what + " has entries without addends, which XS3 objects do not use");
  if (section.entrySize != kRelaBytes || section.size % kRelaBytes != 0)
    fail("the entries of " + what + " have an unknown size");
  const auto table = content(section);
  std::vector<Relocation> relocations;
  for (std::size_t at = 0; at < table.size(); at += kRelaBytes) {
    const auto kind = littleEndian<std::uint32_t>(table, at + 4);
    relocations.push_back({littleEndian<std::uint32_t>(table, at), kind >> 8,
                           static_cast<std::uint8_t>(kind),
                           static_cast<std::int32_t>(littleEndian<std::uint32_t>(table, at + 8))});
  }
  return relocations;
}

} // namespace xs3::assembler::elf
