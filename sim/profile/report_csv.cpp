// The report for spreadsheets: one line per row, the same numbers as in JSON.
#include "sim/profile/report_formats.h"
#include "sim/profile/report_rows.h"

namespace xs3::profile {
namespace {

using Json = nlohmann::ordered_json;

/// A cell: text quoted where it needs it, shapes as 1x8x8x1, nothing for null.
std::string cell(const Json &value) {
  if (value.is_null())
    return "";
  std::string text;
  if (value.is_array()) {
    for (const Json &size : value)
      text += (text.empty() ? "" : "x") + size.dump();
    return text;
  }
  if (!value.is_string())
    return value.dump();
  text = value.get<std::string>();
  if (text.find_first_of(",\"\r\n") == text.npos)
    return text;
  std::string quoted = "\"";
  for (const char c : text)
    quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
  return quoted + "\"";
}

/// Nested objects become columns of their own: memory.sram.read_bytes is memory_sram_read_bytes.
void flatten(const Json &json, const std::string &prefix, std::vector<std::string> &names,
             std::vector<std::string> &cells) {
  for (const auto &[key, value] : json.items()) {
    if (value.is_object()) {
      flatten(value, prefix + key + "_", names, cells);
      continue;
    }
    names.push_back(prefix + key);
    cells.push_back(cell(value));
  }
}

std::string line(const std::vector<std::string> &cells) {
  std::string text;
  for (const std::string &each : cells)
    text += (&each == &cells.front() ? "" : ",") + each;
  return text + "\n";
}

} // namespace

std::string formatCsv(const Profile &profile) {
  std::string text;
  const auto add = [&](const RegionReport &row, const Json &index) {
    Json json = rowJson(row, 0, profile.totals, profile.machine);
    if (!row.layer)
      json["index"] = index;
    std::vector<std::string> names, cells;
    flatten(json, "", names, cells);
    text += (text.empty() ? line(names) : "") + line(cells);
  };
  for (const RegionReport &row : profile.layers)
    add(row, &row - profile.layers.data());
  add(profile.outside, nullptr);
  add(profile.totals, nullptr);
  return text;
}

} // namespace xs3::profile
