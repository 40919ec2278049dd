// External memory in time: when the lines that a tile asks for have come through its cache, and
// what had to be moved for it. Rules: docs/timing.md, external memory.
#pragma once

#include "base/types.h"
#include "sim/machines/description.h"
#include "sim/state/external_cache.h"

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace xs3::sim {

/// What asking for some bytes came to.
struct LineAnswer {
  Cycles arrives = 0;           ///< The clock from which on all of them are there.
  std::uint32_t misses = 0;     ///< Lines that were neither held nor on their way.
  std::uint32_t fills = 0;      ///< Lines that are read from memory for it ...
  std::uint32_t writebacks = 0; ///< ... and that are written to it.
};

/// The one interface to the memory behind a tile's cache. It makes one transfer after the other, in
/// the order in which they were asked for; a line that is given up and was written is written back
/// before its place is filled.
class ExternalTiming {
public:
  ExternalTiming(const Architecture &architecture, const Cost &cost)
      : lineBytes_(architecture.externalLineBytes),
        fillClocks_(clocks(cost, cost.externalMissNanoseconds)),
        writebackClocks_(clocks(cost, cost.externalWritebackNanoseconds)) {}

  /// A load, store or fetch at `now` of `bytes` from `address` on, which may lie in several lines.
  LineAnswer demand(ExternalCache &cache, Address address, std::uint32_t bytes, bool writes,
                    Cycles now) {
    LineAnswer answer;
    answer.arrives = now;
    const Address last = lineOf(address + bytes - 1);
    for (Address at = lineOf(address);; at += lineBytes_) {
      std::uint32_t line = cache.find(at);
      if (line == cache.count) {
        ++answer.misses;
        line = fill(cache, at, now, answer);
      }
      cache.touch(line);
      cache.lines[line].dirty |= writes;
      answer.arrives = std::max(answer.arrives, cache.lines[line].arrives);
      if (at == last)
        return answer;
    }
  }

  /// A prefetch of the line that holds `address`. Nobody waits for it, and it is dropped when the
  /// line to be given up is itself still on its way.
  LineAnswer prefetch(ExternalCache &cache, Address address, Cycles now) {
    LineAnswer answer;
    const Address at = lineOf(address);
    std::uint32_t line = cache.find(at);
    if (line == cache.count) {
      const ExternalCache::Line &victim = cache.lines[cache.victim()];
      if (victim.valid && victim.arrives > now)
        return answer;
      line = fill(cache, at, now, answer);
    }
    cache.touch(line);
    return answer;
  }

private:
  /// Whole clocks of a tile, rounded up. Times are given in tenths of a nanosecond at the finest,
  /// far above what the double's last bits are worth.
  static Cycles clocks(const Cost &cost, double nanoseconds) {
    const double hertz = static_cast<double>(cost.clockHz) / cost.clockDivider;
    return static_cast<Cycles>(std::ceil(nanoseconds * hertz / 1e9 - 1e-6));
  }

  Address lineOf(Address address) const { return address & ~(lineBytes_ - 1); }

  std::uint32_t fill(ExternalCache &cache, Address at, Cycles now, LineAnswer &answer) {
    const std::uint32_t number = cache.victim();
    ExternalCache::Line &line = cache.lines[number];
    free_ = std::max(free_, now);
    if (line.valid && line.dirty) {
      ++answer.writebacks;
      free_ += writebackClocks_;
    }
    ++answer.fills;
    free_ += fillClocks_;
    line = {at, true, false, free_};
    return number;
  }

  Address lineBytes_;
  Cycles fillClocks_, writebackClocks_;
  Cycles free_ = 0; ///< When the interface has made all transfers asked for so far.
};

} // namespace xs3::sim
