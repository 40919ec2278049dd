// The slow side of the code cache: filling and forgetting.
#include "sim/run/code_cache.h"

#include <algorithm>

namespace xs3::sim {

CodeCache::CodeCache(const Memory &memory)
    : memory_(&memory), bytes_(memory.size()),
      hasCode_(memory.size() / kPageBytes + 2, std::uint8_t{0}) {
  for (auto &pages : pages_)
    pages.resize((memory.size() + kPageBytes - 1) / kPageBytes);
}

const DecodedPacket &CodeCache::decode(Address pc, bool dual) {
  const Address offset = pc - memory_->base();
  const bool misplaced = pc % kStep != 0 || (dual && pc % 4 != 0);
  DecodedPacket *place = &outside_;
  if (offset < bytes_ && !misplaced) {
    std::unique_ptr<Page> &page = pages_[dual][offset / kPageBytes];
    if (!page)
      page = std::make_unique<Page>();
    place = &(*page)[offset % kPageBytes / kStep];
    // A four-byte instruction may reach into the next page.
    hasCode_[offset / kPageBytes] = hasCode_[(offset + 3) / kPageBytes] = 1;
  }
  *place = predecode(*memory_, pc, dual);
  if (marked_.contains(pc))
    place->flags |= DecodedPacket::Engine;
  return *place;
}

void CodeCache::forget(Address address, std::uint32_t count) {
  // The longest packet that overlaps the first byte begins three bytes before it.
  const std::int64_t written = std::int64_t{address - memory_->base()};
  const std::int64_t begin = std::max<std::int64_t>(0, written - 3) & ~std::int64_t{1};
  const std::int64_t end = std::min<std::int64_t>(bytes_, written + count);
  for (const auto &pages : pages_)
    for (std::int64_t offset = begin; offset < end; offset += kStep)
      if (Page *page = pages[static_cast<std::size_t>(offset / kPageBytes)].get())
        (*page)[static_cast<std::size_t>(offset % kPageBytes / kStep)].half[0].run = nullptr;
}

void CodeCache::mark(Address address) {
  marked_.insert(address);
  const Address offset = address - memory_->base();
  if (offset >= bytes_)
    return;
  for (const auto &pages : pages_)
    if (Page *page = pages[offset / kPageBytes].get())
      (*page)[offset % kPageBytes / kStep].flags |= DecodedPacket::Engine;
}

void CodeCache::clear() {
  for (auto &pages : pages_)
    for (auto &page : pages)
      page.reset();
  std::ranges::fill(hasCode_, std::uint8_t{0});
}

} // namespace xs3::sim
