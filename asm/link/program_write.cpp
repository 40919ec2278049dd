// Programs to ELF32 executables: program headers for loaders, section headers for tools, and a
// symbol table that also holds the code marks.
#include "asm/link/program.h"

#include "asm/link/bytes.h"
#include "asm/link/elf.h"

#include <algorithm>

namespace xs3::assembler {
namespace {

/// Bytes of a string table; every string is entered once for each use.
class StringTable {
public:
  std::uint32_t add(const std::string &text) {
    if (text.empty())
      return 0;
    const auto offset = static_cast<std::uint32_t>(bytes_.size());
    bytes_.insert(bytes_.end(), text.c_str(), text.c_str() + text.size() + 1);
    return offset;
  }
  const std::vector<std::uint8_t> &bytes() const { return bytes_; }

private:
  std::vector<std::uint8_t> bytes_{0};
};

/// A section header's ten words.
struct Header {
  std::uint32_t name = 0, type = 0, flags = 0, address = 0, offset = 0, size = 0, link = 0,
                info = 0, alignment = 1, entrySize = 0;
};

std::uint8_t symbolType(SymbolKind kind) {
  switch (kind) {
  case SymbolKind::Function:
    return elf::kFunction;
  case SymbolKind::Object:
    return elf::kObject;
  case SymbolKind::Section:
    return elf::kSection;
  case SymbolKind::File:
    return elf::kFile;
  case SymbolKind::None:
    break;
  }
  return elf::kNoType;
}

class Writer {
public:
  explicit Writer(const Program &program) : program_(program) {
    for (const Segment &segment : program.segments)
      if (segment.memorySize > 0)
        segments_.push_back(&segment);
  }

  std::vector<std::uint8_t> write() {
    headers_.push_back({.alignment = 0});
    out_.resize(elf::kHeaderBytes + segments_.size() * elf::kSegmentBytes);
    for (std::size_t i = 0; i < segments_.size(); ++i)
      writeSegment(*segments_[i], i);
    for (const Note &note : program_.notes)
      headers_.push_back({.name = sectionNames_.add(note.name),
                          .type = elf::kProgbits,
                          .offset = append(note.bytes, 4),
                          .size = static_cast<std::uint32_t>(note.bytes.size())});
    writeSymbols();
    writeSectionHeaders();
    writeHeader();
    return std::move(out_);
  }

private:
  /// Appends bytes on a multiple of `alignment`; gives their file offset.
  std::uint32_t append(std::span<const std::uint8_t> bytes, std::size_t alignment) {
    out_.resize((out_.size() + alignment - 1) / alignment * alignment);
    const auto offset = static_cast<std::uint32_t>(out_.size());
    out_.insert(out_.end(), bytes.begin(), bytes.end());
    return offset;
  }

  void writeSegment(const Segment &segment, std::size_t index) {
    // Loaders that map files want offset and address to agree modulo the alignment of 4.
    while (out_.size() % 4 != segment.address % 4)
      out_.push_back(0);
    const auto fileSize = static_cast<std::uint32_t>(segment.bytes.size());
    const std::uint32_t offset = append(segment.bytes, 1);
    const std::uint32_t flags = elf::kSegmentRead |
                                (segment.executable ? elf::kSegmentExecute : 0) |
                                (segment.writable ? elf::kSegmentWrite : 0);
    const std::uint32_t words[] = {elf::kLoad,      offset,   segment.address,
                                   segment.address, fileSize, segment.memorySize,
                                   flags,           4};
    for (std::size_t i = 0; i < std::size(words); ++i)
      putLittleEndian<std::uint32_t>(out_, elf::kHeaderBytes + index * elf::kSegmentBytes + 4 * i,
                                     words[i]);
    addSections(segment, offset);
  }

  /// A section with the segment's bytes, and one for the zeros behind them.
  void addSections(const Segment &segment, std::uint32_t offset) {
    const std::uint32_t flags = elf::kAlloc | (segment.executable ? elf::kExecute : 0u) |
                                (segment.writable ? elf::kWrite : 0u);
    const auto fileSize = static_cast<std::uint32_t>(segment.bytes.size());
    Header header{.name = sectionNames_.add(segment.name),
                  .type = elf::kProgbits,
                  .flags = flags,
                  .address = segment.address,
                  .offset = offset,
                  .size = fileSize,
                  .alignment = 4};
    if (fileSize > 0)
      headers_.push_back(header);
    if (segment.memorySize == fileSize)
      return;
    if (fileSize > 0)
      header.name = sectionNames_.add(segment.name + ".bss");
    header.type = elf::kNobits;
    header.address += fileSize;
    header.offset += fileSize;
    header.size = segment.memorySize - fileSize;
    headers_.push_back(header);
  }

