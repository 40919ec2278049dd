// isa/print.h on the generated printers, and the rule when a format suffix is needed.
#include "isa/print.h"

#include "isa/mc/inst_printer.h"
#include "isa/mc/target.h"
#include "isa/opcodes.h"
#include "isa/rows.h"

#include <vector>

namespace xs3::isa {
namespace {

// Where an instruction stands decides which form the assembler takes for a text.
enum class Place { Single, LonePacket, HalfPacket };

// The largest immediate of the short row of the same text, or -1.
std::vector<std::int32_t> shortMaxima() {
  std::vector<std::int32_t> maxima(rows().size(), -1);
  for (Opcode opcode = 0; opcode < rows().size(); ++opcode)
    if (const auto longer = longForm(opcode))
      maxima[*longer] = largestImmediate(opcode);
  return maxima;
}

// ldw r11, cp[n] has four forms; the assembler takes the first of ru6, u10, lru6, lu10 that fits.
bool isFirstFormOfCpLoad(const Instruction &instruction, Place place) {
  const bool fits6 = instruction.operands[instruction.operandCount - 1u] <= 63;
  const std::int32_t words = instruction.operands[instruction.operandCount - 1u];
  switch (instruction.opcode) {
  case LDWCP_u10:
    return !fits6;
  case LDWCP_lru6:
    return place != Place::Single ||
           words > (instruction.operands[0] == static_cast<int>(Register::R11) ? 1023 : 63);
  case LDWCP_lu10:
    return words > 65535;
  default:
    return true;
  }
}

// Whether the assembler takes this very form for the instruction's plain text.
bool isPlainForm(const Instruction &instruction, Place place) {
  if (instruction.alternateCode)
    return false;
  const Row &row = isa::row(instruction.opcode);
  if (row.immediate == Immediate::None)
    return true;
  if (row.mnemonic == "ldw" && row.immediate == Immediate::CpWords)
    return isFirstFormOfCpLoad(instruction, place);
  const std::int32_t value = instruction.operands[instruction.operandCount - 1u];
  if (row.immediate == Immediate::Backward && value == 0)
    return false; // text says forward 0
  static const std::vector<std::int32_t> narrower = shortMaxima();
  // A lone instruction of a packet takes the long form whatever its immediate.
  return place == Place::LonePacket || value > narrower[instruction.opcode];
}

std::string text(const Instruction &instruction, Place place, const PrintOptions &options,
                 bool withSuffix = true) {
  return mc::printInst(mc::toMCInst(instruction), options,
                       withSuffix && !isPlainForm(instruction, place));
}

} // namespace

std::string print(const Instruction &instruction, const PrintOptions &options, bool withSuffix) {
  const Place place = !options.dual           ? Place::Single
                      : instruction.size == 4 ? Place::LonePacket
                                              : Place::HalfPacket;
  return text(instruction, place, options, withSuffix);
}

std::string print(const Packet &packet, const PrintOptions &options) {
  if (packet.count == 1)
    return text(packet.half[0], Place::LonePacket, options);
  return "{ " + text(packet.half[0], Place::HalfPacket, options) + " ; " +
         text(packet.half[1], Place::HalfPacket, options) + " }";
}

} // namespace xs3::isa
