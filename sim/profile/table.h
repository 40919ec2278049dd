// A table of text: columns as wide as they need, in several parts where the line is too short.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace xs3::profile {

/// Of a report, where the reader's line is not known to be shorter.
inline constexpr std::size_t kLineWidth = 100;

/// Cells are plain ASCII. The first `leftColumns` columns stand left, the others right.
class Table {
public:
  Table(std::vector<std::string> header, std::size_t leftColumns)
      : rows_{std::move(header)}, leftColumns_(leftColumns) {}

  void add(std::vector<std::string> row) { rows_.push_back(std::move(row)); }
  /// A line of dashes before the next row.
  void addRule() { rules_.push_back(rows_.size()); }

  /// Two spaces between columns where they fit, else one; then the first column is cut, and at last
  /// the columns that do not fit go into further parts below, each with the first column again.
  std::string text(std::size_t width = kLineWidth) const;

private:
  std::string part(std::size_t firstColumn, std::size_t endColumn,
                   const std::vector<std::size_t> &widths, std::size_t gap) const;

  std::vector<std::vector<std::string>> rows_;
  std::vector<std::size_t> rules_;
  std::size_t leftColumns_;
};

} // namespace xs3::profile