  /// The section that a place belongs to: the last that begins at or before it (a label may stand
  /// behind the last byte), else the first.
  std::uint16_t sectionOf(Address address) const {
    std::size_t best = 0;
    for (std::size_t i = 1; i < headers_.size() && headers_[i].flags & elf::kAlloc; ++i)
      if (headers_[i].address <= address || best == 0)
        best = i;
    return static_cast<std::uint16_t>(best == 0 ? std::uint32_t{elf::kAbsolute} : best);
  }

  void addSymbol(std::vector<std::uint8_t> &table, const Symbol &symbol) {
    appendLittleEndian<std::uint32_t>(table, symbolNames_.add(symbol.name));
    appendLittleEndian<std::uint32_t>(table, symbol.value);
    appendLittleEndian<std::uint32_t>(table, symbol.size);
    const auto binding = symbol.global ? elf::kGlobal : elf::kLocal;
    table.push_back(static_cast<std::uint8_t>(binding << 4 | symbolType(symbol.kind)));
    table.push_back(0);
    appendLittleEndian<std::uint16_t>(table,
                                      symbol.absolute ? elf::kAbsolute : sectionOf(symbol.value));
  }

  void writeSymbols() {
    std::vector<std::uint8_t> table(elf::kSymbolBytes);
    for (std::size_t i = 0; i < program_.codeMarks.size(); ++i) {
      const CodeMark &mark = program_.codeMarks[i];
      addSymbol(table, {std::string("$") + codeMarkLetter(mark.kind) + "." + std::to_string(i),
                        mark.address, 0, SymbolKind::None, false, false});
    }
    for (const Symbol &symbol : program_.symbols)
      if (!symbol.global)
        addSymbol(table, symbol);
    const auto firstGlobal = static_cast<std::uint32_t>(table.size() / elf::kSymbolBytes);
    for (const Symbol &symbol : program_.symbols)
      if (symbol.global)
        addSymbol(table, symbol);
    headers_.push_back({.name = sectionNames_.add(".symtab"),
                        .type = elf::kSymbolTable,
                        .offset = append(table, 4),
                        .size = static_cast<std::uint32_t>(table.size()),
                        .link = static_cast<std::uint32_t>(headers_.size() + 1),
                        .info = firstGlobal,
                        .alignment = 4,
                        .entrySize = elf::kSymbolBytes});
    addStrings(".strtab", symbolNames_);
  }

  void addStrings(const std::string &name, StringTable &table) {
    const std::uint32_t nameOffset = sectionNames_.add(name);
    headers_.push_back({.name = nameOffset,
                        .type = elf::kStringTable,
                        .offset = append(table.bytes(), 1),
                        .size = static_cast<std::uint32_t>(table.bytes().size())});
  }

  void writeSectionHeaders() {
    addStrings(".shstrtab", sectionNames_);
    sectionTable_ = append({}, 4);
    for (const Header &header : headers_)
      for (const std::uint32_t word :
           {header.name, header.type, header.flags, header.address, header.offset, header.size,
            header.link, header.info, header.alignment, header.entrySize})
        appendLittleEndian<std::uint32_t>(out_, word);
  }

  void writeHeader() {
    constexpr std::uint8_t kIdent[] = {0x7f, 'E', 'L', 'F', 1, 1, 1};
    std::copy(std::begin(kIdent), std::end(kIdent), out_.begin());
    const auto half = [&](std::size_t offset, std::size_t value) {
      putLittleEndian<std::uint16_t>(out_, offset, static_cast<std::uint16_t>(value));
    };
    const auto word = [&](std::size_t offset, std::uint32_t value) {
      putLittleEndian<std::uint32_t>(out_, offset, value);
    };
    half(16, elf::kExecutable);
    half(18, elf::kMachineXcore);
    word(20, 1);
    word(24, program_.entry);
    word(28, segments_.empty() ? 0 : elf::kHeaderBytes);
    word(32, sectionTable_);
    half(40, elf::kHeaderBytes);
    half(42, elf::kSegmentBytes);
    half(44, segments_.size());
    half(46, elf::kSectionBytes);
    half(48, headers_.size());
    half(50, headers_.size() - 1);
  }

  const Program &program_;
  std::vector<const Segment *> segments_;
  std::vector<Header> headers_;
  StringTable sectionNames_, symbolNames_;
  std::uint32_t sectionTable_ = 0;
  std::vector<std::uint8_t> out_;
};

} // namespace

std::vector<std::uint8_t> writeElf(const Program &program) { return Writer(program).write(); }

} // namespace xs3::assembler
