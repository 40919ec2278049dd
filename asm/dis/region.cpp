// Objects, programs and raw images as regions.
#include "asm/dis/region.h"

#include "asm/link/object_file.h"
#include "asm/link/relocate.h"

#include <algorithm>

namespace xs3::assembler {
namespace {

std::string sectionDirective(const std::string &name, const std::string &flags, bool zeroed) {
  if (name == ".text")
    return ".text";
  return ".section " + name + ",\"" + flags + "\"," + (zeroed ? "@nobits" : "@progbits");
}

void sortLabels(std::vector<Label> &labels) {
  std::stable_sort(labels.begin(), labels.end(),
                   [](const Label &a, const Label &b) { return a.address < b.address; });
}

/// Where code may begin that has no mark: functions, and in code without them every global label.
void findStarts(Region &region) {
  for (const Label &label : region.labels)
    if (region.holds(label.address) &&
        (label.kind == SymbolKind::Function ||
         (label.kind == SymbolKind::None && label.binding != Label::Binding::Local)))
      region.starts.push_back(label.address);
}

bool isMark(const elf::Symbol &symbol) {
  return symbol.binding == elf::kLocal && codeMarkKind(symbol.name).has_value();
}

/// The local label at an offset of a section: a clearer name for it than "section + offset", and
/// the same to the assembler. Empty when there is none.
std::string_view localLabelAt(const ObjectFile &object, std::uint16_t section,
                              std::int64_t offset) {
  for (const elf::Symbol &symbol : object.symbols)
    if (symbol.section == section && symbol.value == offset && symbol.binding == elf::kLocal &&
        symbol.type < elf::kSection && !symbol.name.empty() && !isMark(symbol))
      return symbol.name;
  return {};
}

std::string relocationText(const ObjectFile &object, const elf::Relocation &relocation) {
  const elf::Symbol &symbol = object.symbols[relocation.symbol];
  if (symbol.type == elf::kSection)
    if (const auto label = localLabelAt(object, symbol.section, relocation.addend); !label.empty())
      return std::string(label);
  std::string text(symbol.name);
  if (text.empty() && symbol.section < object.sections.size())
    text = object.sections[symbol.section].name;
  if (relocation.addend != 0)
    text += (relocation.addend > 0 ? "+" : "") + std::to_string(relocation.addend);
  return text;
}

std::vector<std::vector<Label>> labelsBySection(const ObjectFile &object) {
  std::vector<std::vector<Label>> labels(object.sections.size());
  for (const elf::Symbol &symbol : object.symbols)
    if (symbol.section != elf::kUndefined && symbol.section != elf::kAbsolute &&
        !symbol.name.empty() && symbol.type < elf::kSection && !isMark(symbol))
      labels[symbol.section].push_back({symbol.value, std::string(symbol.name), symbol.size,
                                        symbol.type == elf::kFunction ? SymbolKind::Function
                                        : symbol.type == elf::kObject ? SymbolKind::Object
                                                                      : SymbolKind::None,
                                        static_cast<Label::Binding>(symbol.binding)});
  return labels;
}

Region regionOf(const ObjectFile &object, std::size_t index) {
  const InputSection &section = object.sections[index];
  Region region;
  region.name = section.name;
  std::string flags;
  for (const auto &[flag, letter] :
       {std::pair{elf::kAlloc, 'a'}, std::pair{elf::kWrite, 'w'}, std::pair{elf::kExecute, 'x'},
        std::pair{elf::kFromCp, 'c'}, std::pair{elf::kFromDp, 'd'}})
    if (section.flags & flag)
      flags += letter;
  region.directive = sectionDirective(region.name, flags, section.zeroed);
  region.alignment = section.alignment;
  region.bytes.assign(section.bytes.begin(), section.bytes.end());
  region.zeros = section.zeroed ? section.size : 0;
  region.executable = section.executable();
  region.marks = section.marks;
  for (const elf::Relocation &relocation : section.relocations)
    if (!isKeepOnly(relocation.type))
      region.relocations[relocation.offset] = {relocation.type, relocationText(object, relocation)};
  return region;
}

} // namespace

std::vector<Region> regionsOf(const ObjectFile &object) {
  std::vector<Region> regions;
  auto labels = labelsBySection(object);
  for (std::size_t i = 0; i < object.sections.size(); ++i) {
    if (object.sections[i].use == SectionUse::Dropped || object.sections[i].size == 0)
      continue;
    Region region = regionOf(object, i);
    region.labels = std::move(labels[i]);
    sortLabels(region.labels);
    findStarts(region);
    regions.push_back(std::move(region));
  }
  return regions;
}

std::vector<Region> regionsOf(const Program &program) {
  std::vector<Region> regions;
  const Symbol *cp = program.find("_cp"), *dp = program.find("_dp");
  for (const Segment &segment : program.segments) {
    Region region;
    region.name = segment.name;
    region.directive = sectionDirective(segment.name,
                                        std::string("a") + (segment.writable ? "w" : "") +
                                            (segment.executable ? "x" : ""),
                                        segment.bytes.empty());
    region.base = segment.address;
    region.alignment = 4;
    region.bytes = segment.bytes;
    region.zeros = segment.memorySize - static_cast<std::uint32_t>(segment.bytes.size());
    region.executable = segment.executable;
    if (cp)
      region.cp = cp->value;
    if (dp)
      region.dp = dp->value;
    for (const Symbol &symbol : program.symbols) {
      if (symbol.absolute || symbol.kind == SymbolKind::Section || symbol.kind == SymbolKind::File)
        continue;
      if (program.segmentAt(symbol.value) == &segment)
        region.labels.push_back({symbol.value, symbol.name, symbol.size, symbol.kind,
                                 symbol.global ? Label::Binding::Global : Label::Binding::Local});
      else
        region.elsewhere.emplace(symbol.value, program.segmentAt(symbol.value)
                                                   ? program.describe(symbol.value)
                                                   : symbol.name);
    }
    for (const CodeMark &mark : program.codeMarks)
      if (region.holds(mark.address))
        region.marks.push_back(mark);
    findStarts(region);
    if (region.holds(program.entry))
      region.starts.insert(region.starts.begin(), program.entry);
    regions.push_back(std::move(region));
  }
  return regions;
}

Region rawRegion(std::span<const std::uint8_t> bytes, Address base) {
  Region region;
  region.name = region.directive = ".text";
  region.base = base;
  region.bytes.assign(bytes.begin(), bytes.end());
  region.executable = true;
  region.starts = {base};
  return region;
}

} // namespace xs3::assembler
