// Numbers as people read them. No locale: the same text everywhere.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace xs3::profile {

/// "1,234,567"
std::string grouped(std::uint64_t number);

/// "1,234.50" with that many digits behind the point.
std::string fixed(double number, int digits);

/// "0.0000123456": the shortest of at most `digits` significant digits, without exponent.
std::string significant(double number, int digits);

/// A unit by a factor: value / factor is what is printed before the name.
struct Unit {
  std::string_view name;
  double factor;
};

/// The unit of seconds ("us", "ms", "s"), and of nanojoules ("nJ", "uJ", "mJ", "J"), in which
/// `largest` has at most four digits before the point.
/// The unit of bytes ("B", "kB", "MB", "GB") has at most nine.
Unit timeUnit(double largest);
Unit energyUnit(double largest);
Unit byteUnit(double largest);

} // namespace xs3::profile
