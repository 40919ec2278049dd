#include "sim/cli/profile_input.h"

#include "base/error.h"

#include <array>
#include <charconv>
#include <cmath>
#include <cstring>

namespace xs3::cli {
namespace {

template <typename T> T elementAt(const Array &array, std::size_t index) {
  T value;
  std::memcpy(&value, array.bytes.data() + index * sizeof value, sizeof value);
  return value;
}

template <typename T> std::string numberText(T value) {
  std::array<char, 64> text;
  return {text.begin(), std::to_chars(text.begin(), text.end(), value).ptr};
}

template <typename T> bool agrees(T expected, T got, double tolerance) {
  if constexpr (std::is_floating_point_v<T>) {
    if (std::isnan(expected) || std::isnan(got))
      return std::isnan(expected) && std::isnan(got);
    if (expected == got || !std::isfinite(expected) || !std::isfinite(got))
      return expected == got;
    const double distance = std::fabs(static_cast<double>(expected) - static_cast<double>(got));
    return distance <= tolerance * std::fabs(static_cast<double>(expected));
  }
  return expected == got;
}

template <typename T>
std::optional<Difference> compare(const Array &expected, const Array &got, double tolerance) {
  std::optional<Difference> first;
  for (std::size_t i = 0; i < expected.bytes.size() / sizeof(T); ++i) {
    const T wanted = elementAt<T>(expected, i), found = elementAt<T>(got, i);
    if (agrees(wanted, found, tolerance))
      continue;
    if (!first)
      first = Difference{i, numberText(wanted), numberText(found), 0};
    ++first->count;
  }
  return first;
}

struct Comparison {
  std::string_view dtype;
  std::optional<Difference> (*compare)(const Array &, const Array &, double);
};

constexpr Comparison kComparisons[] = {
    {"int8", compare<std::int8_t>},     {"uint8", compare<std::uint8_t>},
    {"bool", compare<std::uint8_t>},    {"int16", compare<std::int16_t>},
    {"uint16", compare<std::uint16_t>}, {"int32", compare<std::int32_t>},
    {"uint32", compare<std::uint32_t>}, {"int64", compare<std::int64_t>},
    {"uint64", compare<std::uint64_t>}, {"float16", compare<std::uint16_t>},
    {"float32", compare<float>},        {"float64", compare<double>}};

/// A fixed stream of 32-bit numbers.
class Xorshift32 {
public:
  std::uint32_t next() {
    state_ ^= state_ << 13;
    state_ ^= state_ >> 17;
    state_ ^= state_ << 5;
    return state_;
  }

private:
  std::uint32_t state_ = 2463534242U;
};

} // namespace

std::vector<std::size_t> arrayShape(const assembler::NetworkTensor &tensor) {
  return {tensor.shape.begin(), tensor.shape.end()};
}

Array pseudoRandomInput(const assembler::NetworkTensor &tensor) {
  Array array{tensor.dtype, arrayShape(tensor), {}};
  array.bytes.resize(arrayBytes(array.dtype, array.shape));
  const std::size_t size = *dtypeBytes(array.dtype);
  Xorshift32 random;
  for (std::size_t at = 0; at < array.bytes.size(); at += size) {
    std::uint8_t *element = array.bytes.data() + at;
    const std::uint32_t state = random.next();
    if (array.dtype == "float32" || array.dtype == "float64") {
      const double value = static_cast<double>(state >> 8) / (1 << 23) - 1;
      const auto narrow = static_cast<float>(value);
      std::memcpy(element, size == 4 ? static_cast<const void *>(&narrow) : &value, size);
    } else if (array.dtype == "bool") {
      *element = static_cast<std::uint8_t>(state >> 31);
    } else if (array.dtype == "float16") {
      throw Error("error: there is no made-up input of type float16; give one with --input");
    } else {
      std::uint64_t bits = size == 8 ? state : state >> (32 - 8 * size);
      if (size == 8)
        bits |= std::uint64_t{random.next()} << 32;
      std::memcpy(element, &bits, size);
    }
  }
  return array;
}

std::optional<Difference> firstDifference(const Array &expected, const Array &got,
                                          double tolerance) {
  for (const Comparison &comparison : kComparisons)
    if (comparison.dtype == expected.dtype)
      return comparison.compare(expected, got, tolerance);
  throw Error("error: arrays of type '" + expected.dtype + "' cannot be compared");
}

std::string describePosition(std::size_t index, std::span<const std::size_t> shape) {
  std::string text;
  for (std::size_t i = shape.size(); i-- > 0;) {
    const std::size_t size = std::max<std::size_t>(shape[i], 1);
    text = std::to_string(index % size) + (text.empty() ? "" : ", ") + text;
    index /= size;
  }
  return "[" + text + "]";
}

} // namespace xs3::cli
