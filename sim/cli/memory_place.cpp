#include "sim/cli/memory_place.h"

#include "sim/cli/verb.h"

#include <charconv>

namespace xs3::cli {
namespace {

std::optional<std::uint32_t> parseWord(std::string_view text) {
  int base = 10;
  if (text.starts_with("0x") || text.starts_with("0X")) {
    text.remove_prefix(2);
    base = 16;
  }
  std::uint32_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number, base);
  if (error != std::errc() || end != text.data() + text.size())
    return std::nullopt;
  return number;
}

/// The symbol of "SYMBOL" or "SYMBOL+OFFSET"; the whole text first, since a name may hold a plus.
void resolveSymbol(MemoryPlace &place, const std::string &text, const std::string &option,
                   const assembler::Program &program) {
  const assembler::Symbol *symbol = program.find(text);
  std::uint32_t offset = 0;
  const std::size_t plus = text.rfind('+');
  if (symbol == nullptr && plus != text.npos)
    if (const auto number = parseWord(std::string_view(text).substr(plus + 1))) {
      symbol = program.find(text.substr(0, plus));
      offset = *number;
    }
  if (symbol == nullptr || symbol->absolute)
    throw Error("error: " + option + " " + place.text + ": the program has no symbol '" + text +
                "'; name a symbol, symbol+offset or an address");
  place.symbol = symbol->name;
  place.address = symbol->value + offset;
  if (!place.bytes && symbol->size > offset)
    place.bytes = symbol->size - offset;
}

} // namespace

MemoryPlace parseMemoryPlace(const std::string &option, const std::string &text, bool wantsBytes,
                             const assembler::Program &program) {
  MemoryPlace place;
  place.text = text;
  const std::size_t equals = text.find('=');
  const std::string form = wantsBytes ? "PLACE[:BYTES]=FILE" : "PLACE=FILE";
  if (equals == 0 || equals == text.npos || equals + 1 == text.size())
    throw UsageError("error: " + option + " wants " + form + ", not '" + text + "'");
  place.file = text.substr(equals + 1);
  std::string where = text.substr(0, equals);
  if (const std::size_t colon = where.rfind(':'); wantsBytes && colon != where.npos) {
    place.bytes = parseWord(std::string_view(where).substr(colon + 1));
    if (!place.bytes)
      throw UsageError("error: " + option + " " + text +
                       ": the number of bytes behind ':' cannot "
                       "be read");
    where.resize(colon);
  }
  if (const auto address = parseWord(where))
    place.address = *address;
  else
    resolveSymbol(place, where, option, program);
  return place;
}

} // namespace xs3::cli
