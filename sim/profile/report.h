// A profile as text for people, as JSON ("xs3.profile/1", cli.md section 4) and as CSV.
#pragma once

#include "sim/profile/profile.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace xs3::profile {

enum class ReportFormat { Text, Json, Csv };

/// "text", "json" or "csv"; nothing for another word.
std::optional<ReportFormat> parseReportFormat(std::string_view word);

struct ReportOptions {
  bool utf8 = false;               ///< The reader shows UTF-8; else plain ASCII.
  std::size_t width = 100;         ///< Columns of text, 40 or more.
  std::vector<std::string> labels; ///< Names of the classes, by number; may be empty.
};

/// The report. Text fits the width. The same bytes for the same profile and options.
std::string formatReport(const Profile &profile, ReportFormat format,
                         const ReportOptions &options = {});

/// Multiply-accumulates per slot, and that in per cent of what the vector unit can do in a slot:
/// 256 of one bit or 32 of eight bits. 0 where there are no slots.
double macsPerSlot(const RegionReport &row);
double peakPercent(const RegionReport &row);

/// Clocks that threads waited for each other (msync, mjoin, ssync), summed over the threads; what
/// they waited for locks is not among them. In an interval of C clocks n threads that the program
/// keeps wait at most n * C.
Cycles syncCycles(const RegionReport &row);

} // namespace xs3::profile
