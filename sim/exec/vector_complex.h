// Complex products and Fourier steps of the vector unit, on four complex numbers of 32-bit mode:
// real parts at even elements, imaginary parts behind them (vpu.md section 4).
#pragma once

#include "sim/exec/unspecified.h"
#include "sim/exec/vector_elements.h"

namespace xs3::sim::exec {

/// A sum of elements, wide enough to stay exact.
struct Complex {
  std::int64_t re = 0;
  std::int64_t im = 0;
};
constexpr Complex operator+(Complex a, Complex b) { return {a.re + b.re, a.im + b.im}; }
constexpr Complex operator-(Complex a, Complex b) { return {a.re - b.re, a.im - b.im}; }
constexpr Complex timesJ(Complex a) { return {-a.im, a.re}; }
constexpr Complex timesMinusJ(Complex a) { return {a.im, -a.re}; }

using FourNumbers = std::array<Complex, 4>;

constexpr FourNumbers numbers(const Vector &vector) {
  const auto values = elements<std::int32_t>(vector);
  FourNumbers result{};
  for (std::size_t k = 0; k < result.size(); ++k)
    result[k] = {values[2 * k], values[2 * k + 1]};
  return result;
}

/// Writes the real (`part` 0) or imaginary (1) parts of vR, one for each pair D, C of vD and vC;
/// the other parts stay.
template <class Product>
constexpr Unspecified multiply(VectorUnit &unit, std::size_t part, Product product) {
  if (elementWidth(unit.control) != ElementWidth::Bits32)
    return Unspecified::ComplexMode;
  const auto d = elements<std::int32_t>(unit.vD);
  const auto c = elements<std::int32_t>(unit.vC);
  auto r = elements<std::int32_t>(unit.vR);
  for (std::size_t re = 0; re < r.size(); re += 2)
    r[re + part] = saturatedTo<std::int32_t>(product(d[re], d[re + 1], c[re], c[re + 1]));
  unit.vR = asVector(r);
  return Unspecified::None;
}
constexpr Unspecified VCMR(VectorUnit &unit) {
  return multiply(unit, 0, [](auto dRe, auto dIm, auto cRe, auto cIm) {
    return productQ30(dRe, cRe) - productQ30(dIm, cIm);
  });
}
constexpr Unspecified VCMI(VectorUnit &unit) {
  return multiply(unit, 1, [](auto dRe, auto dIm, auto cRe, auto cIm) {
    return productQ30(dRe, cIm) + productQ30(dIm, cRe);
  });
}
constexpr Unspecified VCMCR(VectorUnit &unit) {
  return multiply(unit, 0, [](auto dRe, auto dIm, auto cRe, auto cIm) {
    return productQ30(dRe, cRe) + productQ30(dIm, cIm);
  });
}
constexpr Unspecified VCMCI(VectorUnit &unit) {
  return multiply(unit, 1, [](auto dRe, auto dIm, auto cRe, auto cIm) {
    return productQ30(dIm, cRe) - productQ30(dRe, cIm);
  });
}

/// Replaces the four numbers of `place` by the shifted results of `step`.
template <class Step>
constexpr Unspecified transform(VectorUnit &unit, Vector VectorUnit::*place, Step step) {
  if (elementWidth(unit.control) != ElementWidth::Bits32)
    return Unspecified::FourierMode;
  const ShiftMode mode = shiftMode(unit.control);
  if (mode == ShiftMode::Unknown)
    return Unspecified::ShiftMode;
  const FourNumbers result = step(numbers(unit.*place));
  Elements<std::int32_t> values{};
  for (std::size_t k = 0; k < result.size(); ++k) {
    values[2 * k] = shiftedTo<std::int32_t>(result[k].re, mode);
    values[2 * k + 1] = shiftedTo<std::int32_t>(result[k].im, mode);
  }
  unit.*place = asVector(values);
  return Unspecified::None;
}

/// A four-point step with decimation in time; `turn` multiplies by -j (forward) or j (inverse).
template <class Turn> constexpr FourNumbers inTime(const FourNumbers &z, Turn turn) {
  const Complex s0 = z[0] + z[1];
  const Complex s1 = z[0] - z[1];
  const Complex s2 = z[2] + z[3];
  const Complex s3 = turn(z[2] - z[3]);
  return {s0 + s2, s1 + s3, s0 - s2, s1 - s3};
}
/// The same with decimation in frequency.
template <class Turn> constexpr FourNumbers inFrequency(const FourNumbers &z, Turn turn) {
  const Complex s0 = z[0] + z[2];
  const Complex s1 = z[1] + z[3];
  const Complex s2 = z[0] - z[2];
  const Complex s3 = turn(z[1] - z[3]);
  return {s0 + s1, s0 - s1, s2 + s3, s2 - s3};
}

constexpr Unspecified VFTTF(VectorUnit &unit) {
  return transform(unit, &VectorUnit::vD,
                   [](const FourNumbers &z) { return inTime(z, timesMinusJ); });
}
constexpr Unspecified VFTTB(VectorUnit &unit) {
  return transform(unit, &VectorUnit::vD, [](const FourNumbers &z) { return inTime(z, timesJ); });
}
constexpr Unspecified VFTFF(VectorUnit &unit) {
  return transform(unit, &VectorUnit::vR,
                   [](const FourNumbers &z) { return inFrequency(z, timesMinusJ); });
}
constexpr Unspecified VFTFB(VectorUnit &unit) {
  return transform(unit, &VectorUnit::vR,
                   [](const FourNumbers &z) { return inFrequency(z, timesJ); });
}

} // namespace xs3::sim::exec
