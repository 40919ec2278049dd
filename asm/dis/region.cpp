// Objects, programs and raw images as regions.
#include "asm/dis/region.h"

#include "asm/link/object_file.h"
#include "asm/link/relocate.h"

#include <algorithm>
#include <set>

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

std::string relocationText(const ObjectFile &object, const elf::Relocation &relocation) {
  const elf::Symbol &symbol = object.symbols[relocation.symbol];
  std::string text(symbol.name);
  if (text.empty() && symbol.section < object.sections.size())
    text = object.sections[symbol.section].name;
  if (relocation.addend != 0)
    text += (relocation.addend > 0 ? "+" : "") + std::to_string(relocation.addend);
  return text;
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
  for (const elf::Symbol &symbol : object.symbols) {
    if (symbol.section != index || symbol.name.empty() || symbol.type >= elf::kSection)
      continue;
    if (const auto mark = codeMarkKind(symbol.name); mark && symbol.binding == elf::kLocal)
      region.marks.push_back({symbol.value, *mark});
    else
      region.labels.push_back({symbol.value, std::string(symbol.name), symbol.size,
                               symbol.type == elf::kFunction ? SymbolKind::Function
                               : symbol.type == elf::kObject ? SymbolKind::Object
                                                             : SymbolKind::None,
                               static_cast<Label::Binding>(symbol.binding)});
  }
  for (const elf::Relocation &relocation : section.relocations)
    if (!isKeepOnly(relocation.type))
      region.relocations[relocation.offset] = {relocation.type, relocationText(object, relocation)};
  return region;
}

} // namespace

std::vector<Region> regionsOf(const ObjectFile &object) {
  std::vector<Region> regions;
  for (std::size_t i = 0; i < object.sections.size(); ++i) {
    if (object.sections[i].use == SectionUse::Dropped || object.sections[i].size == 0)
      continue;
    Region region = regionOf(object, i);
    sortLabels(region.labels);
    std::stable_sort(region.marks.begin(), region.marks.end(),
                     [](const CodeMark &a, const CodeMark &b) { return a.address < b.address; });
    // What stands before the first mark is data (isa/objects.md section 5).
    if (!region.marks.empty() && region.marks.front().address != 0)
      region.marks.insert(region.marks.begin(), {0, CodeMark::Kind::Data});
    findStarts(region);
    regions.push_back(std::move(region));
  }
  return regions;
}

std::vector<Region> regionsOf(const Program &program) {
  std::vector<Region> regions;
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
    std::set<std::string> names;
    for (const Symbol &symbol : program.symbols)
      if (!symbol.absolute && symbol.kind != SymbolKind::Section &&
          symbol.kind != SymbolKind::File && program.segmentAt(symbol.value) == &segment)
        region.labels.push_back({symbol.value, symbol.name, symbol.size, symbol.kind,
                                 symbol.global ? Label::Binding::Global : Label::Binding::Local});
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
