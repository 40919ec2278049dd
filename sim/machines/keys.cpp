// The table of machine keys: sections and names as in timing.md sections 2 to 5 and 8, energy.md
// section 4 and resources.md sections 1 and 2.
#include "sim/machines/keys.h"

#include <charconv>

namespace xs3::sim {

namespace {

using A = Architecture;
using C = Cost;
using E = EnergyCoefficients;

constexpr double kMostPicojoules = 1e9;
constexpr double kMostBytes = 256.0 * 1024 * 1024;

constexpr MachineKey kKeys[] = {
    {"architecture.tiles", &A::tiles, 1, 2},
    {"architecture.threads", &A::threads, 1, 8},
    {"architecture.sram.base", &A::sramBase, 0, 0x7fffff00},
    {"architecture.sram.bytes", &A::sramBytes, 4096, kMostBytes},
    {"architecture.extmem.base", &A::externalBase, 0, 0x7fffff00},
    {"architecture.extmem.bytes", &A::externalBytes, 0, kMostBytes},
    {"architecture.extmem.cache_lines", &A::externalCacheLines, 0, 0, {1, 2, 4, 8, 16, 32, 64}},
    {"architecture.extmem.line_bytes", &A::externalLineBytes, 32, 32},
    {"architecture.vpu.bits", &A::vectorBits, 0, 0, {256}},
    {"architecture.vpu.accumulators", &A::vectorAccumulators, 0, 0, {16}},
    {"architecture.timers", &A::timers, 0, 64},
    {"architecture.channel_ends", &A::channelEnds, 0, 256},
    {"architecture.synchronisers", &A::synchronisers, 0, 64},
    {"architecture.locks", &A::locks, 0, 64},
    {"architecture.clock_blocks", &A::clockBlocks, 1, 64},

    {"cost.clock_hz", &C::clockHz, 1e6, 1e10},
    {"cost.clock_divider", &C::clockDivider, 1, 65536},
    {"cost.reference_hz", &C::referenceHz, 1e3, 1e10},
    {"cost.pipeline.depth", &C::pipelineDepth, 1, 64},
    {"cost.fetch.line_bytes", &C::fetchLineBytes, 0, 0, {16, 32, 64}},
    {"cost.fetch.loop_bytes", &C::fetchLoopBytes, 0, 1024},
    {"cost.fetch.loaded_branch_fnop", &C::fetchLoadedBranchFnop},
    {"cost.fetch.straddle_fnop", &C::fetchStraddleFnop},
    {"cost.memory.ports", &C::memoryPorts, 0, 0, {1, 2}},
    {"cost.memory.sram_wait", &C::sramWait, 0, 1000},
    {"cost.divide.length", &C::divideLength, 1, 1000},
    {"cost.divide.unit", &C::divideUnit},
    {"cost.state_access_clocks", &C::stateAccessClocks, 0, 1e6},
    {"cost.trap_entry_slots", &C::trapEntrySlots, 1, 1000},
    {"cost.extmem.miss_ns", &C::externalMissNanoseconds, 0, 1e6},
    {"cost.extmem.writeback_ns", &C::externalWritebackNanoseconds, 0, 1e6},
    {"cost.channel.clocks", &C::channelClocks, 0, 1e6},
    {"cost.channel.tiles_clocks", &C::channelTilesClocks, 0, 1e6},

    {"energy.vdd", &E::volts, 0.3, 2},
    {"energy.temp_c", &E::celsius, -60, 200},
    {"energy.static.mw", &E::staticMilliwatts, 0, kMostPicojoules},
    {"energy.tile.clock", &E::tileClock, 0, kMostPicojoules},
    {"energy.issue.single", &E::issueSingle, 0, kMostPicojoules},
    {"energy.issue.dual_second", &E::issueDualSecond, 0, kMostPicojoules},
    {"energy.issue.fnop", &E::issueFnop, 0, kMostPicojoules},
    {"energy.fetch.line128", &E::fetchLine128, 0, kMostPicojoules},
    {"energy.mem.r8_16_32", &E::readNarrow, 0, kMostPicojoules},
    {"energy.mem.w8_16_32", &E::writeNarrow, 0, kMostPicojoules},
    {"energy.mem.r64", &E::readPair, 0, kMostPicojoules},
    {"energy.mem.w64", &E::writePair, 0, kMostPicojoules},
    {"energy.mem.r256", &E::readVector, 0, kMostPicojoules},
    {"energy.mem.w256", &E::writeVector, 0, kMostPicojoules},
    {"energy.exec.alu", &E::alu, 0, kMostPicojoules},
    {"energy.exec.mul32", &E::mul32, 0, kMostPicojoules},
    {"energy.exec.macc64", &E::macc64, 0, kMostPicojoules},
    {"energy.exec.div_clock", &E::divideClock, 0, kMostPicojoules},
    {"energy.exec.fpu_add", &E::fpuAdd, 0, kMostPicojoules},
    {"energy.exec.fpu_mul", &E::fpuMul, 0, kMostPicojoules},
    {"energy.exec.fpu_macc", &E::fpuMacc, 0, kMostPicojoules},
    {"energy.exec.branch", &E::branch, 0, kMostPicojoules},
    {"energy.exec.resource_io", &E::resourceIo, 0, kMostPicojoules},
    {"energy.vpu.mac8", &E::mac8, 0, kMostPicojoules},
    {"energy.vpu.mac16", &E::mac16, 0, kMostPicojoules},
    {"energy.vpu.mac32", &E::mac32, 0, kMostPicojoules},
    {"energy.vpu.mac1", &E::mac1, 0, kMostPicojoules},
    {"energy.vpu.addsub_sat_shift", &E::vectorArithmetic, 0, kMostPicojoules},
    {"energy.vpu.depth_sign_pos", &E::vectorNarrow, 0, kMostPicojoules},
    {"energy.vpu.complex_mul", &E::vectorComplex, 0, kMostPicojoules},
    {"energy.vpu.reg", &E::vectorControl, 0, kMostPicojoules},
    {"energy.ext.lpddr_line32B", &E::lpddrLine, 0, kMostPicojoules},
    {"energy.ext.flash_byte", &E::flashByte, 0, kMostPicojoules},
    {"energy.temp.double_c", &E::leakageDoublingCelsius, 1, 1000},
};

std::string numberText(double value) {
  std::array<char, 32> text;
  const auto end = std::to_chars(text.data(), text.data() + text.size(), value).ptr;
  return {text.data(), end};
}

std::string coefficientText(const Coefficient &c) {
  return "{ typical = " + numberText(c.typical) + ", low = " + numberText(c.low) +
         ", high = " + numberText(c.high) + " }";
}

struct FieldText {
  const MachineDescription &machine;
  const Cost &cost;

