// Integer arithmetic on words: the formulas of the rows in Scalar.td.
#pragma once

#include "base/types.h"
#include "sim/exec/results.h"
#include "sim/state/trap.h"

#include <algorithm>
#include <bit>
#include <cstdint>

namespace xs3::sim::exec {

constexpr std::int32_t asSigned(Word a) { return static_cast<std::int32_t>(a); }

constexpr Word ADD(Word b, Word c) { return b + c; }
constexpr Word SUB(Word b, Word c) { return b - c; }
constexpr Word AND(Word b, Word c) { return b & c; }
constexpr Word OR(Word b, Word c) { return b | c; }
constexpr Word XOR(Word b, Word c) { return b ^ c; }
constexpr Word XOR4(Word d, Word b, Word c, Word e) { return d ^ b ^ c ^ e; }
constexpr Word ANDNOT(Word a, Word b) { return a & ~b; }
constexpr Word NOT(Word b) { return ~b; }
constexpr Word NEG(Word b) { return 0 - b; }
constexpr Word EQ(Word b, Word c) { return b == c; }
constexpr Word LSS(Word b, Word c) { return asSigned(b) < asSigned(c); }
constexpr Word LSU(Word b, Word c) { return b < c; }
constexpr Word LDC(Word i) { return i; }
constexpr Word MUL(Word b, Word c) { return b * c; }

/// b << amount, 0 from 32 on.
constexpr Word shiftedLeft(Word b, Word amount) { return amount < 32 ? b << amount : 0; }
/// b >> amount filled with the sign, which alone remains from 31 on.
constexpr Word shiftedArithmetic(Word b, Word amount) {
  return static_cast<Word>(asSigned(b) >> std::min<Word>(amount, 31));
}

// XS3 takes the amount as signed: a negative one shifts the other way (encoding.md section 9).
constexpr Word SHL(Word b, Word c) {
  return asSigned(c) >= 0 ? shiftedLeft(b, c) : shiftedArithmetic(b, 0 - c);
}
constexpr Word ASHR(Word b, Word c) {
  return asSigned(c) >= 0 ? shiftedArithmetic(b, c) : shiftedLeft(b, 0 - c);
}
// By analogy with the other two; no public code shows it (open question "shr-negative").
constexpr Word SHR(Word b, Word c) {
  if (asSigned(c) < 0)
    return shiftedLeft(b, 0 - c);
  return c < 32 ? b >> c : 0;
}

/// The low `width` bits set; all from 32 on.
constexpr Word MKMSK(Word width) { return width < 32 ? (Word{1} << width) - 1 : ~Word{0}; }
constexpr Word ZEXT(Word a, Word width) { return a & MKMSK(width); }
// A width of 0 leaves the register (open question "sext-zero").
constexpr Word SEXT(Word a, Word width) {
  if (width == 0 || width >= 32)
    return a;
  return static_cast<Word>(asSigned(a << (32 - width)) >> (32 - width));
}

constexpr Word CLZ(Word b) { return static_cast<Word>(std::countl_zero(b)); }
/// Leading bits equal to the sign bit, itself counted: 32 for 0 and -1.
constexpr Word CLS(Word b) { return CLZ(asSigned(b) < 0 ? ~b : b); }
constexpr Word BYTEREV(Word b) {
  return (b << 24) | ((b & 0xff00) << 8) | ((b >> 8) & 0xff00) | (b >> 24);
}
constexpr Word BITREV(Word b) {
  b = ((b & 0x55555555) << 1) | ((b >> 1) & 0x55555555);
  b = ((b & 0x33333333) << 2) | ((b >> 2) & 0x33333333);
  b = ((b & 0x0f0f0f0f) << 4) | ((b >> 4) & 0x0f0f0f0f);
  return BYTEREV(b);
}

// Addresses: words and halfwords beyond (or, with B, before) a base.
constexpr Word LDAW(Word b, Word c) { return b + 4 * c; }
constexpr Word LDAWB(Word b, Word c) { return b - 4 * c; }
constexpr Word LDA16(Word b, Word c) { return b + 2 * c; }
constexpr Word LDA16B(Word b, Word c) { return b - 2 * c; }
constexpr Word LDAP(Address target) { return target; }
constexpr Word EXTSP(Word sp, Word i) { return sp - 4 * i; }
constexpr Word EXTDP(Word dp, Word i) { return dp - 4 * i; }
constexpr Word SETSP(Word a) { return a; }
constexpr Word SETDP(Word a) { return a; }
constexpr Word SETCP(Word a) { return a; }

/// Whether b / c has no signed result: c is 0, or the quotient is 2^31.
constexpr bool overflowsSigned(Word b, Word c) {
  return c == 0 || (b == 0x80000000 && c == ~Word{0});
}
constexpr Result<Word> DIVS(Word b, Word c) {
  if (overflowsSigned(b, c))
    return TrapKind::Arithmetic;
  return static_cast<Word>(asSigned(b) / asSigned(c));
}
constexpr Result<Word> REMS(Word b, Word c) {
  if (overflowsSigned(b, c))
    return TrapKind::Arithmetic;
  return static_cast<Word>(asSigned(b) % asSigned(c));
}
constexpr Result<Word> DIVU(Word b, Word c) {
  if (c == 0)
    return TrapKind::Arithmetic;
  return b / c;
}
constexpr Result<Word> REMU(Word b, Word c) {
  if (c == 0)
    return TrapKind::Arithmetic;
  return b % c;
}

} // namespace xs3::sim::exec
