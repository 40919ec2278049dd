// The rows as constant data, generated from isa/description.
#include "isa/rows.h"

#include "isa/opcodes.h"

namespace xs3::isa {
namespace {

// The generated table's columns are in the order of RowTable's fields (ExecTable.td).
struct GeneratedRow {
  unsigned opcode;
  const char *name;
  const char *mnemonic;
  const char *syntax;
  const char *format;
  std::uint8_t bytes;
  Lane lane;
  Port port;
  Cost cost;
  Energy energy;
  Immediate immediate;
  bool writesA;
  RegisterSet writes;
  bool provisional;
  bool unimplemented;

  constexpr operator Row() const {
    return {.name = name,
            .mnemonic = mnemonic,
            .syntax = syntax,
            .format = format,
            .bytes = bytes,
            .lane = lane,
            .port = port,
            .cost = cost,
            .energy = energy,
            .immediate = immediate,
            .writesA = writesA,
            .writes = writes,
            .provisional = provisional,
            .unimplemented = unimplemented};
  }
};

#define GET_RowTable_IMPL
#include "XS3GenExecTable.inc"

constexpr auto kRows = [] {
  std::array<Row, std::size(RowTable)> rows{};
  for (const GeneratedRow &generated : RowTable)
    rows[generated.opcode] = generated;
  return rows;
}();

} // namespace

const Row &row(Opcode opcode) { return kRows[opcode]; }

std::span<const Row> rows() { return kRows; }

RegisterSet writtenRegisters(const Instruction &instruction) {
  const Row &row = kRows[instruction.opcode];
  if ((row.port == Port::Entry || row.port == Port::Return) && instruction.operands[0] == 0)
    return 0;
  RegisterSet set = row.writes;
  if (row.writesA)
    set =
        static_cast<RegisterSet>(set | registerBit(static_cast<Register>(instruction.operands[0])));
  return set;
}

} // namespace xs3::isa
