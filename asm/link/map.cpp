// The link map: what was placed where.
#include "asm/link/link.h"

#include "asm/link/text.h"

#include <algorithm>

namespace xs3::assembler {
namespace {

std::string padded(std::string text, std::size_t width) {
  text.resize(std::max(text.size() + 1, width), ' ');
  return text;
}

/// "address  size  what".
std::string row(Address address, std::uint32_t size, const std::string &what) {
  const std::string number = std::to_string(size);
  return hexDigits(address, 8) + "  " +
         std::string(number.size() < 9 ? 9 - number.size() : 0, ' ') + number + "  " + what + "\n";
}

std::string flagText(const Segment &segment) {
  return std::string("r") + (segment.writable ? "w" : "-") + (segment.executable ? "x" : "-");
}

} // namespace

std::string linkMap(const Program &program, std::span<const Placement> placements) {
  std::string text = "Entry " + hex(program.entry) + "\n\nSegments\nAddress       Bytes  Name\n";
  for (const Segment &segment : program.segments)
    text += row(segment.address, segment.memorySize, padded(segment.name, 16) + flagText(segment));
  if (!placements.empty())
    text += "\nSections\nAddress       Bytes  Section         Object\n";
  for (const Placement &placement : placements)
    text +=
        row(placement.address, placement.size, padded(placement.section, 16) + placement.object);
  text += "\nSymbols\nAddress       Bytes  Name\n";
  for (const Symbol &symbol : program.symbols)
    text += row(symbol.value, symbol.size,
                symbol.name + (symbol.absolute ? " (number)"
                               : symbol.global ? ""
                                               : " (local)"));
  return text;
}

} // namespace xs3::assembler
