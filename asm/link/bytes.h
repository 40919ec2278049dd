// Little-endian numbers in byte strings, as object and program files hold them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace xs3::assembler {

/// The unsigned number of sizeof(Number) bytes at `offset`, which must lie inside `bytes`.
template <typename Number>
constexpr Number littleEndian(std::span<const std::uint8_t> bytes, std::size_t offset) {
  std::uint64_t value = 0;
  for (std::size_t i = sizeof(Number); i-- > 0;)
    value = value << 8 | bytes[offset + i];
  return static_cast<Number>(value);
}

/// Overwrites sizeof(Number) bytes at `offset`, which must lie inside `bytes`.
template <typename Number>
constexpr void putLittleEndian(std::span<std::uint8_t> bytes, std::size_t offset, Number value) {
  for (std::size_t i = 0; i < sizeof(Number); ++i)
    bytes[offset + i] = static_cast<std::uint8_t>(static_cast<std::uint64_t>(value) >> (8 * i));
}

template <typename Number>
constexpr void appendLittleEndian(std::vector<std::uint8_t> &bytes, Number value) {
  bytes.resize(bytes.size() + sizeof(Number));
  putLittleEndian<Number>(bytes, bytes.size() - sizeof(Number), value);
}

} // namespace xs3::assembler
