// The linker: resolve symbols, place sections, patch them, and gather what is known about the
// result.
#include "asm/link/link.h"

#include "asm/link/layout.h"
#include "asm/link/relocate.h"
#include "asm/link/resolve.h"
#include "asm/link/text.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <map>
#include <optional>

namespace xs3::assembler {
namespace {

/// What fills gaps between pieces of code: `nop` (isa/encoding.md section 7).
constexpr std::array<std::uint8_t, 2> kCodePadding{0xff, 0x17};

/// The places that use a symbol which nobody defines.
struct MissingSymbol {
  std::string name, object, place;
  std::size_t otherPlaces = 0;
};

class Linker {
public:
  Linker(std::span<const LinkInput> inputs, const LinkOptions &options)
      : options_(options), resolution_(resolve(inputs, options, complaints_)) {
    complaints_.raise();
  }

  Program link(std::vector<Placement> *placements) {
    layout_ = placeSections(resolution_, options_, complaints_);
    complaints_.raise(); // Addresses that do not fit would only cause more complaints.
    joinNotes();
    findPools();
    program_.entry = static_cast<Address>(wantedSymbol(options_.entry, "the entry"));
    for (const std::string &name : options_.keep)
      wantedSymbol(name, "to be kept");
    for (const SegmentPlan &plan : layout_.segments)
      program_.segments.push_back(segment(plan));
    patchNotes();
    complainAboutMissing();
    complaints_.raise();
    collectSymbols();
    collectCodeMarks();
    if (placements)
      *placements = collectPlacements();
    return std::move(program_);
  }

private:
  // Values of symbols.

  Address valueOf(const SymbolPlace &place) const {
    const elf::Symbol &symbol = place.symbol();
    if (symbol.section == elf::kAbsolute)
      return symbol.value;
    return place.object->sections[symbol.section].address + symbol.value;
  }

  /// The value of a global symbol; nothing when nobody defines it.
  std::optional<Address> globalValue(std::string_view name) const {
    if (const auto found = resolution_.definitions.find(name);
        found != resolution_.definitions.end())
      return valueOf(found->second);
    if (const auto found = layout_.symbols.find(name); found != layout_.symbols.end())
      return found->second;
    return std::nullopt;
  }

  Address wantedSymbol(const std::string &name, const char *why) {
    if (const auto value = globalValue(name))
      return *value;
    complaints_.add("error: symbol " + name + ", " + why +
                    ", is not defined; define it or hand in the object or archive that does");
    return 0;
  }

  /// The value that a relocation means by its symbol. Weak symbols that nobody defines are 0.
  std::optional<Address> relocationValue(const ObjectFile &object, std::uint32_t index) const {
    const elf::Symbol &symbol = object.symbols[index];
    if (symbol.binding == elf::kLocal)
      return symbol.section == elf::kUndefined ? std::optional<Address>()
                                               : valueOf({&object, index});
    if (const auto value = globalValue(symbol.name))
      return value;
    return symbol.binding == elf::kWeak ? std::optional<Address>(0) : std::nullopt;
  }

  void findPools() {
    pools_.cp = globalValue("_cp").value_or(0);
    pools_.dp = globalValue("_dp").value_or(0);
  }

  // Bytes.

  Segment segment(const SegmentPlan &plan) {
    Segment segment;
    segment.name = plan.name;
    segment.address = plan.address;
    segment.memorySize = plan.memoryBytes;
    segment.bytes.resize(plan.fileBytes);
    for (const PlacedSection &placed : plan.sections) {
      segment.executable |= placed.section().executable();
      segment.writable |= (placed.section().flags & elf::kWrite) != 0;
    }
    if (segment.executable)
      for (std::size_t i = 0; i < segment.bytes.size(); ++i)
        segment.bytes[i] = kCodePadding[i & 1];
    for (const PlacedSection &placed : plan.sections) {
      const InputSection &section = placed.section();
      const auto place =
          std::span(segment.bytes).subspan(section.zeroed ? 0 : section.address - plan.address);
      std::copy(section.bytes.begin(), section.bytes.end(), place.begin());
      patch(*placed.object, placed.index, place.first(section.bytes.size()));
    }
    return segment;
  }

  void patch(const ObjectFile &object, std::size_t index, std::span<std::uint8_t> bytes) {
    const InputSection &section = object.sections[index];
    for (const elf::Relocation &relocation : section.relocations) {
      if (isKeepOnly(relocation.type))
        continue;
      const auto value = relocationValue(object, relocation.symbol);
      if (!value) {
        addMissing(object, index, relocation);
        continue;
      }
      const auto problem = relocate(relocation.type, bytes, section.address, relocation.offset,
                                    std::int64_t{*value} + relocation.addend,
                                    symbolText(object, relocation), pools_);
      if (problem)
        complaints_.add(object.name + ": error: " + object.place(index, relocation.offset) + ": " +
                        *problem);
    }
  }

  static std::string symbolText(const ObjectFile &object, const elf::Relocation &relocation) {
    const elf::Symbol &symbol = object.symbols[relocation.symbol];
    std::string text(symbol.name);
    if (text.empty() && symbol.section < object.sections.size())
      text = object.sections[symbol.section].name;
    if (text.empty())
      text = "symbol " + std::to_string(relocation.symbol);
    if (relocation.addend != 0)
      text += (relocation.addend > 0 ? " + " : " - ") +
              std::to_string(std::abs(std::int64_t{relocation.addend}));
    return text;
  }

