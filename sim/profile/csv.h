// Rows of JSON as lines for spreadsheets.
#pragma once

#include <nlohmann/json.hpp>

#include <string>
#include <vector>

namespace xs3::profile {

/// A header and a line for each row. Nested objects become columns of their own: memory.sram.reads
/// is memory_sram_reads. All rows have the keys of the first one.
class CsvText {
public:
  void add(const nlohmann::ordered_json &row);
  std::string text() const { return text_; }

private:
  std::string text_;
};

} // namespace xs3::profile
