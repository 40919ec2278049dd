// LLVM is linked anyway, and its SHA-256 is a well-kept one.
#include "asm/link/sha256.h"

#include <llvm/ADT/ArrayRef.h>
#include <llvm/Support/SHA256.h>

namespace xs3::assembler {

std::string sha256(std::span<const std::uint8_t> bytes) {
  constexpr char kDigits[] = "0123456789abcdef";
  std::string text;
  for (const std::uint8_t byte : llvm::SHA256::hash(llvm::ArrayRef(bytes.data(), bytes.size()))) {
    text += kDigits[byte >> 4];
    text += kDigits[byte & 15];
  }
  return text;
}

} // namespace xs3::assembler
