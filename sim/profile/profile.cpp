#include "sim/profile/profile.h"

#include "base/error.h"

#include <algorithm>
#include <tuple>

namespace xs3::profile {
namespace {

RegionReport makeRow(std::string name, const Interval &typical, const Interval &low,
                     const Interval &high, const Profile &profile) {
  RegionReport row;
  row.name = std::move(name);
  row.cycles = typical.cycles;
  // The default may lie at either end, and a layer's own order of ends may be the other way round.
  std::tie(row.cyclesLow, row.cyclesHigh) = std::minmax({low.cycles, typical.cycles, high.cycles});
  row.idleCycles = typical.idleCycles;
  row.counters = typical.sum();
  Interval computing = typical;
  for (unsigned i = 0; i < profile.copyThreads; ++i)
    computing.threads.at(profile.threads + i) = {};
  row.computing = computing.sum();
  row.maxThreadSlots = computing.maxThreadSlots();
  row.slowestThread = computing.slowestThread();
  row.energy = energy(row.counters, row.cycles, 1, profile.machine);
  return row;
}

Interval totalOf(const RegionRun &run) {
  Interval total = run.outside;
  for (const Interval &interval : run.intervals)
    total += interval;
  return total;
}

} // namespace

std::vector<Region> networkRegions(const assembler::NetworkNote &note,
                                   const assembler::Program &program,
                                   const std::string &programName) {
  std::vector<Region> regions;
  for (const assembler::NetworkLayer &layer : note.layers) {
    const assembler::Symbol *begin = program.find(layer.startLabel());
    const assembler::Symbol *end = program.find(layer.endLabel());
    if (!begin || !end)
      throw Error(programName + ": error: the program lacks the label '" +
                  (begin ? layer.endLabel() : layer.startLabel()) +
                  "' that its description names; compile the model again");
    regions.push_back({layer.name, begin->value, end->value});
  }
  return regions;
}

unsigned threadsUsed(const RegionRun &run) {
  unsigned used = 0;
  for (const sim::Counters &thread : totalOf(run).threads)
    used += thread.slots() > 0 ? 1 : 0;
  return std::max(used, 1U);
}

void fillRows(Profile &profile, const std::vector<Region> &regions,
              const std::vector<assembler::NetworkLayer> &layers, const RegionRun &typical,
              const RegionRun &low, const RegionRun &high) {
  profile.layers.clear();
  profile.totals = makeRow("totals", totalOf(typical), totalOf(low), totalOf(high), profile);
  profile.outside = makeRow("outside", typical.outside, low.outside, high.outside, profile);
  for (std::size_t i = 0; i < regions.size(); ++i) {
    RegionReport row = makeRow(regions[i].name, typical.intervals[i], low.intervals[i],
                               high.intervals[i], profile);
    if (i < layers.size()) {
      row.layer = layers[i];
      row.macsBinary = layers[i].macsBinary;
      row.macsInt8 = layers[i].macsInt8;
    }
    profile.totals.macsBinary += row.macsBinary;
    profile.totals.macsInt8 += row.macsInt8;
    profile.layers.push_back(std::move(row));
  }
}

} // namespace xs3::profile
