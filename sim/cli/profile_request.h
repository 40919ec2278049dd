// What `xs3 profile` was asked for.
#pragma once

#include "sim/cli/machine_choice.h"
#include "sim/cli/tensor_input.h"
#include "sim/profile/report.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace xs3::cli {

struct ProfileRequest {
  std::string path; ///< The model or program.
  std::vector<std::string> inputs, outputs, checks, regions;
  std::optional<std::uint64_t> threads, maxCycles, jobs;
  std::optional<std::string> report; ///< The word; checked.
  std::string reportFile = "-";
  std::optional<std::string> labels, dumpFolder, dataset, model;
  std::optional<double> tolerance;
  bool verify = false;
  std::string inputAs = "auto", pixelRange = "-1..1";
  InputOptions input; ///< Made of those two.
  MachineChoice machine;

  profile::ReportFormat reportFormat() const;
};

/// Reads the options into `request`. False when --help was printed. Throws UsageError for a value
/// that cannot be, and for options that do not go together.
bool readProfileRequest(Invocation &invocation, ProfileRequest &request);

} // namespace xs3::cli
