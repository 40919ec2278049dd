// What a machine is: its architecture, what its work costs in time, and what it costs in energy.
// Plain numbers, read once from a machine file (sim/machines/*.toml).
#pragma once

#include "base/types.h"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace xs3::sim {

/// [architecture]: changing it may change which code is generated and what programs compute.
struct Architecture {
  std::uint32_t tiles = 0;
  std::uint32_t threads = 0; ///< Hardware threads of a tile, at most 8.
  Address sramBase = 0;
  std::uint32_t sramBytes = 0; ///< Per tile.
  Address externalBase = 0;
  std::uint32_t externalBytes = 0; ///< LPDDR; 0 = none. Served to tile 0 only.
  std::uint32_t externalCacheLines = 0;
  std::uint32_t externalLineBytes = 0;
  std::uint32_t vectorBits = 0;
  std::uint32_t vectorAccumulators = 0;
  // Resources of a tile (resources.md section 2).
  std::uint32_t timers = 0, channelEnds = 0, synchronisers = 0, locks = 0, clockBlocks = 0;

  bool operator==(const Architecture &) const = default;
};

/// How long a divide holds its thread.
enum class DivideUnit : std::uint8_t {
  Clocks, ///< So many clocks of the unit that all threads of a tile share, first come first served.
  Slots   ///< So many slots of the thread, whatever the others do.
};

/// [cost]: never changes a result of a program that does not read the time. Rules and sources:
/// timing.md sections 1 to 5 and 8.
struct Cost {
  std::uint64_t clockHz = 0;
  std::uint64_t referenceHz = 0;   ///< The clock that timers count.
  std::uint32_t clockDivider = 0;  ///< A tile is clocked at clockHz / clockDivider.
  std::uint32_t pipelineDepth = 0; ///< A thread issues at most every that many clocks.
  std::uint32_t fetchLineBytes = 0;
  std::uint32_t fetchLoopBytes = 0;   ///< What-if: fetched lines that a thread keeps; 0 = none.
  bool fetchLoadedBranchFnop = false; ///< Rule 2.5: a branch that loads its target costs an FNOP.
  bool fetchStraddleFnop = false; ///< Rule 2.6: a 4-byte instruction across the buffer's end costs
                                  ///< an FNOP.
  std::uint32_t memoryPorts = 0;
  std::uint32_t sramWait = 0; ///< What-if: more slots for each SRAM access that a thread waits for.
  std::uint32_t divideLength = 0; ///< In divideUnit.
  DivideUnit divideUnit = DivideUnit::Clocks;
  std::uint32_t stateAccessClocks = 0;     ///< get and set of ps registers: round trip.
  std::uint32_t trapEntrySlots = 0;        ///< Of a trap, its own slot included.
  double externalMissNanoseconds = 0;      ///< One line from external memory.
  double externalWritebackNanoseconds = 0; ///< One line to it.
  std::uint32_t channelClocks = 0;         ///< A word between threads of one tile.
  std::uint32_t channelTilesClocks = 0;    ///< A word from tile to tile.

  bool operator==(const Cost &) const = default;
};

/// A coefficient with its plausible band.
struct Coefficient {
  double typical = 0, low = 0, high = 0;

  bool operator==(const Coefficient &) const = default;
};

/// [energy]: picojoules at 0.9 V and 25 C, but for the named units. Each is charged as energy.md
/// sections 1 and 4 say.
struct EnergyCoefficients {
  Coefficient staticMilliwatts; ///< The whole device, per wall time.
  Coefficient tileClock;        ///< Per clock of a tile that has a program.
  Coefficient issueSingle, issueDualSecond, issueFnop;
  Coefficient fetchLine128; ///< Per 16 bytes fetched.
  Coefficient readNarrow, writeNarrow, readPair, writePair, readVector, writeVector;
  Coefficient alu, mul32, macc64;
  Coefficient divideClock; ///< Per clock that the divider is busy.
  Coefficient fpuAdd, fpuMul, fpuMacc;
  Coefficient branch, resourceIo;
  Coefficient mac8, mac16, mac32, mac1; ///< A vector instruction's 32, 16, 8 or 256 MACs.
  Coefficient vectorArithmetic, vectorNarrow, vectorComplex, vectorControl;
  Coefficient lpddrLine; ///< Per line of 32 bytes.
  Coefficient flashByte;
  Coefficient leakageDoublingCelsius; ///< Static power doubles about every so many degrees.
  double volts = 0;                   ///< Dynamic energy scales with (volts / 0.9)^2.
  double celsius = 0;

  bool operator==(const EnergyCoefficients &) const = default;
};

/// Where a value comes from and how sure it is: A documented or reproduced exactly, B inferred from
/// several figures, C a default that was chosen.
struct Origin {
  std::string certainty;
  std::string source;
};

/// A whole machine. Comes from loadMachine; the fields are plain numbers, cheap to ask at any time.
struct MachineDescription {
  std::string name;
  std::string summary; ///< One sentence.
  Architecture architecture;
  Cost cost;
  Cost costLow, costHigh; ///< The settings for a low and a high estimate of time (timing.md 9).
  EnergyCoefficients energy;
  std::vector<Origin> origins; ///< By position in machineKeys().

  /// Clocks of a tile to seconds.
  double seconds(Cycles cycles) const {
    return static_cast<double>(cycles) * cost.clockDivider / static_cast<double>(cost.clockHz);
  }
};

/// Reads a machine: the name of a shipped one (shippedMachines()), or a file. A file says only what
/// differs from xu316. `settings` are KEY=VALUE with dotted paths ("cost.clock_hz=800000000"; a
/// plain number for an energy coefficient is its whole band) and win over the file. Throws Error
/// naming file and line (or the setting) for a file that cannot be read, an unknown key or an
/// impossible value.
MachineDescription loadMachine(const std::string &nameOrFile = "xu316",
                               std::span<const std::string> settings = {});

/// "xu316", "xu316-lpddr", "xu316-big".
std::vector<std::string_view> shippedMachines();

/// Every key by its dotted path, in the order of printing.
std::vector<std::string_view> machineKeys();

/// The energy coefficients by key. Keys that share `group` move together when a band is evaluated
/// (energy.md section 4: fully correlated inside a group, independent between groups).
struct EnergyKey {
  std::string_view path;  ///< "energy.mem.r64"
  std::string_view group; ///< "mem"
  Coefficient EnergyCoefficients::*coefficient;
};
std::span<const EnergyKey> energyKeys();

/// One line "key = value" per key in fixed order and spelling, without the name and the origins:
/// equal text is an equal machine. Its hash identifies the machine in reports.
std::string canonicalText(const MachineDescription &machine);

/// The keys whose values differ from xu316, one "key = value" each.
std::vector<std::string> nonDefaultKeys(const MachineDescription &machine);

/// What `xs3 machine` prints: every value with certainty and source, and the switches for behaviour
/// that nobody knows.
std::string describeMachine(const MachineDescription &machine);

} // namespace xs3::sim
