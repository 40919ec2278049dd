// The report for spreadsheets: one line per row, the same numbers as in JSON, and where they come
// from.
#include "sim/profile/csv.h"
#include "sim/profile/report_formats.h"
#include "sim/profile/report_rows.h"

namespace xs3::profile {

using Json = nlohmann::ordered_json;

std::string formatCsv(const Profile &profile) {
  CsvText csv;
  const Json origin =
      originJson(profile.model, profile.machine, profile.threads, profile.provenance);
  const auto add = [&](const RegionReport &row, const Json &index) {
    Json json = rowJson(row, 0, profile.totals, profile.machine);
    if (!row.layer)
      json["index"] = index;
    json.update(origin);
    csv.add(json);
  };
  for (const RegionReport &row : profile.layers)
    add(row, &row - profile.layers.data());
  add(profile.outside, nullptr);
  add(profile.totals, nullptr);
  return csv.text();
}

} // namespace xs3::profile