  std::string operator()(std::uint32_t A::*field) const {
    return std::to_string(machine.architecture.*field);
  }
  std::string operator()(std::uint32_t C::*field) const { return std::to_string(cost.*field); }
  std::string operator()(std::uint64_t C::*field) const { return std::to_string(cost.*field); }
  std::string operator()(bool C::*field) const { return cost.*field ? "true" : "false"; }
  std::string operator()(double C::*field) const { return numberText(cost.*field); }
  std::string operator()(DivideUnit C::*field) const {
    return cost.*field == DivideUnit::Clocks ? "\"clocks\"" : "\"slots\"";
  }
  std::string operator()(Coefficient E::*field) const {
    return coefficientText(machine.energy.*field);
  }
  std::string operator()(double E::*field) const { return numberText(machine.energy.*field); }
};

} // namespace

std::span<const MachineKey> machineKeyRows() { return kKeys; }

std::string keyText(const MachineKey &key, const MachineDescription &machine, const Cost &cost) {
  return std::visit(FieldText{machine, cost}, key.field);
}

std::vector<std::string_view> machineKeys() {
  std::vector<std::string_view> paths;
  for (const MachineKey &key : kKeys)
    paths.push_back(key.path);
  return paths;
}

std::span<const EnergyKey> energyKeys() {
  static const std::vector<EnergyKey> keys = [] {
    std::vector<EnergyKey> rows;
    for (const MachineKey &key : kKeys) {
      const auto *coefficient = std::get_if<Coefficient E::*>(&key.field);
      if (coefficient == nullptr)
        continue;
      const std::string_view name = key.path.substr(std::string_view("energy.").size());
      rows.push_back({key.path, name.substr(0, name.find('.')), *coefficient});
    }
    return rows;
  }();
  return keys;
}

} // namespace xs3::sim
