// Runs a program once, with its tensors going in and out, and attributes what it does to regions.
#pragma once

#include "sim/profile/profile.h"
#include "sim/run/services.h"

#include <atomic>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace xs3::profile {

/// Bytes that are written into the tile's memory before the run.
struct MemoryImage {
  Address address = 0;
  std::vector<std::uint8_t> bytes;
};

/// A piece of memory that is wanted after the run.
struct MemoryRange {
  Address address = 0;
  std::uint32_t bytes = 0;
};

/// What a run is told besides its program and machine.
struct RunSettings {
  sim::Limits limits;
  /// The network whose layers' results are wanted; nullptr = none.
  const assembler::NetworkNote *captured = nullptr;
  std::string programName = {}; ///< For messages about the above.
  /// Looked at now and then: the run ends with Outcome::Kind::Limit soon after it became true.
  const std::atomic<bool> *stop = nullptr;
  Slots packetsBetweenLooks = 1'000'000; ///< A few hundredths of a second of the host.
};

struct ProfiledRun {
  RegionRun regions;
  std::vector<std::vector<std::uint8_t>> outputs; ///< One per range.
  /// Where they were wanted: every layer's result, as TensorCapture has them.
  std::vector<std::vector<std::uint8_t>> layers;
  std::string ending; ///< How it ended, in words; for a trap with registers and code.
};

/// Runs `program` on tile 0 of a fresh machine. The images and ranges must lie inside its SRAM.
/// Throws Error when the program does not fit the machine, or lacks what the captured network
/// names.
ProfiledRun runProfiled(const assembler::Program &program, const sim::MachineDescription &machine,
                        const std::vector<Region> &regions, std::span<const MemoryImage> images,
                        std::span<const MemoryRange> ranges, const RunSettings &settings,
                        sim::HostServices &services);

} // namespace xs3::profile
