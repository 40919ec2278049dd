// Which bytes of a region are which instructions.
#pragma once

#include "asm/dis/region.h"
#include "isa/instruction.h"

#include <map>
#include <optional>

namespace xs3::assembler {

/// One line of code: an instruction of single issue or a packet of dual issue.
struct CodeLine {
  bool dual = false;
  std::uint8_t size = 0; ///< 2 or 4 bytes.
  isa::Packet packet;    ///< In single issue: the one instruction, in half[0].
};

/// The lines of code of a region, by address; what no line covers is data. Marks decide; where they
/// say nothing, code is what flow of control reaches from `region.starts`.
std::map<Address, CodeLine> codeLines(const Region &region);

/// Where a line's branch, call or ldap leads; nothing when it has none or the place cannot be an
/// address.
std::optional<Address> targetOf(const CodeLine &line, Address address);

/// The place that branch distances of a line count from: the next instruction or packet.
constexpr Address nextOf(const CodeLine &line, Address address) { return address + line.size; }

} // namespace xs3::assembler
