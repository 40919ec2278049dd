#include "tests/sim/exec_bench.h"

#include "base/bits.h"
#include "isa/rows.h"
#include "sim/exec/table.h"

#include <charconv>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>

namespace xs3::sim::test {
namespace {

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(' ');
  if (first == std::string_view::npos)
    return {};
  return text.substr(first, text.find_last_not_of(' ') - first + 1);
}

std::optional<std::int32_t> number(std::string_view text) {
  std::int32_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size())
    return {};
  return value;
}

std::optional<std::int32_t> registerNumber(std::string_view text) {
  constexpr std::string_view kNamed[] = {"cp", "dp", "sp", "lr"};
  for (std::int32_t i = 0; i < 4; ++i)
    if (text == kNamed[i])
      return 12 + i;
  return text.starts_with('r') ? number(text.substr(1)) : std::nullopt;
}

/// Whether the row's immediate field can hold `value`.
bool fits(const isa::Row &row, std::int32_t value) {
  if (value < 0)
    return false;
  if (row.immediate == isa::Immediate::BitPosition)
    return (value >= 1 && value <= 8) || value == 16 || value == 24 || value == 32;
  if (row.format.find("u6") != std::string_view::npos)
    return value < (row.bytes == 2 ? 64 : 1 << 16);
  if (row.format.find("u10") != std::string_view::npos)
    return value < (row.bytes == 2 ? 1 << 10 : 1 << 20);
  return value <= 11;
}

/// `operand` as operand `position` of the row.
std::optional<std::int32_t> value(isa::Opcode opcode, std::size_t position,
                                  std::string_view operand) {
  const isa::Row &row = isa::rows()[opcode];
  const run::Semantics &semantics = sim::semantics(opcode);
  if (semantics.resolve == run::Resolve::None ||
      position != static_cast<std::size_t>(semantics.position)) {
    // Packed fields hold r0..r11 only; the four-bit field of the ru6 formats all sixteen.
    const std::optional<std::int32_t> result = registerNumber(operand);
    const bool all = row.format.find("ru6") != std::string_view::npos;
    return result && (all || *result < 12) ? result : std::nullopt;
  }
  std::optional<std::int32_t> result = number(operand);
  if (result && semantics.resolve == run::Resolve::Backward)
    *result = -*result;
  if (result && semantics.resolve == run::Resolve::Backward && *result == 0)
    return {};
  return result && fits(row, *result) ? result : std::nullopt;
}

/// Reads `text` by the row's syntax, in which $a stands for operand a.
std::optional<isa::Instruction> match(isa::Opcode opcode, std::string_view text) {
  const isa::Row &row = isa::rows()[opcode];
  isa::Instruction result{.opcode = opcode, .size = row.bytes};
  std::string_view syntax = trimmed(row.syntax);
  while (!syntax.empty()) {
    if (syntax[0] != '$') {
      if (text.empty() || text[0] != syntax[0])
        return {};
      text.remove_prefix(1);
      syntax.remove_prefix(1);
      continue;
    }
    const char letter = syntax[1];
    syntax.remove_prefix(2);
    const std::string_view operand = text.substr(0, text.find_first_of(",[]: "));
    text.remove_prefix(operand.size());
    const bool registerFirst = row.syntax.find("$a") != std::string_view::npos;
    const std::size_t position =
        letter == 'i' ? (registerFirst ? 1 : 0) : static_cast<std::size_t>(letter - 'a');
    const std::optional<std::int32_t> operandValue = value(opcode, position, operand);
    if (!operandValue)
      return {};
    result.operands[position] = *operandValue;
    ++result.operandCount;
  }
  return text.empty() ? std::optional(result) : std::nullopt;
}

} // namespace

isa::Instruction instruction(std::string_view text) {
  text = trimmed(text);
  std::string_view mnemonic = text.substr(0, text.find(' '));
  const std::string_view operands = trimmed(text.substr(mnemonic.size()));
  const std::size_t suffix = mnemonic.find('_');
  const std::string_view format =
      suffix == std::string_view::npos ? std::string_view{} : mnemonic.substr(suffix + 1);
  mnemonic = mnemonic.substr(0, suffix);
  for (const unsigned bytes : {2u, 4u})
    for (isa::Opcode opcode = 0; opcode < isa::rows().size(); ++opcode) {
      const isa::Row &row = isa::rows()[opcode];
      if (row.bytes == bytes && row.mnemonic == mnemonic &&
          (format.empty() || row.format == format))
        if (const auto result = match(opcode, operands))
          return *result;
    }
  throw std::invalid_argument("no row for \"" + std::string(text) + "\"");
}

namespace {
isa::Packet readPacket(std::string_view text) {
  text = trimmed(text);
  if (!text.starts_with('{'))
    return {.count = 1, .half = {instruction(text)}};
  const std::size_t middle = text.find(';');
  return {.count = 2,
          .half = {instruction(text.substr(1, middle - 1)),
                   instruction(text.substr(middle + 1, text.size() - middle - 2))}};
}
} // namespace

isa::Packet packet(std::string_view text) {
  // Random tests ask for the same few texts many thousand times.
  static std::map<std::string, isa::Packet, std::less<>> known;
  if (const auto found = known.find(text); found != known.end())
    return found->second;
  return known[std::string(text)] = readPacket(text);
}

Bench &Bench::dual() {
  thread.sr |= status::kDualIssue;
  return *this;
}

Bench &Bench::run(std::string_view text) {
  const DecodedPacket decoded = predecode(packet(text), thread.pc, thread.dual());
  effect = execute(decoded, thread, tile, referenceTime);
  return *this;
}

Bench run(std::string_view text, const Registers &registers) {
  Bench bench;
  for (const auto &[which, value] : registers)
    bench[which] = value;
  if (text.find('{') != std::string_view::npos)
    bench.dual();
  return bench.run(text);
}

} // namespace xs3::sim::test
