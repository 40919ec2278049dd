// The floating-point unit: corners by hand, random patterns against arithmetic in double.
#include "tests/sim/exec_bench.h"

#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <random>

namespace xs3::sim::test {
namespace {

constexpr Word kNan = 0x7fc00000;
constexpr Word kInfinity = 0x7f800000;
constexpr Word kSmallest = 1;         // 2^-149
constexpr Word kLargest = 0x7f7fffff; // just under 2^128
constexpr Word kPatterns[] = {0,          0x80000000, kSmallest,  0x80000001, 0x007fffff,
                              0x00800000, 0x3f800000, 0xbf800000, 0x3f800001, kLargest,
                              0xff7fffff, kInfinity,  0xff800000, kNan,       0xffc12345,
                              0x7f812345, 0x4b800001, 0x33800000};
constexpr unsigned kSeed = 77;

Word bits(float value) { return std::bit_cast<Word>(value); }
float value(Word pattern) { return std::bit_cast<float>(pattern); }
Word canonical(double exact) { return std::isnan(exact) ? kNan : bits(static_cast<float>(exact)); }

template <class Check> void overPatterns(Check check) {
  std::mt19937 random(kSeed);
  for (const Word b : kPatterns)
    for (const Word c : kPatterns)
      check(b, c);
  for (int i = 0; i < 20000; ++i) {
    const Word b = static_cast<Word>(random());
    // Every other time of a close exponent, where sums cancel and round.
    const Word near = (b & 0x7f800000) ^ (static_cast<Word>(random()) & 0x80ffffff);
    check(b, i % 2 != 0 ? near : static_cast<Word>(random()));
  }
}

// Sums and products of floats in double round to the same float: 53 >= 2 * 24 + 2.
TEST(Float, AddsSubtractsMultiplies) {
  overPatterns([](Word b, Word c) {
    const Registers registers{{R1, b}, {R2, c}};
    const double x = value(b), y = value(c);
    EXPECT_EQ(run("fadd r0, r1, r2", registers)[R0], canonical(x + y)) << std::hex << b << ' ' << c;
    EXPECT_EQ(run("fsub r0, r1, r2", registers)[R0], canonical(x - y)) << std::hex << b << ' ' << c;
    EXPECT_EQ(run("fmul r0, r1, r2", registers)[R0], canonical(x * y)) << std::hex << b << ' ' << c;
  });
}
TEST(Float, KeepsSubnormals) {
  EXPECT_EQ(run("fadd r0, r1, r2", {{R1, kSmallest}, {R2, kSmallest}})[R0], 2u);
  EXPECT_EQ(run("fmul r0, r1, r2", {{R1, bits(0.5f)}, {R2, 2}})[R0], 1u);
  EXPECT_EQ(run("fmul r0, r1, r2", {{R1, bits(0.5f)}, {R2, 3}})[R0], 2u); // tie to even
}
TEST(Float, EveryNanIsTheSame) {
  EXPECT_EQ(run("fsub r0, r1, r2", {{R1, kInfinity}, {R2, kInfinity}})[R0], kNan);
  EXPECT_EQ(run("fadd r0, r1, r2", {{R1, 0xffc12345}, {R2, 0}})[R0], kNan);
  EXPECT_EQ(run("fmacc r0, r1, r2, r3", {{R1, 0}, {R2, 0xff812345}, {R3, 0}})[R0], kNan);
}

TEST(Fmacc, DestinationAndAddendAreApart) {
  auto m = run("fmacc r0, r1, r2, r3", {{R1, bits(1)}, {R2, bits(2)}, {R3, bits(3)}});
  EXPECT_EQ(m[R0], bits(7));
  EXPECT_EQ(m[R1], bits(1));
}
TEST(Fmacc, RoundsOnce) {
  const float b = 1 + std::ldexp(1.f, -12);
  auto m = run("fmacc r0, r0, r1, r1", {{R0, bits(-(1 + std::ldexp(1.f, -11)))}, {R1, bits(b)}});
  EXPECT_EQ(m[R0], bits(std::ldexp(1.f, -24)));
  // 97 * 172961 = 2^24 + 1 is a tie; the addend, far below double's last bit, decides it.
  const float tiny = std::ldexp(1.f, -100);
  const Registers up{{R0, bits(tiny)}, {R1, bits(97)}, {R2, bits(172961)}};
  EXPECT_EQ(run("fmacc r0, r0, r1, r2", up)[R0], bits(16777218.f));
  const Registers down{{R0, bits(-tiny)}, {R1, bits(97)}, {R2, bits(172961)}};
  EXPECT_EQ(run("fmacc r0, r0, r1, r2", down)[R0], bits(16777216.f));
}

TEST(Float, Compares) {
  overPatterns([](Word b, Word c) {
    const Registers registers{{R1, b}, {R2, c}};
    const bool nan = (b & 0x7fffffff) > kInfinity || (c & 0x7fffffff) > kInfinity;
    // Patterns in the order of their values: negative ones count backwards, the zeros are one.
    const auto rank = [](Word a) {
      const std::int64_t magnitude = a & 0x7fffffff;
      return (a >> 31) != 0 ? -magnitude : magnitude;
    };
    const std::int64_t order = rank(b) - rank(c);
    EXPECT_EQ(run("feq r0, r1, r2", registers)[R0], !nan && order == 0 ? 1u : 0u);
    EXPECT_EQ(run("flt r0, r1, r2", registers)[R0], !nan && order < 0 ? 1u : 0u);
    EXPECT_EQ(run("fgt r0, r1, r2", registers)[R0], !nan && order > 0 ? 1u : 0u);
    EXPECT_EQ(run("fun r0, r1, r2", registers)[R0], nan ? 1u : 0u);
  });
}

TEST(Float, TakesApart) {
  struct Case {
    Word pattern, sign, exponent, mantissa;
  };
  for (const auto &[pattern, sign, exponent, mantissa] : {Case{bits(1.5f), 0, 0, 0xc00000},
                                                          {bits(-6), 1, 2, 0xc00000},
                                                          {0, 0, 0xffffff82, 0},
                                                          {0x80000000, 1, 0xffffff82, 0},
                                                          {kSmallest, 0, 0xffffff82, 1},
                                                          {0x00800000, 0, 0xffffff82, 0x800000},
                                                          {kLargest, 0, 127, 0xffffff},
                                                          {kInfinity, 0, 128, 0x800000}}) {
    auto m = run("fsexp r0, r1, r2", {{R2, pattern}});
    EXPECT_EQ(m[R0], sign) << std::hex << pattern;
    EXPECT_EQ(m[R1], exponent) << std::hex << pattern;
    EXPECT_EQ(run("fmant r0, r1", {{R1, pattern}})[R0], mantissa) << std::hex << pattern;
  }
}
TEST(Float, MakesWhatItTookApart) {
  std::mt19937 random(kSeed + 1);
  for (int i = 0; i < 20000; ++i) {
    const Word pattern = static_cast<Word>(random());
    if ((pattern & 0x7f800000) == 0x7f800000)
      continue; // infinities and NaNs have no mantissa of their own
    Bench m;
    m[R5] = pattern;
    m.run("fsexp r1, r2, r5").run("fmant r4, r5").run("fmake r0, r1, r2, r3, r4");
    EXPECT_EQ(m[R0], pattern) << "seed " << kSeed + 1;
  }
}
TEST(Fmake, NormalisesAndRounds) {
  std::mt19937_64 random(kSeed + 2);
  for (int i = 0; i < 20000; ++i) {
    const std::uint64_t mantissa = random() >> (random() % 64);
    const int exponent = static_cast<int>(random() % 500) - 300;
    const Word sign = random() % 2;
    // The lowest 11 bits gathered into one keep the rounding right, and what remains fits double.
    const std::uint64_t kept = (mantissa >> 11) | ((mantissa & 0x7ff) != 0 ? 1 : 0);
    const bool large = mantissa >> 53 != 0;
    const double exact = large ? std::ldexp(static_cast<double>(kept), exponent - 23 + 11)
                               : std::ldexp(static_cast<double>(mantissa), exponent - 23);
    auto m = run("fmake r0, r1, r2, r3, r4", {{R1, sign},
                                              {R2, static_cast<Word>(exponent)},
                                              {R3, static_cast<Word>(mantissa >> 32)},
                                              {R4, static_cast<Word>(mantissa)}});
    EXPECT_EQ(m[R0], bits(static_cast<float>(sign != 0 ? -exact : exact)))
        << "seed " << kSeed + 2 << ": " << mantissa << " exponent " << exponent;
  }
}
TEST(Fmake, AtTheEnds) {
  const auto make = [](Word sign, Word exponent, Word high, Word low) {
    return run("fmake r0, r1, r2, r3, r4", {{R1, sign}, {R2, exponent}, {R3, high}, {R4, low}})[R0];
  };
  EXPECT_EQ(make(0, 0, 0, 0), 0u);
  EXPECT_EQ(make(1, 0x7fffffff, 0, 0), 0x80000000u);
  EXPECT_EQ(make(2, 0, 0, 0x800000), bits(1)); // only bit 0 is the sign
  EXPECT_EQ(make(0, 0x7fffffff, 0, 1), kInfinity);
  EXPECT_EQ(make(1, 0x80000000, 0xffffffff, 0xffffffff), 0x80000000u);
  EXPECT_EQ(make(0, 127, 0, 0xffffff), kLargest);
  EXPECT_EQ(make(0, 126, 0, 0x1ffffff), kInfinity); // rounds up into the infinity
  EXPECT_EQ(make(0, 86, 0xffffffff, 0xffffffff), bits(std::ldexp(1.f, 127)));
  EXPECT_EQ(make(0, 87, 0xffffffff, 0xffffffff), kInfinity);
  EXPECT_EQ(make(0, 0, 0x80000000, 0), bits(std::ldexp(1.f, 40)));
}

TEST(Fclass, TellsFourKindsAndTheSign) {
  struct Case {
    Word pattern, kind;
  };
  for (const auto &[pattern, kind] :
       {Case{bits(2), 0}, {1, 0}, {0, 1}, {kInfinity, 2}, {kNan, 3}}) {
    EXPECT_EQ(run("fclass r0, r1", {{R1, pattern}})[R0], kind);
    EXPECT_EQ(run("fclass r0, r1", {{R1, pattern | 0x80000000}})[R0], kind + 4);
  }
}

} // namespace
} // namespace xs3::sim::test
