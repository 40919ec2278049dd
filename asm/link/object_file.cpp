// Objects: which sections matter, and that relocations and symbols stay inside them.
#include "asm/link/object_file.h"

#include "asm/link/text.h"

#include <algorithm>
#include <bit>

namespace xs3::assembler {
namespace {

/// Far above what any code asks for (the trap handler: 128); keeps a damaged file from asking for
/// gigabytes of padding.
constexpr std::uint32_t kMaxAlignment = 1 << 16;

/// Tables that describe other sections and are read on their own.
bool isTable(std::uint32_t type) {
  return type == elf::kNull || type == elf::kSymbolTable || type == elf::kStringTable ||
         type == elf::kRela || type == elf::kRel;
}

class Reader {
public:
  Reader(std::span<const std::uint8_t> bytes, const std::string &name)
      : file_(bytes, name, elf::kRelocatable), object_(std::make_unique<ObjectFile>()) {
    object_->name = name;
  }

  std::unique_ptr<ObjectFile> read() {
    for (const elf::Section &section : file_.sections()) {
      object_->sections.push_back(inputSection(section));
      object_->hasExpressions |= section.type == elf::kExpressions && section.size > 0;
    }
    object_->symbols = file_.symbols();
    for (const elf::Symbol &symbol : object_->symbols) {
      checkSymbol(symbol);
      addMark(symbol);
    }
    for (InputSection &section : object_->sections)
      orderMarks(section.marks);
    for (const elf::Section &section : file_.sections())
      if (section.type == elf::kRela || section.type == elf::kRel)
        attachRelocations(section);
    return std::move(object_);
  }

private:
  InputSection inputSection(const elf::Section &section) const {
    InputSection input;
    const elf::Section &root = section.type == elf::kPiece ? rootOf(section) : section;
    input.name = root.name;
    input.type = root.type;
    input.flags = root.flags;
    input.size = section.size;
    input.zeroed = root.type == elf::kNobits;
    if (section.type == elf::kGroup)
      file_.fail("section groups are not supported; assemble without them");
    if (isTable(section.type) || section.type == elf::kExpressions)
      return input;
    if (root.flags & elf::kAlloc)
      input.use = SectionUse::Loaded;
    else if (elf::isNoteName(root.name))
      input.use = SectionUse::Note;
    else
      return input;
    input.alignment = section.alignment == 0 ? 1 : section.alignment;
    if (!std::has_single_bit(input.alignment) || input.alignment > kMaxAlignment)
      file_.fail("section " + std::string(root.name) + " has an alignment of " +
                 std::to_string(input.alignment) + ", which is no power of two up to " +
                 std::to_string(kMaxAlignment));
    if (!input.zeroed)
      input.bytes = file_.content(section);
    return input;
  }

  const elf::Section &rootOf(const elf::Section &piece) const {
    if (piece.info >= file_.sections().size() || file_.sections()[piece.info].type == elf::kPiece)
      file_.fail("a piece of a section names section " + std::to_string(piece.info) +
                 " as its root, which is none");
    return file_.sections()[piece.info];
  }

  void checkSymbol(const elf::Symbol &symbol) const {
    if (symbol.section == elf::kCommon)
      file_.fail("symbol " + std::string(symbol.name) +
                 " is a common symbol, which XS3 objects do not use; give it a place in .dp.bss");
    if (symbol.section >= elf::kReservedIndex && symbol.section != elf::kAbsolute)
      file_.fail("symbol " + std::string(symbol.name) + " has an unknown section index");
    if (symbol.section == elf::kUndefined || symbol.section == elf::kAbsolute)
      return;
    const InputSection &section = object_->sections[symbol.section];
    if (symbol.value > section.size)
      file_.fail("symbol " + std::string(symbol.name) + " lies outside its section (" +
                 object_->place(symbol.section, symbol.value) + ", but the section has " +
                 std::to_string(section.size) + " bytes)");
  }

  void addMark(const elf::Symbol &symbol) {
    const auto kind =
        symbol.binding == elf::kLocal ? codeMarkKind(symbol.name) : std::optional<CodeMark::Kind>();
    if (kind && symbol.section != elf::kUndefined && symbol.section != elf::kAbsolute)
      object_->sections[symbol.section].marks.push_back({symbol.value, *kind});
  }

  static void orderMarks(std::vector<CodeMark> &marks) {
    std::stable_sort(marks.begin(), marks.end(),
                     [](const CodeMark &a, const CodeMark &b) { return a.address < b.address; });
    if (!marks.empty() && marks.front().address != 0)
      marks.insert(marks.begin(), {0, CodeMark::Kind::Data});
  }

  void attachRelocations(const elf::Section &table) {
    if (table.info >= object_->sections.size())
      file_.fail("relocation section " + std::string(table.name) + " is for section " +
                 std::to_string(table.info) + ", which does not exist");
    InputSection &target = object_->sections[table.info];
    if (target.use == SectionUse::Dropped)
      return;
    for (const elf::Relocation &relocation : file_.relocations(table)) {
      if (relocation.symbol >= object_->symbols.size())
        file_.fail(object_->place(table.info, relocation.offset) +
                   ": the relocation here is for symbol " + std::to_string(relocation.symbol) +
                   ", which does not exist");
      target.relocations.push_back(relocation);
    }
  }

  elf::File file_;
  std::unique_ptr<ObjectFile> object_;
};

} // namespace

std::string ObjectFile::place(std::size_t section, std::uint32_t offset) const {
  return "section " + std::string(sections[section].name) + " + " + hex(offset);
}

std::string ObjectFile::place(const elf::Symbol &symbol) const {
  return symbol.section == elf::kAbsolute ? "a number" : place(symbol.section, symbol.value);
}

std::unique_ptr<ObjectFile> readObject(std::span<const std::uint8_t> bytes,
                                       const std::string &name) {
  return Reader(bytes, name).read();
}

} // namespace xs3::assembler
