// Addresses and words as people read them.
#pragma once

#include "base/types.h"

#include <string>

namespace xs3::sim {

/// Eight hexadecimal digits.
inline std::string hex8(Word value) {
  constexpr char kDigits[] = "0123456789abcdef";
  std::string text(8, '0');
  for (std::size_t i = 0; i < 8; ++i)
    text[7 - i] = kDigits[value >> (4 * i) & 0xf];
  return text;
}

} // namespace xs3::sim
