// Linked programs from ELF32 executables.
#include "asm/link/program_file.h"

#include "asm/link/elf.h"
#include "asm/link/text.h"

#include <algorithm>

namespace xs3::assembler {
namespace {

SymbolKind kindOf(elf::SymbolType type) {
  switch (type) {
  case elf::kObject:
    return SymbolKind::Object;
  case elf::kFunction:
    return SymbolKind::Function;
  case elf::kSection:
    return SymbolKind::Section;
  case elf::kFile:
    return SymbolKind::File;
  default:
    return SymbolKind::None;
  }
}

/// The name of the section that begins where a segment begins.
std::string segmentName(const elf::File &file, const elf::Segment &segment) {
  for (const elf::Section &section : file.sections())
    if (section.address == segment.address && section.flags & elf::kAlloc && !section.name.empty())
      return std::string(section.name);
  return segment.flags & elf::kSegmentExecute ? ".text" : ".load";
}

Segment readSegment(const elf::File &file, const elf::Segment &segment) {
  const std::string where = "the segment at " + hex(segment.address);
  if (segment.fileSize > segment.memorySize)
    file.fail(where + " has more bytes in the file (" + std::to_string(segment.fileSize) +
              ") than in memory (" + std::to_string(segment.memorySize) + ")");
  if (std::uint64_t{segment.address} + segment.memorySize >= std::uint64_t{1} << 32)
    file.fail(where + " would reach the end of the address space");
  const auto bytes = file.content(segment);
  return {segmentName(file, segment),
          segment.address,
          {bytes.begin(), bytes.end()},
          segment.memorySize,
          (segment.flags & elf::kSegmentExecute) != 0,
          (segment.flags & elf::kSegmentWrite) != 0};
}

void readSegments(const elf::File &file, Program &program) {
  for (const elf::Segment &segment : file.segments())
    if (segment.type == elf::kLoad && (segment.memorySize > 0 || segment.fileSize > 0))
      program.segments.push_back(readSegment(file, segment));
  if (program.segments.empty())
    file.fail("there is nothing to load in this program");
  std::stable_sort(program.segments.begin(), program.segments.end(),
                   [](const Segment &a, const Segment &b) { return a.address < b.address; });
  for (std::size_t i = 1; i < program.segments.size(); ++i) {
    const Segment &before = program.segments[i - 1];
    if (program.segments[i].address - before.address < before.memorySize)
      file.fail("the segments at " + hex(before.address) + " and " +
                hex(program.segments[i].address) + " overlap");
  }
}

void readSymbols(const elf::File &file, Program &program) {
  for (const elf::Symbol &symbol : file.symbols()) {
    if (symbol.name.empty() || symbol.section == elf::kUndefined)
      continue;
    const auto mark =
        symbol.binding == elf::kLocal ? codeMarkKind(symbol.name) : std::optional<CodeMark::Kind>();
    if (mark)
      program.codeMarks.push_back({symbol.value, *mark});
    else
      program.symbols.push_back({std::string(symbol.name), symbol.value, symbol.size,
                                 kindOf(symbol.type), symbol.binding != elf::kLocal,
                                 symbol.section == elf::kAbsolute});
  }
  sortSymbols(program.symbols);
  std::stable_sort(program.codeMarks.begin(), program.codeMarks.end(),
                   [](const CodeMark &a, const CodeMark &b) { return a.address < b.address; });
}

void readNotes(const elf::File &file, Program &program) {
  for (const elf::Section &section : file.sections())
    if (!(section.flags & elf::kAlloc) && elf::isNoteName(section.name)) {
      const auto bytes = file.content(section);
      program.notes.push_back({std::string(section.name), {bytes.begin(), bytes.end()}});
    }
}

} // namespace

Program readElfProgram(std::span<const std::uint8_t> bytes, const std::string &fileName) {
  const elf::File file(bytes, fileName, elf::kExecutable);
  Program program;
  program.entry = file.entry();
  readSegments(file, program);
  readSymbols(file, program);
  readNotes(file, program);
  return program;
}

Program readProgram(std::span<const std::uint8_t> bytes, const std::string &fileName,
                    unsigned tile) {
  if (!isXe(bytes))
    return readElfProgram(bytes, fileName);
  const XeImage image = readXe(bytes, fileName, tile);
  Program program = readElfProgram(image.elf, fileName + "(tile " + std::to_string(tile) + ")");
  if (image.start)
    program.entry = *image.start;
  return program;
}

} // namespace xs3::assembler
