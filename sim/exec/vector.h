// Vector instructions that load, store, or work element by element (vpu.md sections 3 to 5).
#pragma once

#include "sim/exec/unspecified.h"
#include "sim/exec/vector_elements.h"

namespace xs3::sim::exec {

constexpr Word VSETC(Word r11) { return r11; }
constexpr Word VGETC(Word control) { return control; }

constexpr void VLDR(VectorUnit &unit, const Vector &m) { unit.vR = m; }
constexpr void VLDD(VectorUnit &unit, const Vector &m) { unit.vD = m; }
constexpr void VLDC(VectorUnit &unit, const Vector &m) { unit.vC = m; }
constexpr void VCLRDR(VectorUnit &unit) {
  unit.vD = {};
  unit.vR = {};
}

/// The largest number of bits, without the sign, that an element needs: 0 for 0 and -1.
template <class T> constexpr Word usedBits(const Vector &vector) {
  // The widest element is the one with the highest bit that differs from its sign.
  Word differing = 0;
  for (const T element : elements<T>(vector))
    differing |= static_cast<Word>(element ^ (element >> (kBits<T> - 1)));
  return static_cast<Word>(std::bit_width(differing));
}

/// Raises the headroom field by what is stored, in the mode of now (vpu.md section 5).
constexpr void noteHeadroom(VectorUnit &unit, const Vector &stored) {
  const Word used = inMode(unit.control, [&]<class T>(T) { return usedBits<T>(stored); });
  unit.control = (unit.control & ~Word{31}) | std::max(unit.control & 31, used);
}
constexpr Vector VSTR(VectorUnit &unit) {
  noteHeadroom(unit, unit.vR);
  return unit.vR;
}
constexpr Vector VSTD(VectorUnit &unit) {
  noteHeadroom(unit, unit.vD);
  return unit.vD;
}
/// The bytes that a masked store may write; it leaves the headroom field.
constexpr Vector VSTRPV(VectorUnit &unit) { return unit.vR; }
/// Leaves the headroom field (open question "vstc-headroom").
constexpr Vector VSTC(VectorUnit &unit) { return unit.vC; }

constexpr void VLADD(VectorUnit &unit, const Vector &m) {
  inMode(unit.control, [&]<class T>(T) {
    unit.vR =
        elementwise<T>(unit.vR, m, [](T r, T x) { return saturatedTo<T>(std::int64_t{r} + x); });
  });
}

/// x - r, where the minimum has a way of its own: in 32-bit mode it negates to itself, in the
/// others 0 - minimum is the minimum, not saturated.
template <class T> constexpr T subtracted(T x, T r) {
  if (r == kMin<T>) {
    if constexpr (kBits<T> == 32)
      return saturatedTo<T>(x + kMin<T>);
    else if (x == 0)
      return static_cast<T>(kMin<T>);
  }
  return saturatedTo<T>(std::int64_t{x} - r);
}
constexpr void VLSUB(VectorUnit &unit, const Vector &m) {
  inMode(unit.control, [&]<class T>(T) {
    unit.vR = elementwise<T>(unit.vR, m, [](T r, T x) { return subtracted(x, r); });
  });
}

constexpr void VLMUL(VectorUnit &unit, const Vector &m) {
  inMode(unit.control, [&]<class T>(T) {
    unit.vR = elementwise<T>(unit.vR, m, [](T r, T x) {
      return saturatedTo<T>(rounded(std::int64_t{r} * x, kBits<T> - 2));
    });
  });
}

/// Shifts right without rounding, or left for a negative b.
constexpr void VLASHR(VectorUnit &unit, const Vector &m, Word b) {
  const auto amount = static_cast<std::int32_t>(b);
  inMode(unit.control, [&]<class T>(T) {
    constexpr std::int64_t kMost = kBits<T> - 1;
    const std::int64_t right = std::clamp<std::int64_t>(amount, 0, kMost);
    const std::int64_t left = std::clamp<std::int64_t>(-std::int64_t{amount}, 0, kMost);
    unit.vR = elementwise<T>(m, [&](T x) {
      return saturatedTo<T>((std::int64_t{x} >> right) * (std::int64_t{1} << left));
    });
  });
}

constexpr Unspecified VLADSB(VectorUnit &unit, const Vector &m) {
  const ShiftMode mode = shiftMode(unit.control);
  if (mode == ShiftMode::Unknown)
    return Unspecified::ShiftMode;
  inMode(unit.control, [&]<class T>(T) {
    const Vector r = unit.vR;
    unit.vD =
        elementwise<T>(m, r, [&](T x, T y) { return shiftedTo<T>(std::int64_t{x} - y, mode); });
    unit.vR =
        elementwise<T>(m, r, [&](T x, T y) { return shiftedTo<T>(std::int64_t{x} + y, mode); });
  });
  return Unspecified::None;
}

constexpr void VPOS(VectorUnit &unit) {
  inMode(unit.control, [&]<class T>(T) {
    unit.vR = elementwise<T>(unit.vR, [](T r) { return std::max(r, T{0}); });
  });
}

/// +1.0 or -1.0, which are +-2^(B-2).
constexpr void VSIGN(VectorUnit &unit) {
  inMode(unit.control, [&]<class T>(T) {
    constexpr T kOne = T{1} << (kBits<T> - 2);
    unit.vR = elementwise<T>(unit.vR, [](T r) { return r < 0 ? static_cast<T>(-kOne) : kOne; });
  });
}

/// The sign bits, packed into the first word.
constexpr void VDEPTH1(VectorUnit &unit) {
  const Word signs = inMode(unit.control, [&]<class T>(T) {
    const Elements<T> values = elements<T>(unit.vR);
    Word packed = 0;
    for (std::size_t i = 0; i < values.size(); ++i)
      packed |= static_cast<Word>(values[i] < 0) << i;
    return packed;
  });
  unit.vR = asVector(Elements<Word>{signs});
}

/// Elements of type Wide rounded and saturated to Narrow, packed to the front.
template <class Wide, class Narrow> constexpr Vector narrowed(const Vector &vector) {
  const Elements<Wide> values = elements<Wide>(vector);
  Elements<Narrow> result{};
  for (std::size_t i = 0; i < values.size(); ++i)
    result[i] = saturatedTo<Narrow>(rounded(values[i], kBits<Wide> - kBits<Narrow>));
  return asVector(result);
}
constexpr Unspecified VDEPTH8(VectorUnit &unit) {
  const ElementWidth width = elementWidth(unit.control);
  if (width == ElementWidth::Bits8)
    return Unspecified::DepthMode;
  unit.vR = width == ElementWidth::Bits16 ? narrowed<std::int16_t, std::int8_t>(unit.vR)
                                          : narrowed<std::int32_t, std::int8_t>(unit.vR);
  return Unspecified::None;
}
constexpr Unspecified VDEPTH16(VectorUnit &unit) {
  if (elementWidth(unit.control) != ElementWidth::Bits32)
    return Unspecified::DepthMode;
  unit.vR = narrowed<std::int32_t, std::int16_t>(unit.vR);
  return Unspecified::None;
}

} // namespace xs3::sim::exec