  void addMissing(const ObjectFile &object, std::size_t section,
                  const elf::Relocation &relocation) {
    const std::string name(object.symbols[relocation.symbol].name);
    const auto [found, isNew] = missingIndex_.emplace(name, missing_.size());
    if (isNew)
      missing_.push_back({name, object.name, object.place(section, relocation.offset)});
    else
      ++missing_[found->second].otherPlaces;
  }

  void complainAboutMissing() {
    for (const MissingSymbol &missing : missing_) {
      const std::string others = missing.otherPlaces == 0
                                     ? ""
                                     : ", " + std::to_string(missing.otherPlaces) + " more place" +
                                           (missing.otherPlaces == 1 ? "" : "s");
      complaints_.add(missing.object + ": error: symbol " + missing.name + " is used here (" +
                      missing.place + others +
                      ") but not defined; define it or hand in the object or archive that does");
    }
  }

  // Notes: sections of one name are joined in the order of the objects.

  void joinNotes() {
    for (const auto &object : resolution_.objects)
      for (InputSection &section : object->sections) {
        if (section.use != SectionUse::Note || section.zeroed)
          continue;
        Note &note = noteOf(section.name);
        note.bytes.resize((note.bytes.size() + section.alignment - 1) / section.alignment *
                          section.alignment);
        section.address = static_cast<Address>(note.bytes.size());
        note.bytes.insert(note.bytes.end(), section.bytes.begin(), section.bytes.end());
      }
  }

  Note &noteOf(std::string_view name) {
    for (Note &note : program_.notes)
      if (note.name == name)
        return note;
    return program_.notes.emplace_back(Note{std::string(name), {}});
  }

  void patchNotes() {
    for (const auto &object : resolution_.objects)
      for (std::size_t i = 0; i < object->sections.size(); ++i)
        if (const InputSection &section = object->sections[i];
            section.use == SectionUse::Note && !section.zeroed)
          patch(
              *object, i,
              std::span(noteOf(section.name).bytes).subspan(section.address, section.bytes.size()));
  }

  // What is known about the result.

  void collectSymbols() {
    for (const auto &object : resolution_.objects)
      for (std::uint32_t i = 1; i < object->symbols.size(); ++i)
        if (isKept(*object, i))
          program_.symbols.push_back(programSymbol({object.get(), i}));
    for (const auto &[name, value] : layout_.symbols)
      if (!resolution_.definitions.contains(name))
        program_.symbols.push_back({name, value, 0, SymbolKind::None, true, false});
    sortSymbols(program_.symbols);
  }

  /// Names that a person or a tool may ask for: no files, sections, mapping symbols, local numbers
  /// or the compiler's own labels (".L..."), and of globals only the definition that won.
  bool isKept(const ObjectFile &object, std::uint32_t index) const {
    const elf::Symbol &symbol = object.symbols[index];
    if (symbol.section == elf::kUndefined || symbol.name.empty() || symbol.type >= elf::kSection)
      return false;
    if (symbol.section != elf::kAbsolute &&
        object.sections[symbol.section].use != SectionUse::Loaded)
      return false;
    if (symbol.binding == elf::kLocal)
      return !symbol.name.starts_with(".L") && !codeMarkKind(symbol.name) &&
             symbol.section != elf::kAbsolute;
    const SymbolPlace &winner = resolution_.definitions.at(symbol.name);
    return winner.object == &object && winner.index == index;
  }

  Symbol programSymbol(const SymbolPlace &place) const {
    const elf::Symbol &symbol = place.symbol();
    return {std::string(symbol.name),
            valueOf(place),
            symbol.size,
            static_cast<SymbolKind>(symbol.type == elf::kObject     ? SymbolKind::Object
                                    : symbol.type == elf::kFunction ? SymbolKind::Function
                                                                    : SymbolKind::None),
            symbol.binding != elf::kLocal,
            symbol.section == elf::kAbsolute};
  }

  void collectCodeMarks() {
    for (const SegmentPlan &plan : layout_.segments)
      for (const PlacedSection &placed : plan.sections)
        if (placed.section().executable() && placed.section().size > 0)
          collectCodeMarks(placed);
  }

  void collectCodeMarks(const PlacedSection &placed) {
    const InputSection &section = placed.section();
    if (section.marks.empty()) // It does not say what it is.
      addMark({section.address, CodeMark::Kind::Unknown});
    for (const CodeMark &mark : section.marks)
      if (mark.address < section.size)
        addMark({section.address + mark.address, mark.kind});
  }

  /// Of two marks at one place the later holds; a mark that changes nothing is left out.
  void addMark(CodeMark mark) {
    auto &marks = program_.codeMarks;
    if (!marks.empty() && marks.back().address == mark.address)
      marks.pop_back();
    if (marks.empty() || marks.back().kind != mark.kind)
      marks.push_back(mark);
  }

  std::vector<Placement> collectPlacements() const {
    std::vector<Placement> placements;
    for (const SegmentPlan &plan : layout_.segments)
      for (const PlacedSection &placed : plan.sections)
        if (placed.section().size > 0)
          placements.push_back({placed.object->name, std::string(placed.section().name),
                                placed.section().address, placed.section().size});
    return placements;
  }

  const LinkOptions &options_;
  Complaints complaints_;
  Resolution resolution_;
  Layout layout_;
  PoolBases pools_;
  Program program_;
  std::map<std::string, std::size_t, std::less<>> missingIndex_;
  std::vector<MissingSymbol> missing_; ///< In the order of their first use.
};

} // namespace

Program link(std::span<const LinkInput> inputs, const LinkOptions &options,
             std::vector<Placement> *placements) {
  return Linker(inputs, options).link(placements);
}

} // namespace xs3::assembler
