// The vector unit's arithmetic on single elements, and vectors seen as elements (vpu.md section 1).
// Names as there: B is the element width of the mode, W an accumulator's width.
#pragma once

#include "base/bits.h"
#include "sim/state/vector_unit.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <limits>

namespace xs3::sim {

/// A vector as elements of one type, the first at the lowest byte.
template <class T> using Elements = std::array<T, sizeof(Vector) / sizeof(T)>;

template <class T> constexpr Elements<T> elements(const Vector &vector) {
  return std::bit_cast<Elements<T>>(vector);
}
template <class Array> constexpr Vector asVector(const Array &values) {
  return std::bit_cast<Vector>(values);
}

enum class ElementWidth : std::uint8_t { Bits8, Bits16, Bits32 };

/// The mode that vctrl selects. Shipped code uses type codes without a meaning of their own and
/// needs plain 32-bit behaviour (vpu.md section 1).
constexpr ElementWidth elementWidth(Word control) {
  const Word type = bits<11, 8>(control);
  return type == 1 ? ElementWidth::Bits16 : type == 2 ? ElementWidth::Bits8 : ElementWidth::Bits32;
}

/// Calls `operation` with a zero of the mode's element type: [&]<class T>(T) { ... }.
template <class Operation> constexpr auto inMode(Word control, Operation operation) {
  switch (elementWidth(control)) {
  case ElementWidth::Bits8:
    return operation(std::int8_t{});
  case ElementWidth::Bits16:
    return operation(std::int16_t{});
  default:
    return operation(std::int32_t{});
  }
}

template <class T> inline constexpr int kBits = std::numeric_limits<T>::digits + 1;
template <class T> inline constexpr std::int64_t kMax = std::numeric_limits<T>::max();
template <class T> inline constexpr std::int64_t kMin = std::numeric_limits<T>::min();

/// `value` clamped to -(2^(width-1) - 1) .. 2^(width-1) - 1: XS3 saturates symmetrically.
constexpr std::int64_t saturated(std::int64_t value, int width) {
  const std::int64_t limit = (std::int64_t{1} << (width - 1)) - 1;
  return std::clamp(value, -limit, limit);
}
/// The same to the width of an element.
template <class T> constexpr T saturatedTo(std::int64_t value) {
  return static_cast<T>(saturated(value, kBits<T>));
}

/// floor(value / 2^shift + 1/2): half goes towards +infinity. `shift` is 0..63; no value overflows.
constexpr std::int64_t rounded(std::int64_t value, unsigned shift) {
  return shift == 0 ? value : (value >> shift) + ((value >> (shift - 1)) & 1);
}

/// a * b in Q30, rounded: the product of 32-bit mode.
constexpr std::int64_t productQ30(std::int32_t a, std::int32_t b) {
  return rounded(std::int64_t{a} * b, 30);
}

/// What vctrl's shift mode does to a result before it is saturated.
enum class ShiftMode : std::uint8_t { None, Left, Right, Unknown };
constexpr ShiftMode shiftMode(Word control) { return static_cast<ShiftMode>(bits<7, 6>(control)); }

/// sh(value) of vpu.md. The right shift is not rounded (open question "shift-right-rounding").
template <class T> constexpr T shiftedTo(std::int64_t value, ShiftMode mode) {
  if (mode == ShiftMode::Left)
    value *= 2;
  else if (mode == ShiftMode::Right)
    value >>= 1;
  return saturatedTo<T>(value);
}

/// Each element of `a` joined with the one of `b`.
template <class T, class Operation>
constexpr Vector elementwise(const Vector &a, const Vector &b, Operation operation) {
  const Elements<T> left = elements<T>(a);
  const Elements<T> right = elements<T>(b);
  Elements<T> result{};
  for (std::size_t i = 0; i < result.size(); ++i)
    result[i] = operation(left[i], right[i]);
  return asVector(result);
}

template <class T, class Operation>
constexpr Vector elementwise(const Vector &a, Operation operation) {
  const Elements<T> values = elements<T>(a);
  Elements<T> result{};
  for (std::size_t i = 0; i < result.size(); ++i)
    result[i] = operation(values[i]);
  return asVector(result);
}

} // namespace xs3::sim
