// A table of text: columns as wide as they need, at most a line's width in all.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace xs3::profile {

inline constexpr std::size_t kLineWidth = 100;

/// Cells are plain ASCII. The first `leftColumns` columns stand left, the others right.
class Table {
public:
  Table(std::vector<std::string> header, std::size_t leftColumns)
      : rows_{std::move(header)}, leftColumns_(leftColumns) {}

  void add(std::vector<std::string> row) { rows_.push_back(std::move(row)); }
  /// A line of dashes before the next row.
  void addRule() { rules_.push_back(rows_.size()); }

  /// Two spaces between columns where they fit, else one; a first column that is too long for the
  /// line is cut.
  std::string text() const;

private:
  std::vector<std::vector<std::string>> rows_;
  std::vector<std::size_t> rules_;
  std::size_t leftColumns_;
};

} // namespace xs3::profile
