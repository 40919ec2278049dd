// The program that is profiled, and what is known about it.
#pragma once

#include "asm/link/network_note.h"
#include "asm/link/program.h"
#include "kernels/compiler/import/network.h"
#include "sim/cli/profile_request.h"
#include "sim/profile/profile.h"
#include "sim/profile/profile_run.h"

#include <optional>
#include <string>
#include <vector>

namespace xs3::cli {

/// A program that is ready to run.
struct Subject {
  assembler::Program program;
  std::string programSha256, modelSha256;
  std::optional<assembler::NetworkNote> note;
  std::optional<compiler::Network> network; ///< Of a model, or of --model.

  /// The network's classes where its first output is a score for each of several; else 0.
  std::size_t classes() const;
};

/// Compiles a model or reads a program. Throws Error or UsageError.
Subject prepareSubject(const ProfileRequest &request, const sim::MachineDescription &machine);

/// Where a tensor of the network stands; it must lie inside the tile's SRAM. Throws Error.
profile::MemoryRange placeOf(const assembler::NetworkTensor &tensor, const Subject &subject,
                             const std::string &programName,
                             const sim::MachineDescription &machine);

/// As typed, which xs3, and the hashes of model, machine and program.
profile::Provenance provenanceOf(const Invocation &invocation, const Subject &subject,
                                 const sim::MachineDescription &machine);

/// The exit status of cli.md for a run that did not end as it should; 0 for one that did.
int statusOf(const sim::Outcome &outcome);

/// The names of classes in a file, one a line; the file's end may be an empty line. Throws Error
/// when they are not as many as the network has.
std::vector<std::string> readLabels(const std::string &path, const Subject &subject);

} // namespace xs3::cli
