// Double-word arithmetic, bit fields and checksums, against bit-by-bit formulations.
#include "tests/sim/exec_bench.h"

#include <gtest/gtest.h>

#include <bitset>
#include <random>

namespace xs3::sim::test {
namespace {

std::uint64_t join(Word high, Word low) { return std::uint64_t{high} << 32 | low; }
std::int64_t sign(Word a) { return static_cast<std::int32_t>(a); }

/// The edge values in front, then random ones; every test states its seed.
class Words {
public:
  explicit Words(unsigned seed) : random_(seed) {}
  Word next() {
    const Word value = static_cast<Word>(random_());
    return value % 3 == 0 ? kEdges[value / 3 % std::size(kEdges)] : value;
  }

private:
  std::mt19937_64 random_;
};
constexpr unsigned kSeed = 20240611;
constexpr int kRounds = 2000;

TEST(Wide, AddsWithCarryAndSubtractsWithBorrow) {
  Words words(kSeed);
  for (int i = 0; i < kRounds; ++i) {
    const Word b = words.next(), c = words.next(), e = words.next();
    auto sum = run("ladd r3, r0, r1, r2, r4", {{R1, b}, {R2, c}, {R4, e}});
    auto difference = run("lsub r3, r0, r1, r2, r4", {{R1, b}, {R2, c}, {R4, e}});
    const std::int64_t exact = std::int64_t{b} - c - (e % 2);
    EXPECT_EQ(join(sum[R3], sum[R0]), std::uint64_t{b} + c + e % 2) << "seed " << kSeed;
    EXPECT_EQ(difference[R0], static_cast<Word>(exact));
    EXPECT_EQ(difference[R3], exact < 0 ? 1u : 0u);
  }
}
TEST(Wide, Multiplies) {
  Words words(kSeed + 1);
  for (int i = 0; i < kRounds; ++i) {
    const Word a = words.next(), d = words.next(), b = words.next(), c = words.next();
    const Registers registers{{R0, a}, {R1, d}, {R2, b}, {R3, c}};
    auto m = run("lmul r4, r5, r2, r3, r0, r1", registers);
    EXPECT_EQ(join(m[R4], m[R5]), std::uint64_t{b} * c + a + d) << "seed " << kSeed + 1;
    auto u = run("maccu r0, r1, r2, r3", registers);
    EXPECT_EQ(join(u[R0], u[R1]), join(a, d) + std::uint64_t{b} * c);
    auto s = run("maccs r0, r1, r2, r3", registers);
    EXPECT_EQ(join(s[R0], s[R1]), join(a, d) + static_cast<std::uint64_t>(sign(b) * sign(c)));
  }
}
TEST(Wide, Divides) {
  Words words(kSeed + 2);
  for (int i = 0; i < kRounds; ++i) {
    const Word e = words.next(), b = words.next(), c = words.next();
    auto m = run("ldivu r0, r1, r2, r3, r4", {{R0, 9}, {R2, e}, {R3, b}, {R4, c}});
    if (e >= c) {
      EXPECT_EQ(m.effect.trap.kind, TrapKind::Arithmetic);
      EXPECT_EQ(m[R0], 9u);
    } else {
      EXPECT_EQ(std::uint64_t{m[R0]} * c + m[R1], join(e, b)) << "seed " << kSeed + 2;
      EXPECT_LT(m[R1], c);
    }
  }
}
TEST(Wide, DivisionThatOverflowsTraps) {
  for (const Word divisor : {0u, 1u, 7u, 0xffffffffu}) {
    auto m = run("ldivu r0, r1, r2, r3, r4", {{R2, divisor}, {R3, 5}, {R4, divisor}});
    EXPECT_EQ(m.effect.trap.kind, TrapKind::Arithmetic) << divisor;
  }
}

TEST(Lsats, ClampsTo32AndMoreBits) {
  struct Case {
    std::int64_t value;
    Word bits;
    std::int64_t expected;
  };
  constexpr std::int64_t kTwo40 = std::int64_t{1} << 40;
  for (const auto &[value, bits, expected] : {Case{0x7fffffff, 0, 0x7fffffff},
                                              {0x80000000, 0, 0x7fffffff},
                                              {-0x80000000LL, 0, -0x80000000LL},
                                              {-0x80000001LL, 0, -0x80000000LL},
                                              {kTwo40, 8, kTwo40 / 2 - 1},
                                              {-kTwo40, 8, -kTwo40 / 2},
                                              {kTwo40, 10, kTwo40},
                                              {INT64_MAX, 31, INT64_MAX / 2},
                                              {INT64_MIN, 32, INT64_MIN},
                                              {INT64_MAX, 0xffffffff, INT64_MAX}}) {
    const auto pattern = static_cast<std::uint64_t>(value);
    auto m =
        run("lsats r0, r1, r2",
            {{R0, static_cast<Word>(pattern >> 32)}, {R1, static_cast<Word>(pattern)}, {R2, bits}});
    EXPECT_EQ(join(m[R0], m[R1]), static_cast<std::uint64_t>(expected)) << value << ' ' << bits;
  }
}

TEST(Lextract, TakesAFieldOfThePair) {
  Words words(kSeed + 3);
  for (int i = 0; i < kRounds; ++i) {
    const Word d = words.next(), b = words.next(), c = words.next() % 33;
    const std::bitset<64> pair(join(d, b));
    auto m = run("lextract r0, r1, r2, r3, 24", {{R1, d}, {R2, b}, {R3, c}});
    Word expected = 0;
    for (Word k = 0; k < 24; ++k)
      expected |= static_cast<Word>(pair[c + k]) << k;
    EXPECT_EQ(m[R0], expected) << "seed " << kSeed + 3;
  }
  EXPECT_EQ(run("lextract r0, r1, r2, r3, 32", {{R1, 7}, {R2, 9}, {R3, 100}})[R0], 7u);
}
TEST(Linsert, ReplacesAFieldOfThePair) {
  Words words(kSeed + 4);
  for (int i = 0; i < kRounds; ++i) {
    const Word a = words.next(), d = words.next(), b = words.next(), c = words.next() % 70;
    std::bitset<64> pair(join(a, d));
    for (Word k = 0; k < 16 && c + k < 64; ++k)
      pair[c + k] = ((b >> k) & 1) != 0;
    auto m = run("linsert r0, r1, r2, r3, 16", {{R0, a}, {R1, d}, {R2, b}, {R3, c}});
    EXPECT_EQ(join(m[R0], m[R1]), pair.to_ullong()) << "seed " << kSeed + 4 << " at " << c;
  }
}

TEST(Zip, TakesPiecesInTurn) {
  Words words(kSeed + 5);
  for (unsigned c = 0; c <= 4; ++c)
    for (int i = 0; i < 200; ++i) {
      const Word a = words.next(), b = words.next();
      const unsigned piece = 1u << c;
      std::bitset<64> expected;
      for (unsigned k = 0; k < 32; ++k) {
        const unsigned place = k / piece * 2 * piece + k % piece;
        expected[place] = ((b >> k) & 1) != 0;
        expected[place + piece] = ((a >> k) & 1) != 0;
      }
      auto m = run("zip r0, r1, " + std::to_string(c), {{R0, a}, {R1, b}});
      EXPECT_EQ(join(m[R0], m[R1]), expected.to_ullong()) << "seed " << kSeed + 5;
      auto back = run("unzip r0, r1, " + std::to_string(c), {{R0, m[R0]}, {R1, m[R1]}});
      EXPECT_EQ(join(back[R0], back[R1]), join(a, b));
    }
}
TEST(Unzip, SeparatesBytes) {
  auto m = run("unzip r0, r1, 3", {{R0, 0x07060504}, {R1, 0x03020100}});
  EXPECT_EQ(m[R0], 0x07050301u);
  EXPECT_EQ(m[R1], 0x06040200u);
}

TEST(Crc, OfAFileIsTheKnownOne) {
  // CRC-32 of "1234": the first word inverted, 32 zeros pushed through behind it, the rest
  // inverted.
  constexpr Word kPolynomial = 0xedb88320;
  auto m = run("crc32 r0, r1, r2", {{R0, 0}, {R1, ~Word{0x34333231}}, {R2, kPolynomial}});
  m = run("crc32 r0, r1, r2", {{R0, m[R0]}, {R1, 0}, {R2, kPolynomial}});
  EXPECT_EQ(~m[R0], 0x9be3e0a3u);
}
TEST(Crc, EightBitsAtATimeEqualAWord) {
  Words words(kSeed + 6);
  for (int i = 0; i < 200; ++i) {
    const Word state = words.next(), data = words.next(), polynomial = words.next();
    auto whole = run("crc32 r0, r1, r2", {{R0, state}, {R1, data}, {R2, polynomial}});
    Bench m;
    m[R0] = state;
    m[R1] = data;
    m[R2] = polynomial;
    for (int k = 0; k < 4; ++k)
      m.run("crc8 r0, r1, r1, r2");
    EXPECT_EQ(m[R0], whole[R0]) << "seed " << kSeed + 6;
    EXPECT_EQ(m[R1], 0u);
    auto n = run("crcn r0, r1, r2, r3", {{R0, state}, {R1, data}, {R2, polynomial}, {R3, 32}});
    EXPECT_EQ(n[R0], whole[R0]);
  }
}
TEST(Crc, OfMoreThanAWordIsUnspecified) {
  auto m = run("crcn r0, r1, r2, r3", {{R0, 5}, {R3, 33}});
  EXPECT_EQ(m.effect.kind, EffectKind::Unspecified);
  EXPECT_EQ(m.effect.unspecified, Unspecified::CrcLength);
  EXPECT_EQ(m[R0], 5u);
}

} // namespace
} // namespace xs3::sim::test
