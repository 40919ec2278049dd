#include "sim/cli/run_stats.h"

#include "sim/profile/report_rows.h"

namespace xs3::cli {
namespace {

using Json = nlohmann::ordered_json;

Json exitJson(const sim::Outcome &outcome, const assembler::Program &program) {
  Json json;
  json["kind"] = outcomeName(outcome.kind);
  json["status"] = outcome.kind == sim::Outcome::Kind::Exit ? Json(outcome.status) : Json(nullptr);
  if (outcome.kind == sim::Outcome::Kind::Trap) {
    json["type"] = static_cast<unsigned>(outcome.trap.kind);
    json["data"] = outcome.trap.data;
    json["pc"] = outcome.pc;
    json["symbol"] = program.describe(outcome.pc);
    json["thread"] = outcome.thread;
    json["tile"] = outcome.tile;
  }
  return json;
}

Json threadJson(const sim::Counters &counters) {
  Json json;
  json["slots"] = counters.slots();
  json["packets"] = counters.packets;
  json["instructions"] = counters.instructions;
  json["fnops"] = counters.fnops;
  json["stall_slots"] = counters.stallSlots;
  json["wait_cycles"] = profile::waitsJson(counters);
  return json;
}

Json tileJson(const sim::Machine &machine, unsigned tile) {
  Json threads = Json::array();
  sim::Counters all;
  for (unsigned thread = 0; thread < machine.description().architecture.threads; ++thread) {
    threads.push_back(threadJson(machine.counters(tile, thread)));
    all += machine.counters(tile, thread);
  }
  return {{"threads", threads}, {"memory", profile::memoryJson(all, machine.description())}};
}

} // namespace

std::string_view outcomeName(sim::Outcome::Kind kind) {
  switch (kind) {
  case sim::Outcome::Kind::Exit:
    return "exit";
  case sim::Outcome::Kind::Trap:
    return "trap";
  case sim::Outcome::Kind::Limit:
    return "limit";
  case sim::Outcome::Kind::Deadlock:
    return "deadlock";
  case sim::Outcome::Kind::Unspecified:
    return "unspecified";
  case sim::Outcome::Kind::Unimplemented:
    return "unimplemented";
  }
  return "";
}

std::string formatRunStats(const sim::Machine &machine, const assembler::Program &program,
                           const sim::Outcome &outcome, const profile::Profile &regions) {
  const sim::MachineDescription &description = machine.description();
  Json json;
  json["schema"] = "xs3.run/1";
  json["machine"] = description.name;
  json["clock_hz"] = description.cost.clockHz;
  json["cycles"] = machine.cycle();
  json["seconds"] = profile::rounded(description.seconds(machine.cycle()), 12);
  json["exit"] = exitJson(outcome, program);
  json["tiles"] = Json::array();
  for (unsigned tile = 0; tile < machine.tiles().size(); ++tile)
    json["tiles"].push_back(tileJson(machine, tile));
  json["regions"] = Json::array();
  for (std::size_t i = 0; i < regions.layers.size(); ++i)
    json["regions"].push_back(profile::rowJson(regions.layers[i], i, regions.totals, description));
  for (const auto &[key, row] :
       {std::pair{"outside", &regions.outside}, {"totals", &regions.totals}}) {
    json[key] = profile::rowJson(*row, 0, regions.totals, description);
    json[key]["index"] = nullptr;
  }
  json["energy_nj"] = profile::energyJson(regions.totals.energy);
  json["band_known"] = regions.bandKnown;
  json["provenance"] = profile::provenanceJson(regions.provenance);
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

} // namespace xs3::cli
