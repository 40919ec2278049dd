// The report for people: two tables of rows, a summary, the network's answer.
#include "sim/profile/answer.h"
#include "sim/profile/fact.h"
#include "sim/profile/number_text.h"
#include "sim/profile/report.h"
#include "sim/profile/report_formats.h"
#include "sim/profile/table.h"

#include <algorithm>

namespace xs3::profile {
namespace {

std::string shapeText(std::span<const std::uint32_t> shape) {
  std::string text;
  for (const std::uint32_t size : shape)
    text += (text.empty() ? "" : "x") + std::to_string(size);
  return text.empty() ? "scalar" : text;
}

std::string macsText(const RegionReport &row) {
  if (row.macsBinary && row.macsInt8)
    return grouped(row.macsBinary + row.macsInt8) + " sum";
  if (row.macsBinary)
    return grouped(row.macsBinary) + " bin";
  return row.macsInt8 ? grouped(row.macsInt8) + " int" : "-";
}

double secondsOf(const Profile &profile, Cycles cycles) { return profile.machine.seconds(cycles); }

/// What the rows did: work, time, and how well the vector unit was used.
class WorkTable {
public:
  explicit WorkTable(const Profile &profile)
      : profile_(profile), unit_(timeUnit(secondsOf(profile, profile.totals.cycles))),
        table_({"layer", "output", "MACs", "slots", "time " + std::string(unit_.name), "share %",
                "MAC/slot", "peak %"},
               2) {}

  void add(const RegionReport &row, const std::string &name) {
    const bool works = row.macsBinary + row.macsInt8 > 0;
    table_.add(
        {name, row.layer ? shapeText(row.layer->outputShape) : "", macsText(row),
         grouped(row.counters.slots()), fixed(secondsOf(profile_, row.cycles) / unit_.factor, 2),
         percent(static_cast<double>(row.cycles), static_cast<double>(profile_.totals.cycles)),
         works ? fixed(macsPerSlot(row), 2) : "-", works ? fixed(peakPercent(row), 2) : "-"});
  }
  Table &table() { return table_; }

private:
  const Profile &profile_;
  Unit unit_;
  Table table_;
};

/// What the rows moved and burned.
class TrafficTable {
public:
  explicit TrafficTable(const Profile &profile)
      : energy_(energyUnit(profile.totals.energy.typical)),
        bytes_(byteUnit(static_cast<double>(mostBytes(profile.totals.counters)))),
        table_({"layer", "FNOPs", "FNOP %", "read " + std::string(bytes_.name),
                "written " + std::string(bytes_.name), "fetched " + std::string(bytes_.name),
                "energy " + std::string(energy_.name), "low", "high"},
               1) {}

  void add(const RegionReport &row, const std::string &name) {
    const sim::Counters &counters = row.counters;
    const auto energyText = [&](double nanojoules) {
      return fixed(nanojoules / energy_.factor, 2);
    };
    const auto bytesText = [&](std::uint64_t bytes) {
      return fixed(static_cast<double>(bytes) / bytes_.factor, 0);
    };
    table_.add({name, grouped(counters.fnops),
                percent(static_cast<double>(counters.fnops), static_cast<double>(counters.slots())),
                bytesText(counters.reads.bytes), bytesText(counters.writes.bytes),
                bytesText(counters.fetchBytes), energyText(row.energy.typical),
                energyText(row.energy.low), energyText(row.energy.high)});
  }
  Table &table() { return table_; }

private:
  static std::uint64_t mostBytes(const sim::Counters &counters) {
    return std::max({counters.reads.bytes, counters.writes.bytes, counters.fetchBytes});
  }

  Unit energy_, bytes_;
  Table table_;
};

/// What went to external memory, and the lines that its cache moved: only where there is some.
class ExternalTable {
public:
  explicit ExternalTable(const Profile &profile)
      : bytes_(byteUnit(static_cast<double>(mostBytes(profile.totals.counters.external)))),
        table_({"external memory", "read " + std::string(bytes_.name),
                "written " + std::string(bytes_.name), "fetched " + std::string(bytes_.name),
                "misses", "fills", "writebacks", "wait cycles"},
               1) {}

  /// wait cycles: of all threads together.
  void add(const RegionReport &row, const std::string &name) {
    const sim::ExternalCounts &counts = row.counters.external;
    const auto bytesText = [&](std::uint64_t bytes) {
      return fixed(static_cast<double>(bytes) / bytes_.factor, 0);
    };
    constexpr auto kExternal = static_cast<std::size_t>(sim::WaitReason::External);
    table_.add({name, bytesText(counts.reads.bytes), bytesText(counts.writes.bytes),
                bytesText(counts.fetchBytes), grouped(counts.misses), grouped(counts.fills),
                grouped(counts.writebacks), grouped(row.counters.waits[kExternal])});
  }
  Table &table() { return table_; }

private:
  static std::uint64_t mostBytes(const sim::ExternalCounts &counts) {
    return std::max({counts.reads.bytes, counts.writes.bytes, counts.fetchBytes});
  }

  Unit bytes_;
  Table table_;
};

/// How the threads shared the rows' work: only where there are several.
class ThreadTable {
public:
  explicit ThreadTable(const Profile &profile)
      : profile_(profile), table_({"layer", "cycles", "idle cycles", "idle %", "sync cycles",
                                   "sync %", "slowest", "its slots", "balance %"},
                                  1) {}

