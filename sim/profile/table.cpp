#include "sim/profile/table.h"

#include <algorithm>
#include <numeric>

namespace xs3::profile {

std::string Table::text() const {
  std::vector<std::size_t> widths(rows_.front().size());
  for (const auto &row : rows_)
    for (std::size_t i = 0; i < row.size(); ++i)
      widths[i] = std::max(widths[i], row[i].size());
  const std::size_t sum = std::accumulate(widths.begin(), widths.end(), std::size_t{0});
  const std::size_t gap = sum + 2 * (widths.size() - 1) <= kLineWidth ? 2 : 1;
  const std::size_t whole = sum + gap * (widths.size() - 1);
  const std::size_t excess = whole > kLineWidth ? whole - kLineWidth : 0;
  widths[0] -= std::min(excess, widths[0] - std::min<std::size_t>(widths[0], 8));

  std::string text;
  for (std::size_t i = 0; i < rows_.size(); ++i) {
    if (std::find(rules_.begin(), rules_.end(), i) != rules_.end())
      text.append(std::min(whole, kLineWidth), '-').append("\n");
    std::string line;
    for (std::size_t column = 0; column < rows_[i].size(); ++column) {
      std::string cell = rows_[i][column];
      if (cell.size() > widths[column])
        cell = cell.substr(0, widths[column] - 1) + "~";
      const std::string padding(widths[column] - cell.size(), ' ');
      line.append(column ? gap : 0, ' ');
      line += column < leftColumns_ ? cell + padding : padding + cell;
    }
    line.erase(line.find_last_not_of(' ') + 1);
    text += line + "\n";
  }
  return text;
}

} // namespace xs3::profile
