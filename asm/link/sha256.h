// The hash that names files and results in reports.
#pragma once

#include <cstdint>
#include <span>
#include <string>

namespace xs3::assembler {

/// SHA-256 as 64 lower-case hex digits.
std::string sha256(std::span<const std::uint8_t> bytes);

} // namespace xs3::assembler
