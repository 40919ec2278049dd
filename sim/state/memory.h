// A tile's memory as the thread sees it.
#pragma once

#include "base/types.h"

#include <cstdint>
#include <cstring>
#include <vector>

namespace xs3::sim {

/// The SRAM of one tile. Reads and writes are little endian; alignment is the caller's rule.
/// Invariant: bytes() never changes its size.
class Memory {
public:
  Memory(Address base, std::uint32_t bytes) : base_(base), bytes_(bytes) {}

  Address base() const { return base_; }
  std::uint32_t size() const { return static_cast<std::uint32_t>(bytes_.size()); }
  std::uint8_t *bytes() { return bytes_.data(); }
  const std::uint8_t *bytes() const { return bytes_.data(); }

  /// Whether all `count` bytes from `address` on exist.
  bool contains(Address address, std::uint32_t count) const {
    const Address offset = address - base_;
    return offset < bytes_.size() && count <= bytes_.size() - offset;
  }

  /// The value at `address`, which must be contained.
  template <typename T> T read(Address address) const {
    T value;
    std::memcpy(&value, bytes_.data() + (address - base_), sizeof value);
    return value;
  }
  template <typename T> void write(Address address, T value) {
    std::memcpy(bytes_.data() + (address - base_), &value, sizeof value);
  }

private:
  Address base_;
  std::vector<std::uint8_t> bytes_;
};

} // namespace xs3::sim
