// What a network did with the inputs of a data set, as plain data, and its report.
#pragma once

#include "sim/profile/profile.h"
#include "sim/profile/report.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace xs3::profile {

/// One input's run.
struct DatasetEntry {
  std::size_t index = 0;                ///< In the data set, from 0.
  std::optional<std::size_t> trueClass; ///< Where the data set says it.
  std::optional<std::size_t> answer;    ///< The class with the highest score; of equals the first.
  double score = 0;
  Slots slots = 0;
  Cycles cycles = 0;
  std::optional<bool> asExpected; ///< Whether the output is what the data set expects.

  bool isRight() const { return trueClass && answer && *trueClass == *answer; }
};

/// The first output, by index, that is not what the data set expects.
struct DatasetMismatch {
  std::size_t index = 0;
  std::string position, expected, got;
};

struct DatasetReport {
  std::string model;
  sim::MachineDescription machine;
  unsigned threads = 1;
  Provenance provenance;
  std::string dataset;               ///< The folder or file, as given.
  std::string conversion;            ///< How its content became tensors, in words.
  std::size_t count = 0;             ///< Inputs of the data set.
  std::vector<DatasetEntry> entries; ///< Those that were run, by index.
  std::size_t classes = 0;           ///< 0 where the output is no list of scores.
  std::optional<DatasetMismatch> mismatch;

  bool isComplete() const { return entries.size() == count; }
  bool hasClasses() const { return !entries.empty() && entries.front().trueClass && classes; }
  std::size_t right() const;
  std::size_t compared() const;  ///< Outputs that were held against an expected one.
  std::size_t differing() const; ///< Of those, not equal.
};

struct Spread {
  std::uint64_t least = 0, median = 0, most = 0;
};

/// Of the entries' numbers; the median of an even count is the lower one of the middle two. All 0
/// without entries.
Spread spreadOf(const std::vector<DatasetEntry> &entries, std::uint64_t DatasetEntry::*number);

/// By true class, then by answer: how often.
std::vector<std::vector<std::size_t>> confusion(const DatasetReport &report);

/// Text for people, JSON ("xs3.dataset/1"), or CSV with a line for each input.
std::string formatDataset(const DatasetReport &report, ReportFormat format,
                          const ReportOptions &options = {});

} // namespace xs3::profile
