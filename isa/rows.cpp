// The rows as constant data, generated from isa/description.
#include "isa/rows.h"

#include "isa/opcodes.h"

#include <string>

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

constexpr std::uint16_t kNoRow = 0xFFFF;

// For each row the one of the same text and the format `wanted(format)` names, or kNoRow.
template <typename Wanted> auto partners(Wanted wanted) {
  std::array<Opcode, kRows.size()> found{};
  for (std::size_t i = 0; i < kRows.size(); ++i) {
    found[i] = kNoRow;
    for (std::size_t j = 0; j < kRows.size(); ++j)
      if (kRows[j].mnemonic == kRows[i].mnemonic && kRows[j].syntax == kRows[i].syntax &&
          kRows[j].format == wanted(kRows[i].format))
        found[i] = static_cast<Opcode>(j);
  }
  return found;
}

// ru6, u6, u10 and the backward branches among them (ru6b, ...): a prefix halfword widens them.
constexpr bool isPrefixed(std::string_view format) {
  return format.starts_with("ru6") || format.starts_with("u6") || format.starts_with("u10");
}

} // namespace

const Row &row(Opcode opcode) { return kRows[opcode]; }

std::span<const Row> rows() { return kRows; }

std::optional<Opcode> longForm(Opcode opcode) {
  static const auto table = partners([](std::string_view format) {
    return isPrefixed(format) ? "l" + std::string(format) : std::string("-");
  });
  return table[opcode] == kNoRow ? std::nullopt : std::optional(table[opcode]);
}

Opcode otherDirection(Opcode opcode) {
  static const auto table = partners([](std::string_view format) {
    return format.ends_with('b') ? std::string(format.substr(0, format.size() - 1))
                                 : std::string(format) + "b";
  });
  return table[opcode];
}

std::int32_t largestImmediate(Opcode opcode) {
  std::string_view format = kRows[opcode].format;
  const bool isLong = kRows[opcode].bytes == 4;
  if (isLong && format.starts_with('l'))
    format.remove_prefix(1);
  if (!isPrefixed(format))
    return -1;
  const unsigned width = (format.starts_with("u10") ? 10u : 6u) + (isLong ? 10u : 0u);
  return (1 << width) - 1;
}

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
