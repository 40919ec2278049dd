#include "sim/profile/report.h"

#include "sim/profile/report_formats.h"

#include <algorithm>

namespace xs3::profile {

std::optional<ReportFormat> parseReportFormat(std::string_view word) {
  if (word == "text")
    return ReportFormat::Text;
  if (word == "json")
    return ReportFormat::Json;
  if (word == "csv")
    return ReportFormat::Csv;
  return std::nullopt;
}

std::string formatReport(const Profile &profile, ReportFormat format,
                         const ReportOptions &options) {
  switch (format) {
  case ReportFormat::Json:
    return formatJson(profile);
  case ReportFormat::Csv:
    return formatCsv(profile);
  case ReportFormat::Text:
    break;
  }
  return formatText(profile, options);
}

double macsPerSlot(const RegionReport &row) {
  const auto slots = static_cast<double>(row.counters.slots());
  return slots > 0 ? static_cast<double>(row.macsBinary + row.macsInt8) / slots : 0;
}

double peakPercent(const RegionReport &row) {
  // A vector instruction does 256 one-bit or 32 eight-bit MACs (vpu.md section 4).
  const auto slots = static_cast<double>(row.counters.slots());
  const double vectors =
      static_cast<double>(row.macsBinary) / 256 + static_cast<double>(row.macsInt8) / 32;
  return slots > 0 ? 100 * vectors / slots : 0;
}

Cycles syncCycles(const RegionReport &row) {
  Cycles sum = 0;
  for (const auto reason : {sim::WaitReason::Msync, sim::WaitReason::Mjoin, sim::WaitReason::Ssync})
    sum += row.computing.waits[static_cast<std::size_t>(reason)];
  return sum;
}

std::uint64_t freeBytes(const Profile &profile) {
  const assembler::MemoryMap &map = profile.memoryMap;
  const std::uint64_t capacity = profile.machine.architecture.sramBytes;
  const std::uint64_t used = map.codeBytes + map.weightBytes + map.arenaBytes + map.stackBytes +
                             map.scratchBytes + map.streamBytes;
  return capacity - std::min(capacity, used);
}

} // namespace xs3::profile
