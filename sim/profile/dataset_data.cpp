// The report of a data set for programs: "xs3.dataset/1", and CSV with a line for each input.
#include "sim/profile/csv.h"
#include "sim/profile/dataset_formats.h"
#include "sim/profile/report_rows.h"

namespace xs3::profile {
namespace {

using Json = nlohmann::ordered_json;

template <typename T> Json orNull(const std::optional<T> &value) {
  return value ? Json(*value) : Json(nullptr);
}

Json spreadJson(const Spread &spread) {
  return {{"min", spread.least}, {"median", spread.median}, {"max", spread.most}};
}

Json secondsJson(const Spread &cycles, const sim::MachineDescription &machine) {
  const auto seconds = [&](Cycles count) { return rounded(machine.seconds(count), 12); };
  return {{"min", seconds(cycles.least)},
          {"median", seconds(cycles.median)},
          {"max", seconds(cycles.most)}};
}

Json entryJson(const DatasetEntry &entry, const DatasetReport &report) {
  const bool right = entry.isRight();
  return {{"index", entry.index},
          {"true_class", orNull(entry.trueClass)},
          {"answer", orNull(entry.answer)},
          {"right", entry.trueClass && entry.answer ? Json(right) : Json(nullptr)},
          {"score", entry.answer ? Json(rounded(entry.score, 6)) : Json(nullptr)},
          {"as_expected", orNull(entry.asExpected)},
          {"slots", entry.slots},
          {"cycles", entry.cycles},
          {"seconds", rounded(report.machine.seconds(entry.cycles), 12)}};
}

} // namespace

std::string formatDatasetJson(const DatasetReport &report, const ReportOptions &options) {
  const Spread cycles = spreadOf(report.entries, &DatasetEntry::cycles);
  Json json;
  json["schema"] = "xs3.dataset/1";
  json["model"] = report.model;
  json["machine"] = report.machine.name;
  json["clock_hz"] = report.machine.cost.clockHz / report.machine.cost.clockDivider;
  json["threads"] = report.threads;
  json["dataset"] = report.dataset;
  json["conversion"] = report.conversion;
  json["count"] = report.count;
  json["done"] = report.entries.size();
  json["complete"] = report.isComplete();
  json["right"] = report.hasClasses() ? Json(report.right()) : Json(nullptr);
  json["accuracy"] = report.hasClasses()
                         ? Json(rounded(static_cast<double>(report.right()) /
                                            static_cast<double>(report.entries.size()),
                                        6))
                         : Json(nullptr);
  json["slots"] = spreadJson(spreadOf(report.entries, &DatasetEntry::slots));
  json["cycles"] = spreadJson(cycles);
  json["seconds"] = secondsJson(cycles, report.machine);
  json["outputs_compared"] = report.compared();
  json["outputs_differing"] = report.differing();
  json["first_difference"] = nullptr;
  if (report.mismatch)
    json["first_difference"] = {{"index", report.mismatch->index},
                                {"position", report.mismatch->position},
                                {"expected", report.mismatch->expected},
                                {"got", report.mismatch->got}};
  json["labels"] = options.labels;
  json["confusion"] = report.hasClasses() ? Json(confusion(report)) : Json(nullptr);
  json["inputs"] = Json::array();
  for (const DatasetEntry &entry : report.entries)
    json["inputs"].push_back(entryJson(entry, report));
  json["non_default_keys"] = sim::nonDefaultKeys(report.machine);
  json["provenance"] = provenanceJson(report.provenance);
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string formatDatasetCsv(const DatasetReport &report, const ReportOptions &options) {
  CsvText csv;
  for (const DatasetEntry &entry : report.entries) {
    Json json = entryJson(entry, report);
    for (const auto &[key, number] :
         {std::pair{"true_label", entry.trueClass}, {"answer_label", entry.answer}})
      json[key] =
          number && *number < options.labels.size() ? Json(options.labels[*number]) : Json(nullptr);
    json.update(originJson(report.model, report.machine, report.threads, report.provenance));
    csv.add(json);
  }
  return csv.text();
}

} // namespace xs3::profile