  /// sync %: of the time of all computing threads together; balance: the mean of their slots by the
  /// slowest one's.
  void add(const RegionReport &row, const std::string &name) {
    const double threads = profile_.threads;
    const double mean = static_cast<double>(row.computing.slots()) / threads;
    const auto cycles = static_cast<double>(row.cycles);
    table_.add({name, grouped(row.cycles), grouped(row.idleCycles),
                percent(static_cast<double>(row.idleCycles), cycles), grouped(syncCycles(row)),
                percent(static_cast<double>(syncCycles(row)), threads * cycles),
                row.slowestThread ? "thread " + std::to_string(*row.slowestThread) : "-",
                grouped(row.maxThreadSlots),
                percent(mean, static_cast<double>(row.maxThreadSlots))});
  }
  Table &table() { return table_; }

private:
  const Profile &profile_;
  Table table_;
};

template <typename Rows> std::string tableOf(const Profile &profile, std::size_t width) {
  Rows rows(profile);
  for (const RegionReport &row : profile.layers)
    rows.add(row, row.name);
  rows.table().addRule();
  rows.add(profile.outside, profile.layers.empty() ? "whole program" : "outside layers");
  rows.add(profile.totals, "total");
  return rows.table().text(width) + "\n";
}

std::string timeFact(const Profile &profile) {
  const RegionReport &all = profile.totals;
  const double seconds = secondsOf(profile, all.cycles);
  const Unit unit = timeUnit(seconds);
  const auto time = [&](Cycles cycles) {
    return fixed(secondsOf(profile, cycles) / unit.factor, 2);
  };
  const std::string band = profile.bandKnown
                               ? "(" + time(all.cyclesLow) + " to " + time(all.cyclesHigh) + ")"
                               : "(band not known)";
  std::string text = time(all.cycles) + " " + std::string(unit.name) + " " + band + ", " +
                     grouped(all.cycles) + " cycles, " + grouped(all.counters.slots()) +
                     " slots, " + grouped(all.counters.packets) + " packets, " +
                     grouped(all.counters.instructions) + " instructions";
  if (seconds > 0)
    text += "; " + fixed(1 / seconds, 1) + " runs a second";
  return text;
}

std::string energyFact(const Profile &profile) {
  const Energy &all = profile.totals.energy;
  const Unit unit = energyUnit(all.typical);
  const double seconds = secondsOf(profile, profile.totals.cycles);
  std::string text = fixed(all.typical / unit.factor, 2) + " " + std::string(unit.name) + " (" +
                     fixed(all.low / unit.factor, 2) + " to " + fixed(all.high / unit.factor, 2) +
                     ")";
  if (seconds > 0)
    text += "; " + fixed(all.typical * 1e-6 / seconds, 1) + " mW";
  const std::uint64_t macs = profile.totals.macsBinary + profile.totals.macsInt8;
  if (macs)
    text += "; " + fixed(all.typical * 1e3 / static_cast<double>(macs), 2) + " pJ per MAC";
  return text + "; a model, good to about a factor of 2";
}

std::string memoryFact(const Profile &profile) {
  const assembler::MemoryMap &map = profile.memoryMap;
  std::string text;
  for (const auto &[name, bytes] : {std::pair{"code", map.codeBytes},
                                    {"weights", map.weightBytes},
                                    {"tensors", map.arenaBytes},
                                    {"scratch", map.scratchBytes},
                                    {"stacks", map.stackBytes}})
    text += std::string(name) + " " + grouped(bytes) + ", ";
  if (map.streamBytes)
    text += "streams " + grouped(map.streamBytes) + ", ";
  text += "free " + grouped(freeBytes(profile)) + " of " +
          grouped(profile.machine.architecture.sramBytes) + " bytes";
  if (map.externalBytes)
    text += "; external " + grouped(map.externalBytes) + " bytes: weights " +
            grouped(map.externalWeightBytes) + ", tensors " +
            grouped(map.externalBytes - map.externalWeightBytes);
  return text;
}

std::string verificationFact(const Verification &verification) {
  std::string text = grouped(verification.layers) + " of " + grouped(verification.operators) +
                     " operators, " + grouped(verification.values) + " values: ";
  if (!verification.first)
    return text + "equal to the scalar reference";
  return text + grouped(verification.differingLayers) +
         " differ from the scalar reference, first " + verification.first->layer + " at " +
         verification.first->position;
}

} // namespace

std::string formatText(const Profile &profile, const ReportOptions &options) {
  const std::size_t width = options.width;
  std::string text = fact("Model", profile.model, width) +
                     fact("Machine",
                          machineFact(profile.machine, profile.threads) +
                              (profile.copyThreads ? "; one more copies weights" : ""),
                          width);
  for (const TensorValue &input : profile.inputs)
    if (!input.source.empty())
      text += fact("Input", input.source, width);
  text += "\n" + tableOf<WorkTable>(profile, width) + tableOf<TrafficTable>(profile, width);
  if (profile.machine.architecture.externalBytes)
    text += tableOf<ExternalTable>(profile, width);
  if (profile.threads > 1)
    text += tableOf<ThreadTable>(profile, width);
  text += fact("Time", timeFact(profile), width) + fact("Energy", energyFact(profile), width);
  if (profile.totals.macsBinary + profile.totals.macsInt8)
    text += fact("MACs",
                 grouped(profile.totals.macsBinary) + " binary, " +
                     grouped(profile.totals.macsInt8) + " int8",
                 width);
  if (profile.memoryMap.codeBytes)
    text += fact("Memory", memoryFact(profile), width);
  if (profile.verification)
    text += fact("Verified", verificationFact(*profile.verification), width);
  text += provenanceFacts(profile.provenance, width);
  const std::string answer = formatAnswer(profile, options);
  return answer.empty() ? text : text + "\n" + answer;
}

} // namespace xs3::profile
