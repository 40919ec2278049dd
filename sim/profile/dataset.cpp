#include "sim/profile/dataset.h"

#include "sim/profile/dataset_formats.h"

#include <algorithm>

namespace xs3::profile {

std::size_t DatasetReport::right() const {
  return static_cast<std::size_t>(std::count_if(
      entries.begin(), entries.end(), [](const DatasetEntry &entry) { return entry.isRight(); }));
}

std::size_t DatasetReport::compared() const {
  return static_cast<std::size_t>(
      std::count_if(entries.begin(), entries.end(),
                    [](const DatasetEntry &entry) { return entry.asExpected.has_value(); }));
}

std::size_t DatasetReport::differing() const {
  return static_cast<std::size_t>(
      std::count_if(entries.begin(), entries.end(), [](const DatasetEntry &entry) {
        return entry.asExpected && !*entry.asExpected;
      }));
}

Spread spreadOf(const std::vector<DatasetEntry> &entries, std::uint64_t DatasetEntry::*number) {
  if (entries.empty())
    return {};
  std::vector<std::uint64_t> sorted;
  for (const DatasetEntry &entry : entries)
    sorted.push_back(entry.*number);
  std::sort(sorted.begin(), sorted.end());
  return {sorted.front(), sorted[(sorted.size() - 1) / 2], sorted.back()};
}

std::vector<std::vector<std::size_t>> confusion(const DatasetReport &report) {
  std::vector counts(report.classes, std::vector<std::size_t>(report.classes));
  for (const DatasetEntry &entry : report.entries)
    if (entry.trueClass && entry.answer)
      ++counts.at(*entry.trueClass).at(*entry.answer);
  return counts;
}

std::string formatDataset(const DatasetReport &report, ReportFormat format,
                          const ReportOptions &options) {
  switch (format) {
  case ReportFormat::Json:
    return formatDatasetJson(report, options);
  case ReportFormat::Csv:
    return formatDatasetCsv(report, options);
  case ReportFormat::Text:
    break;
  }
  return formatDatasetText(report, options);
}

} // namespace xs3::profile
