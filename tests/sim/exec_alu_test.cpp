// Integer arithmetic on words, each instruction against an independent formulation over edge
// values.
#include "tests/sim/exec_bench.h"

#include <gtest/gtest.h>

#include <string>

namespace xs3::sim::test {
namespace {

/// Runs "mnemonic r0, r1, r2" for every pair of edge values against `expected`.
template <class Formula> void checkPairs(const std::string &mnemonic, Formula expected) {
  for (const Word b : kEdges)
    for (const Word c : kEdges) {
      auto m = run(mnemonic + " r0, r1, r2", {{R1, b}, {R2, c}});
      ASSERT_EQ(m[R0], expected(b, c)) << mnemonic << ' ' << std::hex << b << ", " << c;
      ASSERT_EQ(m.effect.kind, EffectKind::Next);
    }
}
template <class Formula> void checkEach(const std::string &mnemonic, Formula expected) {
  for (const Word b : kEdges) {
    auto m = run(mnemonic + " r0, r1", {{R1, b}});
    ASSERT_EQ(m[R0], expected(b)) << mnemonic << ' ' << std::hex << b;
  }
}

std::int64_t sign(Word a) { return static_cast<std::int32_t>(a); }
Word low(std::int64_t a) { return static_cast<Word>(static_cast<std::uint64_t>(a)); }
/// 2^n in 64 bits; 0 <= n <= 62.
std::int64_t power(std::int64_t n) { return std::int64_t{1} << n; }

TEST(Add, WrapsAround) {
  auto m = run("add r0, r1, r2", {{R1, 0xffffffff}, {R2, 1}});
  EXPECT_EQ(m[R0], 0u);
}
TEST(Add, Pairs) {
  checkPairs("add", [](Word b, Word c) { return low(sign(b) + sign(c)); });
}
TEST(Add, TakesANumber) { EXPECT_EQ(run("add r0, r1, 11", {{R1, 5}})[R0], 16u); }
TEST(Sub, Pairs) {
  checkPairs("sub", [](Word b, Word c) { return low(sign(b) - sign(c)); });
}
TEST(Sub, TakesANumber) { EXPECT_EQ(run("sub r0, r1, 11", {{R1, 5}})[R0], 0xfffffffau); }
TEST(Eq, Pairs) {
  checkPairs("eq", [](Word b, Word c) { return (b ^ c) == 0 ? 1u : 0u; });
}
TEST(Eq, TakesANumber) { EXPECT_EQ(run("eq r0, r1, 7", {{R1, 7}})[R0], 1u); }
TEST(Lss, Pairs) {
  checkPairs("lss", [](Word b, Word c) { return sign(b) - sign(c) < 0 ? 1u : 0u; });
}
TEST(Lsu, Pairs) {
  checkPairs("lsu", [](Word b, Word c) { return (std::uint64_t{b} - c) >> 63 != 0 ? 1u : 0u; });
}
TEST(And, Pairs) {
  checkPairs("and", [](Word b, Word c) { return ~(~b | ~c); });
}
TEST(Or, Pairs) {
  checkPairs("or", [](Word b, Word c) { return ~(~b & ~c); });
}
TEST(Xor, Pairs) {
  checkPairs("xor", [](Word b, Word c) { return (b & ~c) + (~b & c); });
}
TEST(Mul, Pairs) {
  checkPairs("mul", [](Word b, Word c) { return low(sign(b) * sign(c)); });
}
TEST(Not, Each) {
  checkEach("not", [](Word b) { return 0xffffffff - b; });
}
TEST(Neg, Each) {
  checkEach("neg", [](Word b) { return low(-sign(b)); });
}

TEST(Andnot, ClearsBitsOfItsOwnRegister) {
  EXPECT_EQ(run("andnot r0, r1", {{R0, 0xff00ff}, {R1, 0x0f00f0}})[R0], 0xf0000fu);
}
TEST(Xor4, JoinsFour) {
  auto m = run("xor4 r0, r1, r2, r3, r4", {{R1, 1}, {R2, 2}, {R3, 4}, {R4, 8}});
  EXPECT_EQ(m[R0], 15u);
}

// A signed amount: left for shl, right for the others; a negative one goes the other way.
Word leftBy(Word b, std::int64_t amount) {
  return amount >= 32 ? 0 : low(static_cast<std::int64_t>(b) * power(amount));
}
Word arithmeticBy(Word b, std::int64_t amount) {
  for (std::int64_t i = 0; i < std::min<std::int64_t>(amount, 31); ++i)
    b = (b >> 1) | (b & 0x80000000);
  return b;
}
Word logicalBy(Word b, std::int64_t amount) {
  return amount >= 32 ? 0 : low(static_cast<std::int64_t>(b) / power(amount));
}
TEST(Shl, TakesASignedAmount) {
  checkPairs("shl", [](Word b, Word c) {
    return sign(c) >= 0 ? leftBy(b, sign(c)) : arithmeticBy(b, -sign(c));
  });
}
TEST(Ashr, TakesASignedAmount) {
  checkPairs("ashr", [](Word b, Word c) {
    return sign(c) >= 0 ? arithmeticBy(b, sign(c)) : leftBy(b, -sign(c));
  });
}
TEST(Shr, TakesASignedAmount) {
  checkPairs("shr", [](Word b, Word c) {
    return sign(c) >= 0 ? logicalBy(b, sign(c)) : leftBy(b, -sign(c));
  });
}
TEST(Shifts, TakeBitPositions) {
  for (const int position : {1, 2, 3, 4, 5, 6, 7, 8, 16, 24, 32}) {
    const std::string operands = " r0, r1, " + std::to_string(position);
    const Word b = 0x87654321;
    EXPECT_EQ(run("shl" + operands, {{R1, b}})[R0], leftBy(b, position)) << position;
    EXPECT_EQ(run("shr" + operands, {{R1, b}})[R0], logicalBy(b, position)) << position;
    EXPECT_EQ(run("ashr" + operands, {{R1, b}})[R0], arithmeticBy(b, position)) << position;
  }
}

Word mask(Word width) {
  Word result = 0;
  for (Word i = 0; i < std::min<Word>(width, 32); ++i)
    result = 2 * result + 1;
  return result;
}
TEST(Mkmsk, Each) { checkEach("mkmsk", mask); }
TEST(Mkmsk, TakesABitPosition) {
  EXPECT_EQ(run("mkmsk r0, 24")[R0], 0xffffffu);
  EXPECT_EQ(run("mkmsk r0, 32")[R0], 0xffffffffu);
}
TEST(Zext, KeepsTheLowBits) {
  for (const Word a : kEdges)
    for (const Word width : {0u, 1u, 8u, 16u, 31u, 32u, 33u, 0xffffffffu})
      EXPECT_EQ(run("zext r0, r1", {{R0, a}, {R1, width}})[R0], a & mask(width)) << a << width;
  EXPECT_EQ(run("zext r0, 16", {{R0, 0x12345678}})[R0], 0x5678u);
}
TEST(Sext, CopiesTheTopBit) {
  for (const Word a : kEdges)
    for (Word width = 1; width < 40; ++width) {
      const bool negative = width <= 32 && ((a >> (width - 1)) & 1) != 0;
      const Word expected = negative ? a | ~mask(width) : a & mask(width);
      EXPECT_EQ(run("sext r0, r1", {{R0, a}, {R1, width}})[R0], expected) << a << ' ' << width;
    }
  EXPECT_EQ(run("sext r0, 8", {{R0, 0x80}})[R0], 0xffffff80u);
}
TEST(Sext, LeavesAWidthOfZero) {
  EXPECT_EQ(run("sext r0, r1", {{R0, 0x12345678}, {R1, 0}})[R0], 0x12345678u);
}

Word leading(Word b, Word bitValue) {
  Word count = 0;
  while (count < 32 && ((b >> (31 - count)) & 1) == bitValue)
    ++count;
  return count;
}
TEST(Clz, Each) {
  checkEach("clz", [](Word b) { return leading(b, 0); });
}
TEST(Cls, Each) {
  checkEach("cls", [](Word b) { return leading(b, b >> 31); });
}
TEST(Bitrev, Each) {
  checkEach("bitrev", [](Word b) {
    Word result = 0;
    for (int i = 0; i < 32; ++i)
      result |= ((b >> i) & 1) << (31 - i);
    return result;
  });
}
TEST(Byterev, ReversesBytes) {
  EXPECT_EQ(run("byterev r0, r1", {{R1, 0x01234567}})[R0], 0x67452301u);
}
TEST(Ldc, LoadsNumbers) {
  EXPECT_EQ(run("ldc r0, 63")[R0], 63u);
  EXPECT_EQ(run("ldc lr, 65535")[LR], 65535u);
}

TEST(Division, RoundsTowardsZero) {
  for (const Word b : kEdges)
    for (const Word c : kEdges) {
      if (c == 0 || (b == 0x80000000 && c == 0xffffffff))
        continue;
      const Registers registers{{R1, b}, {R2, c}};
      EXPECT_EQ(run("divs r0, r1, r2", registers)[R0], low(sign(b) / sign(c)));
      EXPECT_EQ(run("rems r0, r1, r2", registers)[R0], low(sign(b) % sign(c)));
      EXPECT_EQ(run("divu r0, r1, r2", registers)[R0], b / c);
      EXPECT_EQ(run("remu r0, r1, r2", registers)[R0], b % c);
    }
}
TEST(Division, TrapsWhereThereIsNoQuotient) {
  for (const char *text :
       {"divs r0, r1, r2", "rems r0, r1, r2", "divu r0, r1, r2", "remu r0, r1, r2"}) {
    auto m = run(text, {{R0, 77}, {R1, 5}, {R2, 0}});
    EXPECT_EQ(m.effect.kind, EffectKind::Trap) << text;
    EXPECT_EQ(m.effect.trap.kind, TrapKind::Arithmetic) << text;
    EXPECT_EQ(m.effect.trap.data, 0u);
    EXPECT_EQ(m[R0], 77u);
    EXPECT_EQ(m.thread.pc, kCode);
  }
}
TEST(Division, OverflowIsSignedOnly) {
  const Registers registers{{R1, 0x80000000}, {R2, 0xffffffff}};
  EXPECT_EQ(run("divs r0, r1, r2", registers).effect.trap.kind, TrapKind::Arithmetic);
  EXPECT_EQ(run("rems r0, r1, r2", registers).effect.trap.kind, TrapKind::Arithmetic);
  EXPECT_EQ(run("divu r0, r1, r2", registers)[R0], 0u);
  EXPECT_EQ(run("remu r0, r1, r2", registers)[R0], 0x80000000u);
}

TEST(Addresses, CountInWordsAndHalfwords) {
  const Registers registers{{R1, 0x1000}, {R2, 3}, {CP, 0x2000}, {DP, 0x3000}, {SP, 0x4000}};
  EXPECT_EQ(run("ldaw r0, r1[r2]", registers)[R0], 0x100cu);
  EXPECT_EQ(run("ldaw r0, r1[-r2]", registers)[R0], 0xff4u);
  EXPECT_EQ(run("ldaw r0, r1[11]", registers)[R0], 0x102cu);
  EXPECT_EQ(run("lda16 r0, r1[r2]", registers)[R0], 0x1006u);
  EXPECT_EQ(run("lda16 r0, r1[-r2]", registers)[R0], 0xffau);
  EXPECT_EQ(run("ldaw r0, dp[5]", registers)[R0], 0x3014u);
  EXPECT_EQ(run("ldaw r0, sp[1000]", registers)[R0], 0x4fa0u);
  EXPECT_EQ(run("ldaw sp, sp[4]", registers)[SP], 0x4010u);
  EXPECT_EQ(run("ldaw r11, cp[2]", registers)[R11], 0x2008u);
  EXPECT_EQ(run("extsp 2", registers)[SP], 0x3ff8u);
  EXPECT_EQ(run("extdp 70", registers)[DP], 0x3000u - 280);
}
TEST(Addresses, RegistersAreSet) {
  EXPECT_EQ(run("set sp, r3", {{R3, 5}})[SP], 5u);
  EXPECT_EQ(run("set dp, r3", {{R3, 6}})[DP], 6u);
  EXPECT_EQ(run("set cp, r3", {{R3, 7}})[CP], 7u);
}
TEST(Ldap, CountsFromTheNextPacketInUnitsOfTheMode) {
  EXPECT_EQ(run("ldap r11, 3")[R11], kCode + 2 + 6);
  EXPECT_EQ(run("ldap r11, 5000")[R11], kCode + 4 + 10000);
  EXPECT_EQ(run("ldap r11, -3")[R11], kCode + 2 - 6);
  EXPECT_EQ(run("{ ldap r11, 3 ; nop }")[R11], kCode + 4 + 12);
  EXPECT_EQ(run("{ ldap r11, -3 ; nop }")[R11], kCode + 4 - 12);
}

} // namespace
} // namespace xs3::sim::test
