// Random 32-bit words of one long format: its fixed bits as they must be, all others by chance.
#pragma once

#include <cstdint>
#include <random>
#include <span>
#include <string>

namespace xs3::tests {

struct LongFormat {
  std::string name;
  std::uint32_t fixedMask, fixedValue; ///< HI:LO
};

/// Every long format of the table in isa/encoding.md section 5.
std::span<const LongFormat> longFormats();

inline std::uint32_t drawWord(const LongFormat &format, std::mt19937 &random) {
  return (static_cast<std::uint32_t>(random()) & ~format.fixedMask) | format.fixedValue;
}

} // namespace xs3::tests
