// Numbers as text.
#include "asm/link/text.h"

namespace xs3::assembler {

std::string hexDigits(std::uint64_t value, unsigned digits) {
  std::string text(digits, '0');
  for (unsigned i = digits; i-- > 0; value >>= 4)
    text[i] = "0123456789abcdef"[value & 15];
  return text;
}

std::string hex(std::uint64_t value) {
  unsigned digits = 1;
  while (digits < 16 && value >> (4 * digits) != 0)
    ++digits;
  return "0x" + hexDigits(value, digits);
}

std::string printable(std::string_view text) {
  std::string result(text);
  for (char &letter : result)
    if (static_cast<unsigned char>(letter) < ' ' || letter == 0x7f)
      letter = '?';
  return result;
}

} // namespace xs3::assembler
