// A tile's code, decoded once per address and issue mode, and kept true when the program writes
// into it.
#pragma once

#include "sim/exec/predecode.h"
#include "sim/state/memory.h"

#include <array>
#include <memory>
#include <optional>
#include <unordered_set>
#include <vector>

namespace xs3::sim {

/// Packets by address. An address is marked when the engine wants to look before the packet there
/// issues: its packet carries DecodedPacket::Engine.
class CodeCache {
public:
  explicit CodeCache(const Memory &memory);

  /// The packet at `pc`; valid until the next call that is not written().
  const DecodedPacket &at(Address pc, bool dual) {
    if (const DecodedPacket *packet = sram_.find(pc, dual)) [[likely]]
      return *packet;
    return elsewhere(pc, dual);
  }

  /// SRAM has changed: packets that lie in these bytes, all of them inside SRAM, are forgotten. The
  /// one that wrote may still be read.
  void writtenSram(Address address, std::uint32_t count) {
    if (sram_.mayHoldCode(address, count)) [[unlikely]]
      sram_.forget(address - sram_.base, count);
  }

  /// The same for bytes anywhere; those that are no memory are passed over.
  void written(Address address, std::uint32_t count);

  /// Marks an address; may be repeated.
  void mark(Address address);

  /// Forgets all packets, but no mark.
  void clear();

private:
  static constexpr Address kPageBytes = 256;
  static constexpr Address kStep = 2; ///< Bytes from one possible packet to the next.
  using Page = std::array<DecodedPacket, kPageBytes / kStep>;

  /// The packets of one memory.
  struct Area {
    Area(Address areaBase, Address areaBytes);

    /// The packet at `pc` if it lies here and is decoded.
    const DecodedPacket *find(Address pc, bool dual) const {
      const Address offset = pc - base;
      if (offset >= bytes) [[unlikely]]
        return nullptr;
      const Page *page = pages[dual][offset / kPageBytes].get();
      if (page == nullptr) [[unlikely]]
        return nullptr;
      // Odd and misplaced addresses share a place with a legal one and differ from it in pc.
      const DecodedPacket &packet = (*page)[offset % kPageBytes / kStep];
      return packet.half[0].run != nullptr && packet.pc == pc ? &packet : nullptr;
    }

    /// Whether packets may lie in these bytes, which must be inside.
    bool mayHoldCode(Address address, std::uint32_t count) const {
      const Address first = address - base;
      return hasCode[first / kPageBytes] || hasCode[(first + count - 1) / kPageBytes];
    }

    /// The place for a packet.
    DecodedPacket &place(Address offset, bool dual);
    void forget(Address offset, std::uint32_t count);
    void mark(Address offset);
    void clear();

    Address base, bytes;
    std::array<std::vector<std::unique_ptr<Page>>, 2> pages; ///< By issue mode.
    std::vector<std::uint8_t> hasCode; ///< By page; one more, for a packet over the end.
  };

  const DecodedPacket &elsewhere(Address pc, bool dual);

  const Memory *memory_;
  Area sram_;
  std::optional<Area> external_; ///< Made when code there is first executed.
  std::unordered_set<Address> marked_;
  DecodedPacket outside_; ///< The last packet that lies nowhere.
};

} // namespace xs3::sim
