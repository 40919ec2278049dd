// Runs a program once, with its tensors going in and out, and attributes what it does to regions.
#pragma once

#include "sim/profile/profile.h"
#include "sim/run/services.h"

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

struct ProfiledRun {
  RegionRun regions;
  std::vector<std::vector<std::uint8_t>> outputs; ///< One per range.
  std::string ending; ///< How it ended, in words; for a trap with registers and code.
};

/// Runs `program` on tile 0 of a fresh machine. The images and ranges must lie inside its SRAM.
/// Throws Error when the program does not fit the machine.
ProfiledRun runProfiled(const assembler::Program &program, const sim::MachineDescription &machine,
                        const std::vector<Region> &regions, std::span<const MemoryImage> images,
                        std::span<const MemoryRange> ranges, const sim::Limits &limits,
                        sim::HostServices &services);

} // namespace xs3::profile
