#include "sim/profile/report_rows.h"

#include "sim/profile/report.h"

#include <cmath>

namespace xs3::profile {

using Json = nlohmann::ordered_json;

double rounded(double number, int digitsBehindPoint) {
  const double factor = std::pow(10.0, digitsBehindPoint);
  return std::round(number * factor) / factor;
}

Json energyJson(const Energy &energy) {
  return {{"typical", rounded(energy.typical, 3)},
          {"low", rounded(energy.low, 3)},
          {"high", rounded(energy.high, 3)}};
}

Json memoryJson(const sim::Counters &counters) {
  return {{"sram",
           {{"read_bytes", counters.reads.bytes},
            {"write_bytes", counters.writes.bytes},
            {"fetch_bytes", counters.fetchBytes},
            {"reads", counters.reads.accesses()},
            {"writes", counters.writes.accesses()},
            {"fetches", counters.fetches}}}};
}

Json rowJson(const RegionReport &row, std::size_t index, const RegionReport &totals,
             const sim::MachineDescription &machine) {
  const sim::Counters &counters = row.counters;
  const double share =
      totals.cycles ? static_cast<double>(row.cycles) / static_cast<double>(totals.cycles) : 0;
  Json json;
  json["index"] = row.layer ? row.layer->index : index;
  json["name"] = row.name;
  json["operator"] = row.layer ? Json(row.layer->operatorName) : Json(nullptr);
  json["output_shape"] = row.layer ? Json(row.layer->outputShape) : Json(nullptr);
  json["macs_binary"] = row.macsBinary;
  json["macs_int8"] = row.macsInt8;
  json["cycles"] = row.cycles;
  json["seconds"] = rounded(machine.seconds(row.cycles), 12);
  json["share"] = rounded(share, 6);
  json["slots"] = counters.slots();
  json["packets"] = counters.packets;
  json["instructions"] = counters.instructions;
  json["fnops"] = counters.fnops;
  json["stall_slots"] = counters.stallSlots;
  json["idle_cycles"] = row.idleCycles;
  json["sync_cycles"] = counters.waitCycles();
  json["macs_per_slot"] = rounded(macsPerSlot(row), 4);
  json["peak_percent"] = rounded(peakPercent(row), 4);
  json["cycles_low"] = row.cyclesLow;
  json["cycles_high"] = row.cyclesHigh;
  json["memory"] = memoryJson(counters);
  json["energy_nj"] = energyJson(row.energy);
  json["max_thread_slots"] = row.maxThreadSlots;
  return json;
}

} // namespace xs3::profile
