// The report for programs: "xs3.profile/1" (cli.md section 4).
#include "sim/profile/report_formats.h"
#include "sim/profile/report_rows.h"

namespace xs3::profile {
namespace {

using Json = nlohmann::ordered_json;

/// "outside" and "totals" carry the keys of a layer, but are none.
Json summaryJson(const RegionReport &row, const Profile &profile) {
  Json json = rowJson(row, 0, profile.totals, profile.machine);
  json["index"] = nullptr;
  return json;
}

Json memoryMapJson(const Profile &profile) {
  const assembler::MemoryMap &map = profile.memoryMap;
  return {{"code_bytes", map.codeBytes},
          {"weight_bytes", map.weightBytes},
          {"arena_bytes", map.arenaBytes},
          {"stack_bytes", map.stackBytes},
          {"scratch_bytes", map.scratchBytes},
          {"stream_bytes", map.streamBytes},
          {"external_bytes", map.externalBytes},
          {"external_weight_bytes", map.externalWeightBytes},
          {"free_bytes", freeBytes(profile)},
          {"capacity_bytes", profile.machine.architecture.sramBytes}};
}

Json tensorJson(const TensorValue &value) {
  const assembler::NetworkTensor &tensor = value.tensor;
  return {{"name", tensor.name},
          {"dtype", tensor.dtype},
          {"shape", tensor.shape},
          {"scale", tensor.scale ? Json(*tensor.scale) : Json(nullptr)},
          {"zero_point", tensor.scale ? Json(tensor.zeroPoint) : Json(nullptr)},
          {"sha256", value.sha256}};
}

Json verificationJson(const Verification &verification) {
  Json json = {{"operators", verification.operators},
               {"layers", verification.layers},
               {"values", verification.values},
               {"differing_layers", verification.differingLayers},
               {"first_difference", nullptr}};
  if (const auto &first = verification.first)
    json["first_difference"] = {{"layer", first->layer},       {"index", first->index},
                                {"position", first->position}, {"expected", first->expected},
                                {"got", first->got},           {"differing_values", first->count},
                                {"values", first->elements}};
  return json;
}

} // namespace

std::string formatJson(const Profile &profile) {
  Json json;
  json["schema"] = "xs3.profile/1";
  json["model"] = profile.model;
  json["machine"] = profile.machine.name;
  json["clock_hz"] = profile.machine.cost.clockHz / profile.machine.cost.clockDivider;
  json["threads"] = profile.threads;
  json["cycles"] = profile.totals.cycles;
  json["seconds"] = rounded(profile.machine.seconds(profile.totals.cycles), 12);
  json["layers"] = Json::array();
  for (const RegionReport &row : profile.layers)
    json["layers"].push_back(rowJson(row, json["layers"].size(), profile.totals, profile.machine));
  json["outside"] = summaryJson(profile.outside, profile);
  json["totals"] = summaryJson(profile.totals, profile);
  json["band_known"] = profile.bandKnown;
  json["copy_threads"] = profile.copyThreads;
  json["memory_map"] = memoryMapJson(profile);
  json["non_default_keys"] = sim::nonDefaultKeys(profile.machine);
  json["provenance"] = provenanceJson(profile.provenance);
  json["outputs"] = Json::array();
  for (const TensorValue &output : profile.outputs)
    json["outputs"].push_back(tensorJson(output));
  json["inputs"] = Json::array();
  for (const TensorValue &input : profile.inputs) {
    json["inputs"].push_back(tensorJson(input));
    json["inputs"].back()["source"] = input.source;
  }
  if (profile.verification)
    json["verification"] = verificationJson(*profile.verification);
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

} // namespace xs3::profile
