// What the reader of a report can show.
#pragma once

#include "sim/cli/verb.h"
#include "sim/profile/report.h"

#include <string>

namespace xs3::cli {

/// Columns of a report that goes to `file` ("-": standard output): COLUMNS where it is set, else
/// the terminal's width, else 100; never beyond 100 nor below 40. Whether it may be UTF-8: only on
/// a terminal that shows it.
profile::ReportOptions terminalOptions(const Invocation &invocation, const std::string &file);

/// Prints the report, or writes the file.
void deliverReport(Invocation &invocation, const std::string &file, const std::string &report);

} // namespace xs3::cli
