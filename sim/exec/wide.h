// Integer arithmetic on 64 bits in two words, bit fields of such pairs, and checksums.
#pragma once

#include "sim/exec/alu.h"
#include "sim/exec/unspecified.h"

namespace xs3::sim::exec {

constexpr std::uint64_t join(Word high, Word low) {
  return (static_cast<std::uint64_t>(high) << 32) | low;
}
/// High word first.
constexpr Pair split(std::uint64_t value) {
  return {static_cast<Word>(value >> 32), static_cast<Word>(value)};
}

/// {sum, carry}
constexpr Pair LADD(Word b, Word c, Word e) {
  const std::uint64_t sum = std::uint64_t{b} + c + (e & 1);
  return {static_cast<Word>(sum), static_cast<Word>(sum >> 32)};
}
/// {difference, borrow}
constexpr Pair LSUB(Word b, Word c, Word e) {
  const std::uint64_t difference = std::uint64_t{b} - c - (e & 1);
  return {static_cast<Word>(difference), static_cast<Word>(difference >> 63)};
}
constexpr Pair LMUL(Word b, Word c, Word e, Word f) { return split(std::uint64_t{b} * c + e + f); }
/// {quotient, remainder}
constexpr Result<Pair> LDIVU(Word e, Word b, Word c) {
  if (e >= c)
    return TrapKind::Arithmetic;
  const std::uint64_t dividend = join(e, b);
  return Pair{static_cast<Word>(dividend / c), static_cast<Word>(dividend % c)};
}
constexpr Pair MACCU(Word a, Word d, Word b, Word c) {
  return split(join(a, d) + std::uint64_t{b} * c);
}
constexpr Pair MACCS(Word a, Word d, Word b, Word c) {
  const std::int64_t product = std::int64_t{asSigned(b)} * asSigned(c);
  return split(join(a, d) + static_cast<std::uint64_t>(product));
}

/// a:b saturated to 32 + c bits; from c = 32 on there is nothing to do.
constexpr Pair LSATS(Word a, Word b, Word c) {
  if (c >= 32)
    return {a, b};
  const std::int64_t limit = (std::int64_t{1} << (31 + c)) - 1;
  const auto value = static_cast<std::int64_t>(join(a, b));
  return split(static_cast<std::uint64_t>(std::clamp(value, -limit - 1, limit)));
}

/// The low `width` bits of d:b from bit c on; positions beyond 32 count as 32 (open question
/// "lextract-position").
constexpr Word LEXTRACT(Word d, Word b, Word c, Word width) {
  return ZEXT(static_cast<Word>(join(d, b) >> std::min<Word>(c, 32)), width);
}
/// a:d with the low `width` bits of b put at bit c; bits beyond the pair are lost.
constexpr Pair LINSERT(Word a, Word d, Word b, Word c, Word width) {
  if (c >= 64)
    return {a, d};
  const std::uint64_t mask = std::uint64_t{MKMSK(width)} << c;
  return split((join(a, d) & ~mask) | ((std::uint64_t{b} << c) & mask));
}

/// Swaps the two middle quarters of every 4 * `step` bits.
constexpr std::uint64_t middleSwapped(std::uint64_t value, unsigned step) {
  constexpr std::uint64_t kSecondQuarter[] = {0x2222222222222222, 0x0c0c0c0c0c0c0c0c,
                                              0x00f000f000f000f0, 0x0000ff000000ff00,
                                              0x00000000ffff0000};
  const std::uint64_t moved = (value ^ (value >> step)) & kSecondQuarter[std::countr_zero(step)];
  return value ^ moved ^ (moved << step);
}
/// Pieces of 2^c bits (c = 0..4), taken in turn from b (first, lowest) and a. High word first.
constexpr Pair ZIP(Word a, Word b, Word c) {
  std::uint64_t value = join(a, b);
  for (unsigned step = 16; step >= 1u << c; step /= 2)
    value = middleSwapped(value, step);
  return split(value);
}
/// The reverse: odd pieces to a, even ones to b.
constexpr Pair UNZIP(Word a, Word b, Word c) {
  std::uint64_t value = join(a, b);
  for (unsigned step = 1u << c; step <= 16; step *= 2)
    value = middleSwapped(value, step);
  return split(value);
}

/// `count` steps of a reflected CRC: the bits of `data` enter from the lowest on.
constexpr Word checksum(Word state, Word data, Word polynomial, Word count) {
  for (Word i = 0; i < count; ++i) {
    const Word leaving = state & 1;
    state = (state >> 1) | (((data >> i) & 1) << 31);
    if (leaving != 0)
      state ^= polynomial;
  }
  return state;
}
constexpr Word CRC32(Word a, Word b, Word c) { return checksum(a, b, c, 32); }
/// {the data without the bits that entered, checksum}
constexpr Pair CRC8(Word d, Word b, Word c) { return {b >> 8, checksum(d, b, c, 8)}; }
/// The operands' order state, data, polynomial, number of bits is that of public uses.
constexpr Result<Word> CRCN(Word d, Word a, Word b, Word c) {
  if (c > 32)
    return Unspecified::CrcLength;
  return checksum(d, a, b, c);
}

} // namespace xs3::sim::exec
