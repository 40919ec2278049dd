// The fixed bits of the long formats, without their opcodes.
#include "tests/isa/word_source.h"

#include <array>

namespace xs3::tests {

std::span<const LongFormat> longFormats() {
  // HI of the packed forms: ooooo 1111110 11ss (l3r, l2r), ooooo 111111 X dddd (l4r), ooooo 11 ...
  // (l5r: k is 27 or more), free (l6r). LO: 11111 and the packed operands, of which l2r needs k of
  // 27 or more.
  static const std::array<LongFormat, 10> formats = {{
      {"lru6", 0x0000FC00, 0x0000F000},
      {"lu6", 0x0000FC00, 0x0000F000},
      {"lu10", 0x8000FC00, 0x8000F000},
      {"l3r", 0x07ECF800, 0x07ECF800},
      {"l2r", 0x07ECFE00, 0x07ECFE00},
      {"l4r", 0x07E0F800, 0x07E0F800},
      {"l5r", 0x0600F800, 0x0600F800},
      {"l6r", 0x0000F800, 0x0000F800},
      {"l0r", 0x07ECFFFF, 0x07ECFFEC},
      {"unused prefix", 0x0000FC00, 0x0000F400},
  }};
  return formats;
}

} // namespace xs3::tests
