// Energy of hand-made counters against sums worked out by hand and against random draws.
#include "sim/profile/energy.h"

#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <numbers>
#include <random>

namespace xs3::profile {
namespace {

using sim::Coefficient;
using sim::Counters;
using sim::MachineDescription;

constexpr Cycles kNoTime = 0;

std::uint64_t &executed(Counters &counters, isa::Energy kind) {
  return counters.executed[static_cast<std::size_t>(kind)];
}

/// energy.md section 6: the inner loop of a binary convolution, 22 slots.
Counters binaryLoop() {
  Counters counters;
  counters.packets = 18;
  counters.dualSecond = 16;
  counters.fnops = 4;
  counters.fetches = 5;
  counters.fetchBytes = 80;
  counters.reads.vector = 17;
  executed(counters, isa::Energy::VectorMac1) = 16;
  executed(counters, isa::Energy::Alu) = 18;
  return counters;
}

MachineDescription withoutStatic() {
  MachineDescription machine = sim::loadMachine();
  machine.energy.staticMilliwatts = {0, 0, 0};
  return machine;
}

TEST(Energy, NothingCountedCostsNothing) {
  const Energy none = energy({}, kNoTime, 1, sim::loadMachine());
  EXPECT_EQ(none.typical, 0);
  EXPECT_EQ(none.low, 0);
  EXPECT_EQ(none.high, 0);
}

TEST(Energy, OneGroupKeepsItsBand) {
  // 10 packets, 4 with a second half, 5 FNOPs: 10 x 55 + 4 x 15 + 5 x 20 = 710 pJ;
  // low 10 x 25 + 4 x 5 + 5 x 10 = 320, high 10 x 100 + 4 x 30 + 5 x 40 = 1320: all of group issue.
  Counters counters;
  counters.packets = 10;
  counters.dualSecond = 4;
  counters.fnops = 5;
  const Energy sum = energy(counters, kNoTime, 1, sim::loadMachine());
  EXPECT_NEAR(sum.typical, 0.710, 1e-12);
  EXPECT_NEAR(sum.low, 0.320, 1e-12);
  EXPECT_NEAR(sum.high, 1.320, 1e-12);
}

TEST(Energy, StaticPowerAndClockGoByTime) {
  // 600 cycles at 600 MHz are 1 us: 29 mW x 1 us = 29 nJ; 35 pJ x 600 = 21 nJ a tile.
  const MachineDescription machine = sim::loadMachine();
  EXPECT_NEAR(energy({}, 600, 1, machine).typical, 29 + 21, 1e-9);
  EXPECT_NEAR(energy({}, 600, 2, machine).typical, 29 + 42, 1e-9);
}

TEST(Energy, EveryKindOfWorkIsCharged) {
  // Each count against its coefficient in energy.md section 4, one at a time.
  struct Case {
    const char *name;
    double picojoules;
    std::function<void(Counters &)> count;
  };
  const auto exec = [](isa::Energy kind) {
    return [kind](Counters &c) { executed(c, kind) = 1000; };
  };
  const auto mac = [](sim::MacWidth width) {
    return [width](Counters &c) { c.vectorMacs[static_cast<std::size_t>(width)] = 1000; };
  };
  const std::vector<Case> cases = {
      {"fetch", 33, [](Counters &c) { c.fetchBytes = 16000; }},
      {"r32", 14, [](Counters &c) { c.reads.narrow = 1000; }},
      {"w32", 12, [](Counters &c) { c.writes.narrow = 1000; }},
      {"r64", 20, [](Counters &c) { c.reads.pair = 1000; }},
      {"w64", 17, [](Counters &c) { c.writes.pair = 1000; }},
      {"r256", 56, [](Counters &c) { c.reads.vector = 1000; }},
      {"w256", 55, [](Counters &c) { c.writes.vector = 1000; }},
      {"vstrpv of 16 bytes", 27.5, [](Counters &c) { c.writes.maskedCharge = 16000; }},
      {"alu", 2, exec(isa::Energy::Alu)},
      {"mul", 12, exec(isa::Energy::Mul32)},
      {"macc", 15, exec(isa::Energy::Macc64)},
      {"divider", 3, [](Counters &c) { c.dividerClocks = 1000; }},
      {"fadd", 5, exec(isa::Energy::FpuAdd)},
      {"fmul", 10, exec(isa::Energy::FpuMul)},
      {"fmacc", 12, exec(isa::Energy::FpuMacc)},
      {"branch", 2, exec(isa::Energy::Branch)},
      {"io", 10, exec(isa::Energy::ResourceIo)},
      {"mac8", 28, mac(sim::MacWidth::Bits8)},
      {"mac16", 35, mac(sim::MacWidth::Bits16)},
      {"mac32", 55, mac(sim::MacWidth::Bits32)},
      {"mac1", 12, exec(isa::Energy::VectorMac1)},
      {"vadd", 8, exec(isa::Energy::VectorArithmetic)},
      {"vdepth", 5, exec(isa::Energy::VectorNarrow)},
      {"vcm", 45, exec(isa::Energy::VectorComplex)},
      {"vclrdr", 3, exec(isa::Energy::VectorControl)},
      {"lpddr line in", 5000, [](Counters &c) { c.external.fills = 1000; }},
      {"lpddr line out", 5000, [](Counters &c) { c.external.writebacks = 1000; }},
      {"none", 0, exec(isa::Energy::None)}};
  for (const Case &each : cases) {
    Counters counters;
    each.count(counters);
    EXPECT_NEAR(energy(counters, kNoTime, 1, sim::loadMachine()).typical, each.picojoules, 1e-9)
        << each.name;
  }
}

TEST(Energy, TheBinaryLoopCostsWhatTheModelPredicts) {
  const Energy loop = energy(binaryLoop(), 22, 1, withoutStatic());
  EXPECT_NEAR(loop.typical, 3.44, 0.03); // nJ; 0.84 pJ per one-bit MAC
  EXPECT_GT(loop.low / 4096 * 1000, 0.4);
  EXPECT_LT(loop.high / 4096 * 1000, 1.7);
}

TEST(Energy, TheInt8LoopCostsWhatTheModelPredicts) {
  Counters counters = binaryLoop();
  executed(counters, isa::Energy::VectorMac1) = 0;
  counters.vectorMacs[static_cast<std::size_t>(sim::MacWidth::Bits8)] = 16;
  EXPECT_NEAR(energy(counters, 22, 1, withoutStatic()).typical, 3.7, 0.03);
}

TEST(Energy, ScalarCodeDrawsWhatTheModelPredicts) {
  // One second: 120 million single-issue packets a thread, 30 % loads, a line for every 8 packets.
  for (const auto &[threads, milliwatts] : {std::pair{1u, 58.0}, {5u, 89.0}}) {
    Counters counters;
    counters.packets = 120'000'000ULL * threads;
    counters.reads.narrow = counters.packets * 3 / 10;
    executed(counters, isa::Energy::Alu) = counters.packets * 7 / 10;
    counters.fetchBytes = counters.packets * 2;
    const double nanojoules = energy(counters, 600'000'000, 1, sim::loadMachine()).typical;
    EXPECT_NEAR(nanojoules * 1e-6, milliwatts, 1) << threads << " threads";
  }
}

TEST(Energy, VoltageAndTemperatureScaleAsTheModelSays) {
  MachineDescription machine = sim::loadMachine();
  Counters counters;
  counters.packets = 1000;
  machine.energy.volts = 0.45;
  EXPECT_NEAR(energy(counters, kNoTime, 1, machine).typical, 55.0 / 4, 1e-9); // V squared
  machine.energy.tileClock = {0, 0, 0};
  EXPECT_NEAR(energy({}, 600, 1, machine).typical, 29.0 / 2, 1e-9); // V
  machine.energy.celsius = 25 + 27;
  EXPECT_NEAR(energy({}, 600, 1, machine).typical, 29.0, 1e-9); // leakage doubles every 27 C
}

TEST(Energy, TypicalValuesOfPartsAddUp) {
  const MachineDescription machine = sim::loadMachine();
  Counters twice = binaryLoop();
  twice += binaryLoop();
  EXPECT_NEAR(energy(twice, 44, 1, machine).typical,
              2 * energy(binaryLoop(), 22, 1, machine).typical, 1e-9);
}

TEST(Energy, AFixedCoefficientHasNoBand) {
  const std::string settings[] = {"energy.issue.single=50"};
  Counters counters;
  counters.packets = 100;
  const Energy sum = energy(counters, kNoTime, 1, sim::loadMachine("xu316", settings));
  EXPECT_NEAR(sum.typical, 5, 1e-12);
  EXPECT_NEAR(sum.low, 5, 1e-9);
  EXPECT_NEAR(sum.high, 5, 1e-9);
}

TEST(Energy, ABandThatReachesDownToZeroIsTaken) {
  MachineDescription machine = sim::loadMachine();
  machine.energy.issueSingle = {10, 0, 20};
  Counters counters;
  counters.packets = 1000;
  const Energy sum = energy(counters, kNoTime, 1, machine);
  EXPECT_TRUE(sum.low >= 0 && sum.low < sum.typical);
  EXPECT_NEAR(sum.high, 20, 1e-9);
}

TEST(Energy, TheBandAgreesWithRandomDraws) {
  // The definition of energy.md section 4, drawn: one normal number for each group.
  const std::map<std::string, std::vector<std::array<double, 3>>> groups = {
      {"issue", {{18, 25, 100}, {16, 5, 30}, {4, 10, 40}}}, // count, low, high
      {"mem", {{17, 29, 115}}},
      {"tile", {{22, 15, 60}}},
      {"fetch", {{5, 17, 65}}},
      {"vpu", {{16, 4, 30}}},
      {"exec", {{18, 0.3, 6}}}};
  constexpr unsigned kSeed = 7;
  std::mt19937_64 random(kSeed);
  const auto uniform = [&] {
    return (static_cast<double>(random() >> 11) + 0.5) / 9007199254740992.0;
  };
  std::vector<double> draws(40000);
  for (double &draw : draws)
    for (const auto &[name, keys] : groups) {
      const double normal =
          std::sqrt(-2 * std::log(uniform())) * std::cos(2 * std::numbers::pi * uniform());
      for (const auto &[count, low, high] : keys)
        draw += count * std::exp((std::log(low) + std::log(high)) / 2 +
                                 normal * (std::log(high) - std::log(low)) / 4);
    }
  std::sort(draws.begin(), draws.end());
  const Energy loop = energy(binaryLoop(), 22, 1, withoutStatic());
  const auto quantile = [&](double part) {
    return draws[static_cast<std::size_t>(part * static_cast<double>(draws.size()))] / 1000;
  };
  EXPECT_NEAR(loop.low, quantile(0.02275), 0.03 * loop.low) << "seed " << kSeed;
  EXPECT_NEAR(loop.high, quantile(0.97725), 0.03 * loop.high) << "seed " << kSeed;
}

} // namespace
} // namespace xs3::profile
