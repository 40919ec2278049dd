// Looking things up in a program.
#include "asm/link/program.h"

#include "asm/link/text.h"

#include <algorithm>
#include <tuple>

namespace xs3::assembler {
namespace {

constexpr std::string_view kMarkLetters = "sdau"; // in the order of CodeMark::Kind

/// Of several symbols at one address a function's name says most; names of the tools' own
/// ("__bss_end") say least, as they mark borders; then a global one is taken.
auto rank(const Symbol &symbol) {
  return std::tuple(symbol.value, symbol.kind == SymbolKind::Function,
                    !symbol.name.starts_with("__"), symbol.global);
}

} // namespace

std::optional<CodeMark::Kind> codeMarkKind(std::string_view name) {
  if (name.size() < 2 || name[0] != '$' || (name.size() > 2 && name[2] != '.'))
    return std::nullopt;
  const auto letter = kMarkLetters.find(name[1]);
  if (letter == std::string_view::npos)
    return std::nullopt;
  return static_cast<CodeMark::Kind>(letter);
}

char codeMarkLetter(CodeMark::Kind kind) { return kMarkLetters[static_cast<std::size_t>(kind)]; }

void sortSymbols(std::vector<Symbol> &symbols) {
  std::sort(symbols.begin(), symbols.end(), [](const Symbol &a, const Symbol &b) {
    return std::tie(a.value, a.name, a.size, a.kind, a.global, a.absolute) <
           std::tie(b.value, b.name, b.size, b.kind, b.global, b.absolute);
  });
}

const Symbol *Program::find(std::string_view name) const {
  const Symbol *local = nullptr;
  for (const Symbol &symbol : symbols) {
    if (symbol.name != name)
      continue;
    if (symbol.global)
      return &symbol;
    if (!local)
      local = &symbol;
  }
  return local;
}

const Segment *Program::segmentAt(Address address) const {
  for (const Segment &segment : segments)
    if (address >= segment.address && address - segment.address < segment.memorySize)
      return &segment;
  return nullptr;
}

std::string Program::describe(Address address) const {
  const Segment *segment = segmentAt(address);
  if (!segment)
    return {};
  const Symbol *best = nullptr;
  for (const Symbol &symbol : symbols) {
    if (symbol.value > address)
      break;
    const bool isPlace =
        !symbol.absolute && symbol.kind != SymbolKind::File && symbol.kind != SymbolKind::Section;
    if (isPlace && symbol.value >= segment->address && (!best || rank(*best) < rank(symbol)))
      best = &symbol;
  }
  if (!best)
    return {};
  const Address offset = address - best->value;
  return offset == 0 ? best->name : best->name + " + " + hex(offset);
}

std::optional<std::span<const std::uint8_t>> Program::note(std::string_view name) const {
  for (const Note &note : notes)
    if (note.name == name)
      return std::span<const std::uint8_t>(note.bytes);
  return std::nullopt;
}

} // namespace xs3::assembler
