#include "sim/profile/csv.h"

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

void CsvText::add(const Json &row) {
  std::vector<std::string> names, cells;
  flatten(row, "", names, cells);
  text_ += (text_.empty() ? line(names) : "") + line(cells);
}

} // namespace xs3::profile
