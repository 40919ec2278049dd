#include "sim/profile/report_rows.h"

#include "sim/profile/report.h"
#include "sim/run/waits.h"

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

Json memoryJson(const sim::Counters &counters, const sim::MachineDescription &machine) {
  Json json;
  json["sram"] = {{"read_bytes", counters.reads.bytes},   {"write_bytes", counters.writes.bytes},
                  {"fetch_bytes", counters.fetchBytes},   {"reads", counters.reads.accesses()},
                  {"writes", counters.writes.accesses()}, {"fetches", counters.fetches}};
  const sim::ExternalCounts &external = counters.external;
  if (machine.architecture.externalBytes)
    json["external"] = {{"read_bytes", external.reads.bytes},
                        {"write_bytes", external.writes.bytes},
                        {"fetch_bytes", external.fetchBytes},
                        {"reads", external.reads.accesses()},
                        {"writes", external.writes.accesses()},
                        {"fetches", external.fetches},
                        {"misses", external.misses},
                        {"fills", external.fills},
                        {"writebacks", external.writebacks}};
  return json;
}

Json waitsJson(const sim::Counters &counters) {
  Json json = Json::object();
  for (auto reason = sim::WaitReason{1}; reason != sim::WaitReason::Count;
       reason = static_cast<sim::WaitReason>(static_cast<int>(reason) + 1))
    json[sim::waitName(reason)] = counters.waits[static_cast<std::size_t>(reason)];
  return json;
}

Json provenanceJson(const Provenance &from) {
  return {{"command", from.command},
          {"version", from.version},
          {"model_sha256", from.modelSha256},
          {"machine_sha256", from.machineSha256},
          {"program_sha256", from.programSha256}};
}

Json originJson(const std::string &model, const sim::MachineDescription &machine, unsigned threads,
                const Provenance &from) {
  std::string settings;
  for (const std::string &key : sim::nonDefaultKeys(machine))
    settings += (settings.empty() ? "" : "; ") + key;
  Json json = {{"model", model},
               {"machine", machine.name},
               {"clock_hz", machine.cost.clockHz / machine.cost.clockDivider},
               {"threads", threads},
               {"non_default_keys", settings}};
  json.update(provenanceJson(from));
  return json;
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
  json["sync_cycles"] = syncCycles(row);
  json["macs_per_slot"] = rounded(macsPerSlot(row), 4);
  json["peak_percent"] = rounded(peakPercent(row), 4);
  json["cycles_low"] = row.cyclesLow;
  json["cycles_high"] = row.cyclesHigh;
  json["memory"] = memoryJson(counters, machine);
  json["energy_nj"] = energyJson(row.energy);
  json["max_thread_slots"] = row.maxThreadSlots;
  json["slowest_thread"] = row.slowestThread ? Json(*row.slowestThread) : Json(nullptr);
  json["wait_cycles"] = waitsJson(counters);
  return json;
}

} // namespace xs3::profile
