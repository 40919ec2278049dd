// The slow side of the code cache: filling and forgetting.
#include "sim/run/code_cache.h"

#include <algorithm>

namespace xs3::sim {

CodeCache::Area::Area(Address areaBase, Address areaBytes)
    : base(areaBase), bytes(areaBytes), hasCode(bytes / kPageBytes + 2, std::uint8_t{0}) {
  for (auto &ofMode : pages)
    ofMode.resize((bytes + kPageBytes - 1) / kPageBytes);
}

DecodedPacket &CodeCache::Area::place(Address offset, bool dual) {
  std::unique_ptr<Page> &page = pages[dual][offset / kPageBytes];
  if (!page)
    page = std::make_unique<Page>();
  // A four-byte instruction may reach into the next page.
  hasCode[offset / kPageBytes] = hasCode[(offset + 3) / kPageBytes] = 1;
  return (*page)[offset % kPageBytes / kStep];
}

void CodeCache::Area::forget(Address offset, std::uint32_t count) {
  // The longest packet that overlaps the first byte begins three bytes before it.
  const std::int64_t written = std::int64_t{offset};
  const std::int64_t begin = std::max<std::int64_t>(0, written - 3) & ~std::int64_t{1};
  const std::int64_t end = std::min<std::int64_t>(bytes, written + count);
  for (const auto &ofMode : pages)
    for (std::int64_t at = begin; at < end; at += kStep)
      if (Page *page = ofMode[static_cast<std::size_t>(at / kPageBytes)].get())
        (*page)[static_cast<std::size_t>(at % kPageBytes / kStep)].half[0].run = nullptr;
}

void CodeCache::Area::mark(Address offset) {
  for (const auto &ofMode : pages)
    if (Page *page = ofMode[offset / kPageBytes].get())
      (*page)[offset % kPageBytes / kStep].flags |= DecodedPacket::Engine;
}

void CodeCache::Area::clear() {
  for (auto &ofMode : pages)
    for (auto &page : ofMode)
      page.reset();
  std::ranges::fill(hasCode, std::uint8_t{0});
}

CodeCache::CodeCache(const Memory &memory)
    : memory_(&memory), sram_(memory.base(), memory.size()) {}

const DecodedPacket &CodeCache::elsewhere(Address pc, bool dual) {
  const bool isExternal = memory_->isExternal(pc, 1);
  if (isExternal && external_)
    if (const DecodedPacket *packet = external_->find(pc, dual))
      return *packet;
  if (isExternal && !external_)
    external_.emplace(memory_->externalBase(), memory_->externalSize());
  const bool misplaced = pc % kStep != 0 || (dual && pc % 4 != 0);
  DecodedPacket *place = &outside_;
  if (isExternal && !misplaced)
    place = &external_->place(pc - external_->base, dual);
  else if (memory_->isSram(pc, 1) && !misplaced)
    place = &sram_.place(pc - sram_.base, dual);
  *place = predecode(*memory_, pc, dual);
  if (marked_.contains(pc))
    place->flags |= DecodedPacket::Engine;
  return *place;
}

void CodeCache::written(Address address, std::uint32_t count) {
  const auto clipped = [&](Area &area) {
    const std::uint64_t begin = std::max(address, area.base);
    const std::uint64_t end =
        std::min(std::uint64_t{address} + count, std::uint64_t{area.base} + area.bytes);
    if (begin < end)
      area.forget(static_cast<Address>(begin - area.base), static_cast<std::uint32_t>(end - begin));
  };
  clipped(sram_);
  if (external_)
    clipped(*external_);
}

void CodeCache::mark(Address address) {
  marked_.insert(address);
  if (memory_->isSram(address, 1))
    sram_.mark(address - sram_.base);
  else if (external_ && memory_->isExternal(address, 1))
    external_->mark(address - external_->base);
}

void CodeCache::clear() {
  sram_.clear();
  external_.reset();
}

} // namespace xs3::sim
