// One function for each format of a data set's report.
#pragma once

#include "sim/profile/dataset.h"

namespace xs3::profile {

std::string formatDatasetText(const DatasetReport &report, const ReportOptions &options);
std::string formatDatasetJson(const DatasetReport &report, const ReportOptions &options);
std::string formatDatasetCsv(const DatasetReport &report, const ReportOptions &options);

} // namespace xs3::profile
