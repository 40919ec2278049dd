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

/// Where a distance of a line leads, which counts in units from the next instruction or packet;
/// nothing when that is no address.
std::optional<Address> targetAt(const CodeLine &line, Address address, std::int64_t distance);

/// Where a line's branches, calls and ldaps lead: a packet may hold two.
std::vector<Address> targetsOf(const CodeLine &line, Address address);

/// The places that a line's cp[] and dp[] operands name, as far as the pools' bases are known.
std::vector<Address> poolPlaces(const CodeLine &line, std::optional<Address> cp,
                                std::optional<Address> dp);

} // namespace xs3::assembler
