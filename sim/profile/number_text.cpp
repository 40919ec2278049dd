#include "sim/profile/number_text.h"

#include <array>
#include <charconv>
#include <cmath>
#include <span>

namespace xs3::profile {
namespace {

/// Commas between the thousands of the digits before the point.
std::string withCommas(std::string text) {
  const std::size_t first = text.starts_with('-') ? 1 : 0;
  const std::size_t point = std::min(text.find('.'), text.size());
  for (std::size_t at = point; at > first + 3; at -= 3)
    text.insert(at - 3, ",");
  return text;
}

std::string print(double number, std::chars_format format, int precision) {
  std::array<char, 400> text;
  const auto end = std::to_chars(text.begin(), text.end(), number, format, precision).ptr;
  return {text.begin(), end};
}

constexpr std::array<Unit, 3> kTimeUnits = {{{"us", 1e-6}, {"ms", 1e-3}, {"s", 1}}};
constexpr std::array<Unit, 4> kEnergyUnits = {{{"nJ", 1}, {"uJ", 1e3}, {"mJ", 1e6}, {"J", 1e9}}};

constexpr std::array<Unit, 4> kByteUnits = {{{"B", 1}, {"kB", 1e3}, {"MB", 1e6}, {"GB", 1e9}}};

Unit unitFor(double largest, double limit, std::span<const Unit> units) {
  for (const Unit &unit : units)
    if (largest / unit.factor < limit)
      return unit;
  return units.back();
}

} // namespace

std::string grouped(std::uint64_t number) { return withCommas(std::to_string(number)); }

std::string fixed(double number, int digits) {
  return withCommas(print(number, std::chars_format::fixed, digits));
}

std::string significant(double number, int digits) {
  if (number == 0 || !std::isfinite(number))
    return print(number, std::chars_format::general, digits);
  const int magnitude = static_cast<int>(std::floor(std::log10(std::fabs(number))));
  std::string text = print(number, std::chars_format::fixed, std::max(0, digits - 1 - magnitude));
  if (text.find('.') != text.npos) {
    text.erase(text.find_last_not_of('0') + 1);
    if (text.ends_with('.'))
      text.pop_back();
  }
  return text;
}

Unit timeUnit(double largest) { return unitFor(largest, 1e4, kTimeUnits); }
Unit energyUnit(double largest) { return unitFor(largest, 1e4, kEnergyUnits); }
Unit byteUnit(double largest) { return unitFor(largest, 1e9, kByteUnits); }

} // namespace xs3::profile
