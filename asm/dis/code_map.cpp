// Code by marks, and by following the flow of control where there are none.
#include "asm/dis/code_map.h"

#include "asm/link/bytes.h"
#include "isa/decode.h"
#include "isa/rows.h"

#include <algorithm>
#include <array>
#include <deque>
#include <string_view>

namespace xs3::assembler {
namespace {

std::optional<CodeLine> decodeLine(const Region &region, Address address, bool dual) {
  const std::size_t offset = address - region.base;
  const std::size_t left = region.bytes.size() - offset;
  if (dual) {
    if (left < 4 || address % 4 != 0)
      return std::nullopt;
    const auto packet = isa::decodePacket(littleEndian<std::uint32_t>(region.bytes, offset));
    return packet ? std::optional(CodeLine{true, 4, *packet}) : std::nullopt;
  }
  if (left < 2 || address % 2 != 0)
    return std::nullopt;
  const auto first = littleEndian<std::uint16_t>(region.bytes, offset);
  const unsigned size = isa::length(first);
  if (left < size)
    return std::nullopt;
  const auto second =
      size == 4 ? littleEndian<std::uint16_t>(region.bytes, offset + 2) : std::uint16_t{0};
  const auto instruction = isa::decode(first, second);
  if (!instruction)
    return std::nullopt;
  return CodeLine{false, static_cast<std::uint8_t>(size), isa::Packet{1, {*instruction, {}}}};
}

/// The signed distance in units that an instruction names; nothing when it names none.
std::optional<std::int64_t> distanceOf(const isa::Instruction &instruction) {
  const isa::Row &row = isa::row(instruction.opcode);
  const std::int64_t number =
      instruction.operandCount == 0 ? 0 : instruction.operands[instruction.operandCount - 1u];
  if (row.immediate == isa::Immediate::Forward)
    return number;
  if (row.immediate == isa::Immediate::Backward)
    return -number;
  return std::nullopt;
}

bool isOneOf(std::string_view mnemonic, std::initializer_list<std::string_view> names) {
  return std::find(names.begin(), names.end(), mnemonic) != names.end();
}

/// Follows the flow of control through the bytes between `begin` and `end` that no mark explains.
class Tracer {
public:
  Tracer(const Region &region, std::map<Address, CodeLine> &lines, Address begin, Address end)
      : region_(region), lines_(lines), begin_(begin), end_(end) {}

  void run() {
    for (const Address start : region_.starts)
      visit(start, false);
    while (!waiting_.empty()) {
      const auto [address, dual] = waiting_.front();
      waiting_.pop_front();
      follow(address, dual);
    }
  }

private:
  void visit(Address address, bool dual) { waiting_.emplace_back(address, dual); }

  void follow(Address address, bool dual) {
    while (address >= begin_ && address < end_ && isFree(address)) {
      const auto line = decodeLine(region_, address, dual);
      if (!line || address + line->size > end_ || !isFree(address + line->size - 1))
        return;
      lines_.emplace(address, *line);
      bool goesOn = true;
      for (unsigned i = 0; i < line->packet.count; ++i)
        goesOn &= step(line->packet.half[i], *line, address, dual);
      if (!goesOn)
        return;
      address += line->size;
    }
  }

  /// Notes where an instruction leads; gives whether the next one is reached as well.
  bool step(const isa::Instruction &instruction, const CodeLine &line, Address address,
            bool &dual) {
    const std::string_view mnemonic = isa::row(instruction.opcode).mnemonic;
    if (mnemonic == "dualentsp")
      dual = true;
    else if (mnemonic == "entsp")
      dual = false;
    if (isOneOf(mnemonic, {"bt", "bf", "bl", "bu"}))
      if (const auto target = targetAt(line, address, distanceOf(instruction).value_or(0)))
        visit(*target, line.dual);
    if (mnemonic == "bru")
      followJumpTable(address + line.size, line.dual);
    return !isOneOf(mnemonic, {"bu", "bau", "bru", "retsp", "kret", "dret", "waiteu", "freet"});
  }

  /// Behind bru stands a table of bu (isa/objects.md section 7, isa/c-programs.md section 5).
  void followJumpTable(Address address, bool dual) {
    while (region_.holds(address)) {
      const auto entry = decodeLine(region_, address, dual);
      if (!entry || isa::row(entry->packet.half[entry->packet.count - 1u].opcode).mnemonic != "bu")
        return;
      visit(address, dual);
      address += entry->size;
    }
  }

  /// Whether no line covers this byte.
  bool isFree(Address address) const {
    const auto next = lines_.upper_bound(address);
    return next == lines_.begin() ||
           std::prev(next)->first + std::prev(next)->second.size <= address;
  }

  const Region &region_;
  std::map<Address, CodeLine> &lines_;
  Address begin_, end_;
  std::deque<std::pair<Address, bool>> waiting_;
};

/// Code of one issue mode from `begin` to `end`; words that are no instruction stay data.
void decodeAll(const Region &region, std::map<Address, CodeLine> &lines, Address begin, Address end,
               bool dual) {
  for (Address address = begin; address < end;) {
    const auto line = decodeLine(region, address, dual);
    if (line && address + line->size <= end) {
      lines.emplace(address, *line);
      address += line->size;
    } else {
      address += dual ? 4 - address % 4 : 2 - address % 2;
    }
  }
}

} // namespace

std::optional<Address> targetAt(const CodeLine &line, Address address, std::int64_t distance) {
  const std::int64_t target = std::int64_t{address} + line.size + distance * (line.dual ? 4 : 2);
  return target >= 0 && target <= 0xffffffff ? std::optional(static_cast<Address>(target))
                                             : std::nullopt;
}

std::vector<Address> targetsOf(const CodeLine &line, Address address) {
  std::vector<Address> targets;
  for (unsigned i = 0; i < line.packet.count; ++i)
    if (const auto distance = distanceOf(line.packet.half[i]))
      if (const auto target = targetAt(line, address, *distance))
        targets.push_back(*target);
  return targets;
}

std::vector<Address> poolPlaces(const CodeLine &line, std::optional<Address> cp,
                                std::optional<Address> dp) {
  std::vector<Address> places;
  for (unsigned i = 0; i < line.packet.count; ++i) {
    const isa::Instruction &instruction = line.packet.half[i];
    const isa::Immediate kind = isa::row(instruction.opcode).immediate;
    const auto base = kind == isa::Immediate::CpWords   ? cp
                      : kind == isa::Immediate::DpWords ? dp
                                                        : std::nullopt;
    if (base && instruction.operandCount > 0)
      places.push_back(
          *base + 4 * static_cast<Address>(instruction.operands[instruction.operandCount - 1u]));
  }
  return places;
}

std::map<Address, CodeLine> codeLines(const Region &region) {
  std::map<Address, CodeLine> lines;
  if (!region.executable)
    return lines;
  std::vector<CodeMark> marks = region.marks;
  if (marks.empty())
    marks.push_back({region.base, CodeMark::Kind::Unknown});
  for (std::size_t i = 0; i < marks.size(); ++i) {
    const Address end = i + 1 < marks.size() ? marks[i + 1].address : region.end();
    if (marks[i].kind == CodeMark::Kind::Unknown)
      Tracer(region, lines, marks[i].address, end).run();
    else if (marks[i].kind != CodeMark::Kind::Data)
      decodeAll(region, lines, marks[i].address, end, marks[i].kind == CodeMark::Kind::Dual);
  }
  return lines;
}

} // namespace xs3::assembler
