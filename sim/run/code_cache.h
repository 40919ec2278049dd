// A tile's code, decoded once per address and issue mode, and kept true when the program writes
// into it.
#pragma once

#include "sim/exec/predecode.h"
#include "sim/state/memory.h"

#include <algorithm>
#include <array>
#include <memory>
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
    const Address offset = pc - memory_->base();
    if (offset < bytes_) [[likely]] {
      Page *page = pages_[dual][offset / kPageBytes].get();
      // Odd and misplaced addresses share a place with a legal one and differ from it in pc.
      if (page != nullptr) [[likely]] {
        const DecodedPacket &packet = (*page)[offset % kPageBytes / kStep];
        if (packet.half[0].run != nullptr && packet.pc == pc) [[likely]]
          return packet;
      }
    }
    return decode(pc, dual);
  }

  /// Memory has changed: packets that lie in these bytes are forgotten. The one that wrote may
  /// still be read.
  void written(Address address, std::uint32_t count) {
    const Address first = address - memory_->base();
    const Address last = first + count - 1;
    if (hasCode_[first / kPageBytes] || hasCode_[last / kPageBytes]) [[unlikely]]
      forget(address, count);
  }

  /// The same for a masked store, whose 32 bytes may reach over either end of the memory.
  void writtenMasked(Address address) {
    const Address begin = std::max(address, memory_->base());
    written(begin, address + 32 - begin);
  }

  /// Marks an address; may be repeated.
  void mark(Address address);

  /// Forgets all packets, but no mark.
  void clear();

private:
  static constexpr Address kPageBytes = 256;
  static constexpr Address kStep = 2; ///< Bytes from one possible packet to the next.
  using Page = std::array<DecodedPacket, kPageBytes / kStep>;

  const DecodedPacket &decode(Address pc, bool dual);
  void forget(Address address, std::uint32_t count);

  const Memory *memory_;
  Address bytes_;
  std::array<std::vector<std::unique_ptr<Page>>, 2> pages_; ///< By issue mode.
  /// By page; two more than there are, for accesses that reach over the end.
  std::vector<std::uint8_t> hasCode_;
  std::unordered_set<Address> marked_;
  DecodedPacket outside_; ///< The last packet that lies nowhere.
};

} // namespace xs3::sim
