// A tile's memory as the thread sees it.
#pragma once

#include "base/types.h"

#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <new>
#include <vector>

namespace xs3::sim {

/// Bytes that read as zero until they are written and cost the host nothing until then: calloc
/// leaves it to the operating system to provide large areas page by page as they are touched.
/// Invariant: their number never changes.
class LazyBytes {
public:
  explicit LazyBytes(std::uint32_t count = 0) : count_(count), bytes_(allocate(count)) {}
  LazyBytes(const LazyBytes &other) : LazyBytes(other.count_) {
    if (count_ != 0)
      std::memcpy(bytes_.get(), other.bytes_.get(), count_);
  }
  LazyBytes(LazyBytes &&) = default;
  LazyBytes &operator=(LazyBytes other) {
    count_ = other.count_;
    bytes_ = std::move(other.bytes_);
    return *this;
  }

  std::uint32_t size() const { return count_; }
  std::uint8_t *data() { return bytes_.get(); }
  const std::uint8_t *data() const { return bytes_.get(); }

  /// All of them zero again.
  void clear() { bytes_ = allocate(count_); }

private:
  struct Free {
    void operator()(std::uint8_t *bytes) const { std::free(bytes); }
  };
  using Owner = std::unique_ptr<std::uint8_t[], Free>;

  static Owner allocate(std::uint32_t count) {
    if (count == 0)
      return nullptr;
    auto *bytes = static_cast<std::uint8_t *>(std::calloc(count, 1));
    if (bytes == nullptr)
      throw std::bad_alloc();
    return Owner(bytes);
  }

  std::uint32_t count_;
  Owner bytes_;
};

/// The SRAM of one tile and, where the tile has it, the external memory (LPDDR) behind its cache.
/// Reads and writes are little endian; alignment is the caller's rule. The values of external
/// memory are always here: what its cache holds is a matter of time alone (external_cache.h).
/// Invariant: neither changes its size, and they do not overlap.
class Memory {
public:
  Memory(Address base, std::uint32_t bytes, Address externalBase = 0,
         std::uint32_t externalBytes = 0)
      : base_(base), bytes_(bytes), externalBase_(externalBase), external_(externalBytes) {}

  // The SRAM.
  Address base() const { return base_; }
  std::uint32_t size() const { return static_cast<std::uint32_t>(bytes_.size()); }
  std::uint8_t *bytes() { return bytes_.data(); }
  const std::uint8_t *bytes() const { return bytes_.data(); }

  // External memory; a size of 0 where there is none.
  Address externalBase() const { return externalBase_; }
  std::uint32_t externalSize() const { return external_.size(); }

  /// Whether all `count` bytes from `address` on exist, in one of the two.
  bool contains(Address address, std::uint64_t count) const {
    return isSram(address, count) || isExternal(address, count);
  }
  bool isSram(Address address, std::uint64_t count) const {
    const Address offset = address - base_;
    return offset < bytes_.size() && count <= bytes_.size() - offset;
  }
  bool isExternal(Address address, std::uint64_t count) const {
    const Address offset = address - externalBase_;
    return offset < external_.size() && count <= external_.size() - offset;
  }

  /// The byte at `address` and those after it, as far as the memory reaches that it lies in. It
  /// must be contained.
  std::uint8_t *at(Address address) {
    const Address offset = address - base_;
    return offset < bytes_.size() ? bytes_.data() + offset
                                  : external_.data() + (address - externalBase_);
  }
  const std::uint8_t *at(Address address) const {
    const Address offset = address - base_;
    return offset < bytes_.size() ? bytes_.data() + offset
                                  : external_.data() + (address - externalBase_);
  }

  /// The value at `address`, which must be contained.
  template <typename T> T read(Address address) const {
    T value;
    std::memcpy(&value, at(address), sizeof value);
    return value;
  }
  template <typename T> void write(Address address, T value) {
    std::memcpy(at(address), &value, sizeof value);
  }

  /// Zeros everywhere.
  void clear() {
    bytes_.assign(bytes_.size(), 0);
    external_.clear();
  }

private:
  Address base_;
  std::vector<std::uint8_t> bytes_;
  Address externalBase_;
  LazyBytes external_;
};

} // namespace xs3::sim
