// Multiply-accumulate instructions of the vector unit (vpu.md sections 2 and 4). vlmaccr and
// vlmaccr1 are where networks spend their time: they keep to shapes the compiler vectorizes.
#pragma once

#include "sim/exec/unspecified.h"
#include "sim/exec/vector_elements.h"

#include <cstring>

namespace xs3::sim::exec {

/// The accumulators of 8-bit and 16-bit mode: 16 of 32 bits, their halves in vD and vR.
using Narrow = std::array<std::int32_t, 16>;
/// The accumulators of 32-bit mode: 8 of 40 bits, the upper 8 in the low byte of vD's words.
using Wide = std::array<std::int64_t, 8>;
inline constexpr int kNarrowBits = 32;
inline constexpr int kWideBits = 40;

constexpr std::int32_t narrowAt(std::uint16_t d, std::uint16_t r) {
  return static_cast<std::int32_t>((Word{d} << 16) | r);
}
constexpr std::int64_t wideAt(Word d, Word r) {
  return (std::int64_t{signExtend(d & 0xff, 8)} * (std::int64_t{1} << 32)) + r;
}

constexpr Narrow narrowAccumulators(const VectorUnit &unit) {
  const auto d = elements<std::uint16_t>(unit.vD);
  const auto r = elements<std::uint16_t>(unit.vR);
  Narrow result{};
  for (std::size_t i = 0; i < result.size(); ++i)
    result[i] = narrowAt(d[i], r[i]);
  return result;
}
constexpr void setAccumulators(VectorUnit &unit, const Narrow &values) {
  Elements<std::uint16_t> d{};
  Elements<std::uint16_t> r{};
  for (std::size_t i = 0; i < values.size(); ++i) {
    d[i] = static_cast<std::uint16_t>(values[i] >> 16);
    r[i] = static_cast<std::uint16_t>(values[i]);
  }
  unit.vD = asVector(d);
  unit.vR = asVector(r);
}

constexpr Wide wideAccumulators(const VectorUnit &unit) {
  const auto d = elements<Word>(unit.vD);
  const auto r = elements<Word>(unit.vR);
  Wide result{};
  for (std::size_t i = 0; i < result.size(); ++i)
    result[i] = wideAt(d[i], r[i]);
  return result;
}
constexpr void setAccumulators(VectorUnit &unit, const Wide &values) {
  Elements<Word> d{};
  Elements<Word> r{};
  for (std::size_t i = 0; i < values.size(); ++i) {
    d[i] = static_cast<Word>(values[i] >> 32);
    r[i] = static_cast<Word>(values[i]);
  }
  unit.vD = asVector(d);
  unit.vR = asVector(r);
}

template <class T> constexpr void accumulateNarrow(VectorUnit &unit, const Vector &m) {
  const auto c = elements<T>(unit.vC);
  const auto x = elements<T>(m);
  Narrow sums = narrowAccumulators(unit);
  for (std::size_t i = 0; i < sums.size(); ++i)
    sums[i] = saturatedTo<std::int32_t>(std::int64_t{sums[i]} + std::int32_t{c[i]} * x[i]);
  setAccumulators(unit, sums);
}
/// One product for each accumulator; 8-bit mode uses the first 16 elements.
constexpr void VLMACC(VectorUnit &unit, const Vector &m) {
  inMode(unit.control, [&]<class T>(T) {
    if constexpr (kBits<T> < 32) {
      accumulateNarrow<T>(unit, m);
    } else {
      const auto c = elements<T>(unit.vC);
      const auto x = elements<T>(m);
      Wide sums = wideAccumulators(unit);
      for (std::size_t i = 0; i < sums.size(); ++i)
        sums[i] = saturated(sums[i] + productQ30(c[i], x[i]), kWideBits);
      setAccumulators(unit, sums);
    }
  });
}

/// A piece of a vector at a byte, and back.
template <class T> T pieceAt(const Vector &vector, std::size_t byte) {
  T piece;
  std::memcpy(&piece, vector.data() + byte, sizeof piece);
  return piece;
}
template <class T> void setPieceAt(Vector &vector, std::size_t byte, T piece) {
  std::memcpy(vector.data() + byte, &piece, sizeof piece);
}

/// Moves every element one place up, the last one out, and puts the low `Bits` of `value` at 0.
/// Loads and stores 64 bits at a time: what one call has just stored the next one loads again, and
/// hosts forward that only in pieces of the same size.
template <unsigned Bits> inline void shiftIn(Vector &vector, std::uint64_t value) {
  const auto first = pieceAt<std::uint64_t>(vector, 0);
  const auto second = pieceAt<std::uint64_t>(vector, 8);
  const auto third = pieceAt<std::uint64_t>(vector, 16);
  const auto fourth = pieceAt<std::uint64_t>(vector, 24);
  constexpr unsigned kRest = 64 - Bits;
  setPieceAt(vector, 0, (first << Bits) | (value & (~std::uint64_t{0} >> kRest)));
  setPieceAt(vector, 8, (second << Bits) | (first >> kRest));
  setPieceAt(vector, 16, (third << Bits) | (second >> kRest));
  setPieceAt(vector, 24, (fourth << Bits) | (third >> kRest));
}

/// Adds to the last accumulator and rotates it to the front.
inline void addAndRotateNarrow(VectorUnit &unit, std::int64_t sum) {
  const std::int32_t last =
      narrowAt(pieceAt<std::uint16_t>(unit.vD, 30), pieceAt<std::uint16_t>(unit.vR, 30));
  const auto total = static_cast<Word>(saturatedTo<std::int32_t>(last + sum));
  shiftIn<16>(unit.vD, total >> 16);
  shiftIn<16>(unit.vR, total);
}
inline void addAndRotateWide(VectorUnit &unit, std::int64_t sum) {
  const std::int64_t last = wideAt(pieceAt<Word>(unit.vD, 28), pieceAt<Word>(unit.vR, 28));
  const auto total = static_cast<std::uint64_t>(saturated(last + sum, kWideBits));
  shiftIn<32>(unit.vD, total >> 32);
  shiftIn<32>(unit.vR, total);
}

/// The exact dot product. Products of 16-bit elements are summed by halves: the sum of 16 of them
/// may need 35 bits, each half of it fits 32.
constexpr std::int64_t dotProduct(const Elements<std::int16_t> &c,
                                  const Elements<std::int16_t> &x) {
  std::int32_t high = 0;
  std::int32_t low = 0;
  for (std::size_t i = 0; i < c.size(); ++i) {
    const std::int32_t product = std::int32_t{c[i]} * x[i];
    high += product >> 16;
    low += product & 0xffff;
  }
  return std::int64_t{high} * 65536 + low;
}
constexpr std::int64_t dotProduct(const Elements<std::int8_t> &c, const Elements<std::int8_t> &x) {
  std::int32_t sum = 0;
  for (std::size_t i = 0; i < c.size(); ++i)
    sum += std::int16_t{c[i]} * std::int16_t{x[i]};
  return sum;
}
/// Each product rounded on its own.
constexpr std::int64_t dotProduct(const Elements<std::int32_t> &c,
                                  const Elements<std::int32_t> &x) {
  std::int64_t sum = 0;
  for (std::size_t i = 0; i < c.size(); ++i)
    sum += productQ30(c[i], x[i]);
  return sum;
}

inline void VLMACCR(VectorUnit &unit, const Vector &m) {
  inMode(unit.control, [&]<class T>(T) {
    const std::int64_t sum = dotProduct(elements<T>(unit.vC), elements<T>(m));
    if constexpr (kBits<T> < 32)
      addAndRotateNarrow(unit, sum);
    else
      addAndRotateWide(unit, sum);
  });
}

/// How many of the 256 bits of a and b differ. Counted in the lanes of a word, since a baseline
/// host has no instruction for it.
constexpr std::int32_t differingBits(const Vector &a, const Vector &b) {
  const auto left = elements<std::uint64_t>(a);
  const auto right = elements<std::uint64_t>(b);
  std::uint64_t bytes = 0; // eight sums of at most 32
  for (std::size_t i = 0; i < left.size(); ++i) {
    std::uint64_t x = left[i] ^ right[i];
    x -= (x >> 1) & 0x5555555555555555;
    x = (x & 0x3333333333333333) + ((x >> 2) & 0x3333333333333333);
    bytes += (x + (x >> 4)) & 0x0f0f0f0f0f0f0f0f;
  }
  constexpr std::uint64_t kEvenBytes = 0x00ff00ff00ff00ff; // 256 needs nine bits
  const std::uint64_t halves = (bytes & kEvenBytes) + ((bytes >> 8) & kEvenBytes);
  return static_cast<std::int32_t>((halves * 0x0001000100010001) >> 48);
}

/// Half the dot product of 256 values +1 and -1, in the accumulators of 16-bit mode.
inline Unspecified VLMACCR1(VectorUnit &unit, const Vector &m) {
  if (elementWidth(unit.control) == ElementWidth::Bits32)
    return Unspecified::VlmaccrOneBitIn32BitMode;
  addAndRotateNarrow(unit, 128 - differingBits(unit.vC, m));
  return Unspecified::None;
}

/// An accumulator of 8-bit or 16-bit mode shifted; from 32 on only the sign is left, not rounded.
constexpr std::int64_t shiftedNarrow(std::int32_t value, std::uint16_t shift) {
  return shift < 32 ? rounded(value, shift) : value < 0 ? -1 : 0;
}
/// vD:vR as 64 bits shifted; beyond 63 only the sign is left (open question "vlsat-shift").
constexpr std::int64_t shiftedWide(Word d, Word r, Word shift) {
  const auto value = static_cast<std::int64_t>((std::uint64_t{d} << 32) | r);
  return shift < 64 ? rounded(value, shift) : value < 0 ? -1 : 0;
}
template <class T> constexpr Vector narrowSaturated(const VectorUnit &unit, const Vector &m) {
  const Narrow sums = narrowAccumulators(unit);
  const auto shifts = elements<std::uint16_t>(m);
  Elements<T> result{};
  for (std::size_t i = 0; i < sums.size(); ++i)
    result[i] = saturatedTo<T>(shiftedNarrow(sums[i], shifts[i]));
  return asVector(result);
}
/// The accumulators, shifted and saturated to elements; in 8-bit mode they fill the lower half.
constexpr void VLSAT(VectorUnit &unit, const Vector &m) {
  unit.vR = inMode(unit.control, [&]<class T>(T) {
    if constexpr (kBits<T> < 32) {
      return narrowSaturated<T>(unit, m);
    } else {
      const auto d = elements<Word>(unit.vD);
      const auto r = elements<Word>(unit.vR);
      const auto shifts = elements<Word>(m);
      Elements<T> result{};
      for (std::size_t i = 0; i < result.size(); ++i)
        result[i] = saturatedTo<T>(shiftedWide(d[i], r[i], shifts[i]));
      return asVector(result);
    }
  });
  unit.vD = {};
}

/// The sum of all accumulators in the first, the others 0 (open question "vadddr-others").
constexpr void VADDDR(VectorUnit &unit) {
  std::int64_t sum = 0;
  if (elementWidth(unit.control) == ElementWidth::Bits32) {
    for (const std::int64_t value : wideAccumulators(unit))
      sum += value;
    setAccumulators(unit, Wide{saturated(sum, kWideBits)});
  } else {
    for (const std::int32_t value : narrowAccumulators(unit))
      sum += value;
    setAccumulators(unit, Narrow{saturatedTo<std::int32_t>(sum)});
  }
}

} // namespace xs3::sim::exec
