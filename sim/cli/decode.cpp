// xs3 decode: hex values to instructions.
#include "isa/decode.h"
#include "isa/print.h"
#include "sim/cli/lines.h"
#include "sim/cli/verb.h"

#include <charconv>

namespace xs3::cli {
namespace {

// A value as digits; nothing when the text is something else.
std::optional<std::uint32_t> parseHex(std::string_view digits) {
  std::uint32_t value = 0;
  const auto [end, failure] =
      std::from_chars(digits.data(), digits.data() + digits.size(), value, 16);
  if (failure != std::errc() || end != digits.data() + digits.size())
    return std::nullopt;
  return value;
}

Line decodeLine(std::string_view text, bool dual) {
  const std::size_t first = text.find_first_not_of(" \t\r");
  const std::size_t last = text.find_last_not_of(" \t\r");
  std::string_view digits =
      first == std::string_view::npos ? "" : text.substr(first, last - first + 1);
  if (digits.starts_with("0x") || digits.starts_with("0X"))
    digits.remove_prefix(2);
  const auto value = parseHex(digits);
  if (!value || (digits.size() != 4 && digits.size() != 8))
    return {"'" + std::string(text) + "' is no value of four or eight hexadecimal digits", false};
  const auto low = static_cast<std::uint16_t>(*value);
  if (digits.size() == 4 && isa::length(low) == 4)
    return {std::string(digits) + " begins a four-byte instruction; give it as eight digits HI:LO",
            false};
  const isa::PrintOptions options{.dual = dual, .target = {}};
  if (digits.size() == 8 && isa::length(low) == 2) {
    if (const auto packet = isa::decodePacket(*value))
      return {isa::print(*packet, options), true};
    return {std::string(digits) + " is no packet", false};
  }
  if (const auto instruction = isa::decode(low, static_cast<std::uint16_t>(*value >> 16)))
    return {isa::print(*instruction, options), true};
  return {std::string(digits) + " is no instruction", false};
}

int runDecode(Invocation &invocation) {
  bool dual = false;
  std::vector<std::string> texts;
  Options options(invocation);
  options.flag("dual", dual, "as in dual issue: a long form is what a packet by itself takes");
  options.positional("HEX", texts, 1);
  if (!options.parse())
    return 0;
  return forLines(texts, invocation, [&](std::span<const std::string> lines) {
    std::vector<Line> results;
    for (const std::string &line : lines)
      results.push_back(decodeLine(line, dual));
    return results;
  });
}

} // namespace

extern const Verb kDecodeVerb;
const Verb kDecodeVerb = {
    "decode",
    "hex values to instructions and packets",
    "[--dual] HEX...",
    R"(Prints the instruction of each value of four digits, or of eight as HI:LO; a low half below f000 makes
a packet of two. "-" reads one a line from standard input. What is no instruction prints
"error: ..." in its place, and the exit status is 1 at the end.
A form that the assembler would not choose for the text carries its format as a suffix (ldc_lru6).)",
    R"(xs3 decode 1001 A7F81256
add r0, r0, r1
{ add r1, r1, r6 ; vlmaccr r8[0] })",
    runDecode};

} // namespace xs3::cli
