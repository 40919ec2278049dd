#include "sim/profile/energy.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <string_view>
#include <vector>

namespace xs3::profile {
namespace {

using sim::AccessCounts;
using sim::Coefficient;
using sim::Counters;
using sim::EnergyCoefficients;

/// How often a coefficient is charged.
struct Charge {
  Coefficient EnergyCoefficients::*coefficient;
  double count;
};

double number(std::uint64_t count) { return static_cast<double>(count); }

double executed(const Counters &counters, isa::Energy kind) {
  return number(counters.executed[static_cast<std::size_t>(kind)]);
}

double macs(const Counters &counters, sim::MacWidth width) {
  return number(counters.vectorMacs[static_cast<std::size_t>(width)]);
}

/// The right-hand side of energy.md section 1 without its static part. Of external memory the lines
/// that cross its interface; its cache has no published figure and is not charged. Flash is not
/// counted by any engine yet.
std::vector<Charge> dynamicCharges(const Counters &c, Cycles clocks) {
  using E = EnergyCoefficients;
  using K = isa::Energy;
  return {{&E::tileClock, number(clocks)},
          {&E::issueSingle, number(c.packets)},
          {&E::issueDualSecond, number(c.dualSecond)},
          {&E::issueFnop, number(c.fnops)},
          {&E::fetchLine128, number(c.fetchBytes) / 16},
          {&E::readNarrow, number(c.reads.narrow)},
          {&E::writeNarrow, number(c.writes.narrow)},
          {&E::readPair, number(c.reads.pair)},
          {&E::writePair, number(c.writes.pair)},
          {&E::readVector, number(c.reads.vector)},
          {&E::writeVector, number(c.writes.vector) + number(c.writes.maskedCharge) / 32},
          {&E::alu, executed(c, K::Alu)},
          {&E::mul32, executed(c, K::Mul32)},
          {&E::macc64, executed(c, K::Macc64)},
          {&E::divideClock, number(c.dividerClocks)},
          {&E::fpuAdd, executed(c, K::FpuAdd)},
          {&E::fpuMul, executed(c, K::FpuMul)},
          {&E::fpuMacc, executed(c, K::FpuMacc)},
          {&E::branch, executed(c, K::Branch)},
          {&E::resourceIo, executed(c, K::ResourceIo)},
          {&E::mac8, macs(c, sim::MacWidth::Bits8)},
          {&E::mac16, macs(c, sim::MacWidth::Bits16)},
          {&E::mac32, macs(c, sim::MacWidth::Bits32)},
          {&E::mac1, executed(c, K::VectorMac1)},
          {&E::vectorArithmetic, executed(c, K::VectorArithmetic)},
          {&E::vectorNarrow, executed(c, K::VectorNarrow)},
          {&E::vectorComplex, executed(c, K::VectorComplex)},
          {&E::vectorControl, executed(c, K::VectorControl)},
          {&E::lpddrLine, number(c.external.fills + c.external.writebacks)}};
}

std::string_view groupOf(Coefficient EnergyCoefficients::*coefficient) {
  for (const sim::EnergyKey &key : sim::energyKeys())
    if (key.coefficient == coefficient)
      return key.group;
  return {};
}

/// A log-normal quantity: the mean and the deviation of its logarithm.
struct LogNormal {
  double mean = 0, sigma = 0;

  /// With the band as +/- 2 sigma. A band that reaches down to 0 is taken from a hundredth of its
  /// upper end.
  static LogNormal ofBand(double low, double high) {
    low = std::max(low, high / 100);
    return {(std::log(low) + std::log(high)) / 2, (std::log(high) - std::log(low)) / 4};
  }

  double expectation() const { return std::exp(mean + sigma * sigma / 2); }
  double variance() const { return std::pow(expectation(), 2) * std::expm1(sigma * sigma); }
};

/// A group's part, in picojoules.
struct Part {
  double typical = 0;
  LogNormal distribution;
};

/// Static power over the time, warmer or colder than 25 C: the factor's doubling step has a band of
/// its own.
Part staticPart(const sim::MachineDescription &machine, Cycles cycles) {
  const EnergyCoefficients &e = machine.energy;
  const double picojoulesPerMilliwatt = machine.seconds(cycles) * 1e9 * e.volts / 0.9;
  const auto leakage = [&](double doubling) { return std::exp2((e.celsius - 25) / doubling); };
  const double power = e.staticMilliwatts.typical * picojoulesPerMilliwatt;
  const Coefficient &step = e.leakageDoublingCelsius;
  Part part{power * leakage(step.typical), {}};
  if (e.staticMilliwatts.high <= 0 || picojoulesPerMilliwatt <= 0)
    return {};
  const LogNormal own = LogNormal::ofBand(e.staticMilliwatts.low * picojoulesPerMilliwatt,
                                          e.staticMilliwatts.high * picojoulesPerMilliwatt);
  const auto [least, most] = std::minmax({leakage(step.low), leakage(step.high)});
  const LogNormal factor = LogNormal::ofBand(least, most);
  part.distribution = {own.mean + factor.mean, std::hypot(own.sigma, factor.sigma)};
  return part;
}

/// The groups' parts of the dynamic energy, in the order of their names.
std::vector<Part> dynamicParts(const Counters &counters, Cycles clocks,
                               const EnergyCoefficients &coefficients) {
  const double voltage = std::pow(coefficients.volts / 0.9, 2);
  std::map<std::string_view, Coefficient> sums;
  for (const Charge &charge : dynamicCharges(counters, clocks)) {
    const Coefficient &each = coefficients.*charge.coefficient;
    Coefficient &sum = sums[groupOf(charge.coefficient)];
    sum.typical += each.typical * charge.count * voltage;
    sum.low += each.low * charge.count * voltage;
    sum.high += each.high * charge.count * voltage;
  }
  std::vector<Part> parts;
  for (const auto &[group, sum] : sums)
    if (sum.high > 0)
      parts.push_back({sum.typical, LogNormal::ofBand(sum.low, sum.high)});
  return parts;
}

} // namespace

Energy energy(const Counters &counters, Cycles cycles, unsigned clockedTiles,
              const sim::MachineDescription &machine) {
  std::vector<Part> parts = dynamicParts(counters, cycles * clockedTiles, machine.energy);
  if (const Part part = staticPart(machine, cycles); part.typical > 0)
    parts.push_back(part);
  double typical = 0, expectation = 0, variance = 0;
  for (const Part &part : parts) {
    typical += part.typical;
    expectation += part.distribution.expectation();
    variance += part.distribution.variance();
  }
  if (parts.empty())
    return {};
  const double sigmaSquared = std::log1p(variance / (expectation * expectation));
  const double median = expectation * std::exp(-sigmaSquared / 2);
  const double spread = std::exp(2 * std::sqrt(sigmaSquared));
  constexpr double kNanojoules = 1e-3;
  // Typical values at the ends of their bands may lie outside the band of the sum.
  return {typical * kNanojoules, std::min(median / spread, typical) * kNanojoules,
          std::max(median * spread, typical) * kNanojoules};
}

} // namespace xs3::profile
