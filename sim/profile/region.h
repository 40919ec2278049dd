// Attributes what a tile does to regions of its program, which begin and end at labels.
#pragma once

#include "asm/link/program.h"
#include "sim/run/machine.h"

#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace xs3::profile {

/// A region begins when any thread's pc reaches `begin` and ends when that thread reaches `end`, or
/// when the next region begins.
struct Region {
  std::string name;
  Address begin = 0;
  std::optional<Address> end;
};

/// The regions that a program's labels name: `layer.NAME` up to `layer.NAME.end` (where that is
/// there), by address.
std::vector<Region> labelledRegions(const assembler::Program &program);

/// A region of the user: "NAME=LABEL" or "NAME=LABEL..LABEL". Throws Error for another form or an
/// unknown label.
Region parseRegion(std::string_view text, const assembler::Program &program);

/// What happened on a tile between two moments.
struct Interval {
  Cycles cycles = 0;
  Cycles idleCycles = 0; ///< Clocks in which no thread issued anything.
  std::array<sim::Counters, sim::kThreadsPerTile> threads{};

  sim::Counters sum() const;    ///< Over all threads.
  Slots maxThreadSlots() const; ///< Of the busiest thread.
  /// That thread's number; of equals the first; nothing where none used a slot.
  std::optional<unsigned> slowestThread() const;
  Interval &operator+=(const Interval &other);
  Interval &operator-=(const Interval &other);
};

/// Watches one tile of a machine. While a region is open, everything that any thread of the tile
/// does counts to it; what happens while none is open counts to `outside`. So regions and outside
/// add up to the total exactly, in every number.
class RegionObserver final : public sim::Observer {
public:
  /// Watches the labels on `machine`, which must outlive this and have its program loaded, and adds
  /// itself to its observers.
  RegionObserver(sim::Machine &machine, std::vector<Region> regions, unsigned tile = 0);

  void onWatch(const sim::Machine &machine, unsigned tile, unsigned thread, Address pc) override;

  /// Ends the open interval: call it when the run is over.
  void finish(const sim::Machine &machine);

  std::span<const Region> regions() const { return regions_; }
  const Interval &interval(std::size_t region) const { return intervals_[region]; }
  /// How often the region began.
  std::uint64_t entries(std::size_t region) const { return entries_[region]; }
  const Interval &outside() const { return intervals_.back(); }
  Interval total() const;

private:
  /// What an address means, in the order of meaning: a region's end, then beginnings.
  struct Mark {
    std::vector<std::size_t> ends, begins;
  };

  Interval now(const sim::Machine &machine) const;
  void charge(const sim::Machine &machine);

  std::vector<Region> regions_;
  unsigned tile_;
  std::unordered_map<Address, Mark> marks_;
  std::vector<Interval> intervals_; ///< One per region; the last one is outside.
  std::vector<std::uint64_t> entries_;
  std::size_t open_;    ///< Index into intervals_.
  unsigned opener_ = 0; ///< The thread whose end label counts.
  Interval last_;       ///< The sums when the open interval began.
};

} // namespace xs3::profile
