#include "sim/run/disassemble.h"

#include "isa/decode.h"
#include "isa/print.h"
#include "sim/run/hex.h"

#include <algorithm>
#include <vector>

namespace xs3::sim {

namespace {

/// How far back a symbol may lie for decoding to begin there.
constexpr Address kFarthestSymbol = 4096;

isa::PrintOptions optionsAt(const assembler::Program &program, Address next, bool dual) {
  isa::PrintOptions options;
  options.dual = dual;
  options.target = [&program, next, unit = dual ? 4 : 2](std::int64_t distance) {
    const auto target = static_cast<Address>(std::int64_t{next} + distance * unit);
    const std::string name = program.describe(target);
    return name.empty() ? "0x" + hex8(target) : name;
  };
  return options;
}

/// Where decoding begins so as to arrive at `pc`.
Address firstCode(const assembler::Program &program, Address pc) {
  Address first = pc;
  for (const assembler::Symbol &symbol : program.symbols)
    if (!symbol.absolute && symbol.value <= pc && pc - symbol.value <= kFarthestSymbol)
      first = symbol.value & ~Address{1};
  return first;
}

/// The addresses of the packets before `pc`, in order.
std::vector<Address> packetsBefore(const Memory &memory, const assembler::Program &program,
                                   Address pc, bool dual, unsigned count) {
  std::vector<Address> found;
  if (dual) {
    for (Address back = std::min<Address>(count, (pc - memory.base()) / 4); back > 0; --back)
      found.push_back(pc - 4 * back);
    return found;
  }
  Address at = firstCode(program, pc);
  while (at < pc) {
    const auto line = codeLine(memory, program, at, dual);
    found.push_back(at);
    at += line ? line->bytes : 2;
  }
  if (at != pc) // The path does not lead here.
    found.clear();
  if (found.size() > count)
    found.erase(found.begin(), found.end() - count);
  return found;
}

} // namespace

std::optional<CodeLine> codeLine(const Memory &memory, const assembler::Program &program,
                                 Address pc, bool dual) {
  if (pc % (dual ? 4 : 2) != 0)
    return std::nullopt;
  if (dual) {
    const auto packet =
        memory.contains(pc, 4) ? isa::decodePacket(memory.read<Word>(pc)) : std::nullopt;
    return packet
               ? std::optional(CodeLine{isa::print(*packet, optionsAt(program, pc + 4, true)), 4})
               : std::nullopt;
  }
  if (!memory.contains(pc, 2))
    return std::nullopt;
  const auto first = memory.read<std::uint16_t>(pc);
  const unsigned bytes = isa::length(first);
  if (!memory.contains(pc, bytes))
    return std::nullopt;
  const auto instruction =
      isa::decode(first, bytes == 4 ? memory.read<std::uint16_t>(pc + 2) : std::uint16_t{0});
  if (!instruction)
    return std::nullopt;
  return CodeLine{isa::print(*instruction, optionsAt(program, pc + bytes, false), false), bytes};
}

std::string codeAround(const Memory &memory, const assembler::Program &program, Address pc,
                       bool dual, unsigned before, unsigned after) {
  std::vector<Address> places = packetsBefore(memory, program, pc, dual, before);
  Address at = pc;
  for (unsigned i = 0; i <= after && memory.contains(at, dual ? 4 : 2); ++i) {
    places.push_back(at);
    const auto line = codeLine(memory, program, at, dual);
    at += line ? line->bytes : (dual ? 4 : 2);
  }
  std::string text;
  for (const Address place : places) {
    const auto line = codeLine(memory, program, place, dual);
    std::string name = program.describe(place);
    name.resize(std::max<std::size_t>(name.size(), 24), ' ');
    std::string bits;
    if (!line)
      bits = dual && place % 4 == 0
                 ? ".word 0x" + hex8(memory.read<Word>(place))
                 : ".short 0x" + hex8(memory.read<std::uint16_t>(place)).substr(4);
    text += (place == pc ? "  -> 0x" : "     0x") + hex8(place) + "  " + name + "  " +
            (line ? line->text : bits + "   (no instruction)") + "\n";
  }
  return text;
}

} // namespace xs3::sim
