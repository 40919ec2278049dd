#include "sim/profile/region.h"

#include "base/error.h"

#include <algorithm>

namespace xs3::profile {
namespace {

constexpr std::string_view kLayerPrefix = "layer.";
constexpr std::string_view kEndSuffix = ".end";

Address labelAddress(std::string_view label, std::string_view text,
                     const assembler::Program &program) {
  const assembler::Symbol *symbol = program.find(label);
  if (!symbol || symbol->absolute)
    throw Error("error: --region " + std::string(text) + ": the program has no label '" +
                std::string(label) + "'");
  return symbol->value;
}

} // namespace

std::vector<Region> labelledRegions(const assembler::Program &program) {
  std::vector<Region> regions;
  for (const assembler::Symbol &symbol : program.symbols) {
    if (!symbol.name.starts_with(kLayerPrefix) || symbol.name.ends_with(kEndSuffix))
      continue;
    Region region{symbol.name.substr(kLayerPrefix.size()), symbol.value, std::nullopt};
    if (const auto *end = program.find(symbol.name + std::string(kEndSuffix)))
      region.end = end->value;
    regions.push_back(std::move(region));
  }
  return regions;
}

Region parseRegion(std::string_view text, const assembler::Program &program) {
  const std::size_t equals = text.find('=');
  if (equals == 0 || equals == text.npos || equals + 1 == text.size())
    throw Error("error: --region wants NAME=LABEL or NAME=LABEL..LABEL, not '" + std::string(text) +
                    "'",
                2);
  const std::string_view labels = text.substr(equals + 1);
  const std::size_t dots = labels.find("..");
  Region region{std::string(text.substr(0, equals)),
                labelAddress(labels.substr(0, dots), text, program), std::nullopt};
  if (dots != labels.npos)
    region.end = labelAddress(labels.substr(dots + 2), text, program);
  return region;
}

sim::Counters Interval::sum() const {
  sim::Counters all;
  for (const sim::Counters &thread : threads)
    all += thread;
  return all;
}

Slots Interval::maxThreadSlots() const {
  Slots most = 0;
  for (const sim::Counters &thread : threads)
    most = std::max(most, thread.slots());
  return most;
}

std::optional<unsigned> Interval::slowestThread() const {
  const Slots most = maxThreadSlots();
  for (unsigned thread = 0; most > 0 && thread < threads.size(); ++thread)
    if (threads[thread].slots() == most)
      return thread;
  return std::nullopt;
}

Interval &Interval::operator+=(const Interval &other) {
  cycles += other.cycles;
  idleCycles += other.idleCycles;
  for (std::size_t i = 0; i < threads.size(); ++i)
    threads[i] += other.threads[i];
  return *this;
}

Interval &Interval::operator-=(const Interval &other) {
  cycles -= other.cycles;
  idleCycles -= other.idleCycles;
  for (std::size_t i = 0; i < threads.size(); ++i)
    threads[i] -= other.threads[i];
  return *this;
}

RegionObserver::RegionObserver(sim::Machine &machine, std::vector<Region> regions, unsigned tile)
    : regions_(std::move(regions)), tile_(tile), intervals_(regions_.size() + 1),
      entries_(regions_.size()), open_(regions_.size()) {
  for (std::size_t i = 0; i < regions_.size(); ++i) {
    marks_[regions_[i].begin].begins.push_back(i);
    if (regions_[i].end)
      marks_[*regions_[i].end].ends.push_back(i);
  }
  for (const auto &[address, mark] : marks_)
    machine.watch(tile_, address);
  machine.addObserver(this);
  last_ = now(machine);
}

Interval RegionObserver::now(const sim::Machine &machine) const {
  Interval sums;
  sums.cycles = machine.cycle();
  sums.idleCycles = machine.idleCycles(tile_);
  for (unsigned thread = 0; thread < sums.threads.size(); ++thread)
    sums.threads[thread] = machine.counters(tile_, thread);
  return sums;
}

/// What happened since the last call belongs to what is open.
void RegionObserver::charge(const sim::Machine &machine) {
  const Interval sums = now(machine);
  intervals_[open_] += sums;
  intervals_[open_] -= last_;
  last_ = sums;
}

void RegionObserver::onWatch(const sim::Machine &machine, unsigned tile, unsigned thread,
                             Address pc) {
  const auto found = marks_.find(pc);
  if (tile != tile_ || found == marks_.end())
    return;
  charge(machine);
  const Mark &mark = found->second;
  const auto endsHere = [&](std::size_t region) {
    return std::find(mark.ends.begin(), mark.ends.end(), region) != mark.ends.end();
  };
  if (open_ < regions_.size() && thread == opener_ && endsHere(open_))
    open_ = regions_.size();
  // Regions without any code begin and end here; the last one that does not stays open.
  for (const std::size_t region : mark.begins) {
    const bool isOpen = region == open_;
    entries_[region] += isOpen ? 0 : 1;
    if (isOpen || endsHere(region))
      continue;
    open_ = region;
    opener_ = thread;
  }
}

void RegionObserver::finish(const sim::Machine &machine) { charge(machine); }

Interval RegionObserver::total() const {
  Interval all;
  for (const Interval &interval : intervals_)
    all += interval;
  return all;
}

} // namespace xs3::profile
