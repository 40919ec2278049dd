// xs3 profile --dataset: the same program on many inputs.
#pragma once

#include "sim/cli/dataset_source.h"
#include "sim/cli/profile_subject.h"
#include "sim/profile/dataset.h"

#include <atomic>
#include <functional>

namespace xs3::cli {

/// What is run on every input, and how.
struct DatasetJob {
  const Subject &subject;
  const std::string &programName;
  const sim::MachineDescription &machine;
  std::uint64_t jobs = 1; ///< Machines at a time, each on a host thread.
  Cycles maxCycles = ~Cycles{0};
  double tolerance = 0;
  const std::atomic<bool> &stop; ///< Ends it with what is done.
  /// Told after each input, one call at a time: inputs done, and of those right.
  std::function<void(std::size_t, std::size_t)> progress;
};

/// Runs every input of the source on a fresh machine; `report` gets the entries, by index whatever
/// the timing, and the first mismatch. Throws Error naming the input when the program does not end
/// well on one, with the exit status of such an end.
void runEveryInput(const DatasetJob &job, DatasetSource &source, profile::DatasetReport &report);

/// The verb's part. Returns the exit status: 1 when an output is not as expected, 130 after Ctrl-C.
int runDataset(Invocation &invocation, const ProfileRequest &request, const Subject &subject,
               const sim::MachineDescription &machine);

} // namespace xs3::cli
