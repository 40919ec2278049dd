// Numbers to the bytes that a constant block holds.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <vector>

namespace xs3::kernels {

static_assert(std::endian::native == std::endian::little,
              "constant blocks are made by copying the host's numbers");

/// The bytes of numbers, or of structs of numbers, one behind the other.
template <typename T> std::vector<std::uint8_t> littleEndian(std::span<const T> values) {
  std::vector<std::uint8_t> bytes(values.size_bytes());
  if (!bytes.empty())
    std::memcpy(bytes.data(), values.data(), bytes.size());
  return bytes;
}

template <typename T> std::vector<std::uint8_t> littleEndian(const std::vector<T> &values) {
  return littleEndian(std::span<const T>(values));
}

} // namespace xs3::kernels
