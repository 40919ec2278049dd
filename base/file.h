// Whole files in, whole files out.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace xs3 {

/// The bytes of a file, or of standard input for "-". Throws Error (no such file, a folder,
/// unreadable).
std::vector<std::uint8_t> readFile(const std::string &path);

/// The same as text.
std::string readTextFile(const std::string &path);

/// Writes a file so that it appears whole or not at all (a temporary beside it, then a rename); "-"
/// is standard output. Throws Error.
void writeFile(const std::string &path, std::span<const std::uint8_t> bytes);
void writeFile(const std::string &path, std::string_view text);

} // namespace xs3
