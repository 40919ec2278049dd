#include "sim/profile/table.h"

#include <algorithm>
#include <numeric>

namespace xs3::profile {
namespace {

/// A first column is not cut below that.
constexpr std::size_t kLeastFirstColumn = 16;

} // namespace

std::string Table::text(std::size_t width) const {
  std::vector<std::size_t> widths(rows_.front().size());
  for (const auto &row : rows_)
    for (std::size_t i = 0; i < row.size(); ++i)
      widths[i] = std::max(widths[i], row[i].size());
  const std::size_t sum = std::accumulate(widths.begin(), widths.end(), std::size_t{0});
  const std::size_t gap = sum + 2 * (widths.size() - 1) <= width ? 2 : 1;
  const std::size_t whole = sum + gap * (widths.size() - 1);
  const std::size_t excess = whole > width ? whole - width : 0;
  widths[0] -= std::min(excess, widths[0] - std::min(widths[0], kLeastFirstColumn));

  std::string text;
  for (std::size_t column = 1; column < widths.size();) {
    std::size_t end = column, used = widths[0];
    while (end < widths.size() && (end == column || used + gap + widths[end] <= width))
      used += gap + widths[end++];
    text += (text.empty() ? "" : "\n") + part(column, end, widths, gap);
    column = end;
  }
  return text;
}

std::string Table::part(std::size_t firstColumn, std::size_t endColumn,
                        const std::vector<std::size_t> &widths, std::size_t gap) const {
  std::size_t whole = widths[0];
  for (std::size_t column = firstColumn; column < endColumn; ++column)
    whole += gap + widths[column];
  std::string text;
  for (std::size_t i = 0; i < rows_.size(); ++i) {
    if (std::find(rules_.begin(), rules_.end(), i) != rules_.end())
      text.append(whole, '-').append("\n");
    std::string line;
    for (std::size_t column = 0; column < endColumn; column = std::max(column + 1, firstColumn)) {
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
