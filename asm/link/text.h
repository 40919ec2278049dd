// Numbers as messages, maps and listings print them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace xs3::assembler {

/// "0x1f".
std::string hex(std::uint64_t value);

/// "0008001c": `digits` digits without prefix.
std::string hexDigits(std::uint64_t value, unsigned digits);

/// The text with control characters as '?': names out of damaged files must not reach a
/// terminal as they are.
std::string printable(std::string_view text);

} // namespace xs3::assembler
