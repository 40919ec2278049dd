// A profile: what a run of a program cost, region by region, as plain data for the reports.
#pragma once

#include "asm/link/network_note.h"
#include "sim/profile/energy.h"
#include "sim/profile/region.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace xs3::profile {

/// One row of the report.
struct RegionReport {
  std::string name;                             ///< "004_LceBMaxPool2d"
  std::optional<assembler::NetworkLayer> layer; ///< Where the region is a layer of a network.
  std::uint64_t macsBinary = 0, macsInt8 = 0;
  Cycles cycles = 0, cyclesLow = 0, cyclesHigh = 0; ///< Band: timing.md section 9.
  Cycles idleCycles = 0;                            ///< Clocks in which no thread issued anything.
  /// Of the computing threads, without one that only copied weights: what they used together, the
  /// most that one of them used, and which did.
  sim::Counters computing;
  Slots maxThreadSlots = 0;
  std::optional<unsigned> slowestThread; ///< Of equals the first.
  sim::Counters counters;                ///< Of all threads together.
  Energy energy;
};

/// A tensor that went in or came out.
struct TensorValue {
  assembler::NetworkTensor tensor;
  std::vector<std::uint8_t> bytes;
  std::string sha256;
  std::string source; ///< Inputs: where it came from and how it was made, in words.
};

/// The layers' results against the scalar reference operators.
struct Verification {
  struct Difference {
    std::string layer;
    std::size_t index = 0;
    std::string position; ///< "[0, 3, 1]"
    std::string expected, got;
    std::size_t count = 0, elements = 0; ///< Of the layer's values: that differ, and all.
  };
  std::size_t operators = 0; ///< Of the network.
  std::size_t layers = 0;    ///< Of those, compared.
  std::size_t values = 0;    ///< Compared, of all layers.
  std::size_t differingLayers = 0;
  std::optional<Difference> first; ///< In the order of execution.
};

/// Where the numbers come from.
struct Provenance {
  std::string command; ///< As typed.
  std::string version; ///< Of xs3.
  std::string modelSha256, machineSha256, programSha256;
};

struct Profile {
  std::string model; ///< Or the program's name, where it carries no network.
  sim::MachineDescription machine;
  unsigned threads = 1;             ///< That computed: numbers 0 and up.
  unsigned copyThreads = 0;         ///< That copied weights meanwhile: the numbers behind those.
  bool bandKnown = true;            ///< Whether the low and high cycles were measured.
  std::vector<RegionReport> layers; ///< In the order of execution.
  RegionReport outside;             ///< What ran outside every region.
  RegionReport totals;              ///< The sum of those, MACs included.
  assembler::MemoryMap memoryMap;
  std::vector<TensorValue> inputs, outputs;
  std::optional<Verification> verification; ///< Where it was asked for.
  Provenance provenance;
};

/// The layers of a network as regions, in their order. Throws Error naming `programName` when the
/// program lacks a layer's labels.
std::vector<Region> networkRegions(const assembler::NetworkNote &note,
                                   const assembler::Program &program,
                                   const std::string &programName);

/// One run of a program that was profiled by regions.
struct RegionRun {
  sim::Outcome outcome;
  std::vector<Interval> intervals; ///< One per region.
  Interval outside;
};

/// The threads that used a slot in the run; at least 1.
unsigned threadsUsed(const RegionRun &run);

/// Fills rows, outside and totals of `profile` (whose machine is set) from runs of the same program
/// at the machine's typical, low and high cost. `layers` is empty, or has one entry per region.
void fillRows(Profile &profile, const std::vector<Region> &regions,
              const std::vector<assembler::NetworkLayer> &layers, const RegionRun &typical,
              const RegionRun &low, const RegionRun &high);

} // namespace xs3::profile
