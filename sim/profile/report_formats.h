// One function for each format of the report, and what they share.
#pragma once

#include "sim/profile/report.h"

namespace xs3::profile {

std::string formatText(const Profile &profile, const ReportOptions &options);
std::string formatJson(const Profile &profile);
std::string formatCsv(const Profile &profile);

/// What is left of the tile's SRAM.
std::uint64_t freeBytes(const Profile &profile);

} // namespace xs3::profile
