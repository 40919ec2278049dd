// Multiply-accumulate instructions against vpu.md section 4, accumulator by accumulator.
#include <gtest/gtest.h>

#include "tests/sim/exec_vectors.h"

namespace xs3::sim::test {
namespace {

constexpr int kRounds = 1000;

/// The accumulators: 16 of 32 bits (halves in vD and vR), in 32-bit mode 8 of 40.
Values accumulators(const VectorUnit &unit, int width) {
  const int half = width == 32 ? 32 : 16;
  const Values high = valuesOf(unit.vD, half);
  const Values low = valuesOf(unit.vR, half);
  Values result;
  for (std::size_t i = 0; i < low.size(); ++i) {
    const std::int64_t unsignedLow = low[i] < 0 ? low[i] + (std::int64_t{1} << half) : low[i];
    std::int64_t top = high[i];
    if (width == 32) { // only the low byte counts
      top = ((top % 256) + 256) % 256;
      top = top >= 128 ? top - 256 : top;
    }
    result.push_back(top * (std::int64_t{1} << half) + unsignedLow);
  }
  return result;
}
/// vD and vR that hold these accumulators.
std::pair<Vector, Vector> placed(const Values &values, int width) {
  const int half = width == 32 ? 32 : 16;
  Values high, low;
  for (const std::int64_t value : values) {
    high.push_back(value >> half);
    low.push_back(value);
  }
  return {vectorOf(high, half), vectorOf(low, half)};
}
int accumulatorBits(int width) { return width == 32 ? 40 : 32; }
/// Q30 in 32-bit mode, plain otherwise.
std::int64_t product(std::int64_t c, std::int64_t m, int width) {
  return width == 32 ? rnd(c * m, 30) : c * m;
}

void expectAccumulators(const Bench &after, const Values &expected, int width, unsigned seed) {
  const auto [high, low] = placed(expected, width);
  ASSERT_EQ(after.thread.vector.vD, high) << width << " bits, seed " << seed;
  ASSERT_EQ(after.thread.vector.vR, low) << width << " bits, seed " << seed;
}

/// Accumulators at the ends of their range half of the time.
Bench accumulatorBench(RandomVectors &vectors, int width) {
  Bench m = vectorBench(vectors, width, mode(width));
  Values values;
  const int bits = accumulatorBits(width);
  for (int i = 0; i < (width == 32 ? 8 : 16); ++i) {
    const std::int64_t any = static_cast<std::int64_t>(vectors.number()) >> (64 - bits);
    const std::int64_t near = limit(bits) - (any & 0xfffff);
    const std::uint64_t choice = vectors.number() % 4;
    values.push_back(choice == 0 ? near : choice == 1 ? -near : choice == 2 ? any : any >> 12);
  }
  std::tie(m.thread.vector.vD, m.thread.vector.vR) = placed(values, width);
  return m;
}

TEST(Vlmacc, OneProductForEachAccumulator) {
  RandomVectors vectors(101);
  for (const int width : kWidths)
    for (int round = 0; round < kRounds; ++round) {
      Bench m = accumulatorBench(vectors, width);
      Values expected = accumulators(m.thread.vector, width);
      const Values c = valuesOf(m.thread.vector.vC, width);
      const Values x = valuesOf(operand(m), width);
      for (std::size_t i = 0; i < expected.size(); ++i)
        expected[i] = sat(expected[i] + product(c[i], x[i], width), accumulatorBits(width));
      m.run("vlmacc r1[0]");
      expectAccumulators(m, expected, width, vectors.seed);
    }
}

/// What vlmaccr leaves: the last accumulator with `sum`, in front of the others.
Values rotated(Values values, std::int64_t sum, int width) {
  const std::int64_t last = sat(values.back() + sum, accumulatorBits(width));
  values.pop_back();
  values.insert(values.begin(), last);
  return values;
}
TEST(Vlmaccr, SumsThenSaturatesThenRotates) {
  RandomVectors vectors(102);
  for (const int width : kWidths)
    for (int round = 0; round < kRounds; ++round) {
      Bench m = accumulatorBench(vectors, width);
      const Values before = accumulators(m.thread.vector, width);
      const Values c = valuesOf(m.thread.vector.vC, width);
      const Values x = valuesOf(operand(m), width);
      std::int64_t sum = 0;
      for (std::size_t i = 0; i < c.size(); ++i)
        sum += product(c[i], x[i], width);
      m.run("vlmaccr r1[0]");
      expectAccumulators(m, rotated(before, sum, width), width, vectors.seed);
    }
}
TEST(Vlmaccr, SumOfTheLargestProductsIsExact) {
  // 16 * 2^30 = 2^34: more than an accumulator, less than what saturating after each product gives.
  Bench m;
  m.thread.vector.control = 0x100;
  m.thread.vector.vC = vectorOf(Values(16, -32768), 16);
  std::tie(m.thread.vector.vD, m.thread.vector.vR) = placed(Values(16, -limit(32)), 16);
  m[R1] = kOperand;
  m.memory.write(kOperand, vectorOf(Values(16, -32768), 16));
  m.run("vlmaccr r1[0]");
  Values expected(16, -limit(32));
  expected[0] = limit(32);
  expectAccumulators(m, expected, 16, 0);
}
TEST(Vlmaccr, ReadsOnlyTheLowByteOfTheHighPart) {
  Bench m;
  m.thread.vector.vD = vectorOf(Values(8, 0x12345601), 32);
  m[R1] = kOperand;
  m.run("vlmaccr r1[0]");
  EXPECT_EQ(valuesOf(m.thread.vector.vD, 32)[0], 1);
  EXPECT_EQ(valuesOf(m.thread.vector.vD, 32)[1], 0x12345601) << "the others move as they are";
}

TEST(Vlmaccr1, CountsEqualBits) {
  RandomVectors vectors(103);
  for (const int width : {8, 16})
    for (int round = 0; round < kRounds; ++round) {
      Bench m = accumulatorBench(vectors, width);
      if (round % 10 == 0) // all bits equal, or all different
        for (std::size_t k = 0; k < 32; ++k) {
          const int flip = round % 20 == 0 ? 0xff : 0;
          m.memory.write(kOperand + static_cast<Address>(k),
                         static_cast<std::uint8_t>(m.thread.vector.vC[k] ^ flip));
        }
      const Values before = accumulators(m.thread.vector, width);
      const Vector x = operand(m);
      std::int64_t dot = 0; // of 256 values +1 and -1
      for (std::size_t k = 0; k < 256; ++k) {
        const int c = (m.thread.vector.vC[k / 8] >> (k % 8)) & 1;
        const int b = (x[k / 8] >> (k % 8)) & 1;
        dot += c == b ? 1 : -1;
      }
      m.run("vlmaccr1 r1[0]");
      expectAccumulators(m, rotated(before, dot / 2, width), width, vectors.seed);
    }
}
TEST(Vlmaccr1, SaturatesAtTheEnds) {
  for (const std::int64_t end : {limit(32), -limit(32)}) {
    Bench m;
    m.thread.vector.control = 0x100;
    std::tie(m.thread.vector.vD, m.thread.vector.vR) = placed(Values(16, end), 16);
    m[R1] = kOperand;
    m.memory.write(kOperand, vectorOf(Values(32, end > 0 ? 0 : -1), 8));
    m.run("vlmaccr1 r1[0]");
    expectAccumulators(m, Values(16, end), 16, 0);
  }
}
TEST(Vlmaccr1, In32BitModeStops) {
  RandomVectors vectors(104);
  const Bench before = vectorBench(vectors, 32, 0);
  Bench after = before;
  after.run("vlmaccr1 r1[0]");
  EXPECT_EQ(after.effect.kind, EffectKind::Unspecified);
  EXPECT_EQ(after.effect.unspecified, Unspecified::VlmaccrOneBitIn32BitMode);
  EXPECT_EQ(after.thread.vector.vR, before.thread.vector.vR);
  expectOnlyResultChanged(before, after);
}

TEST(Vlsat, ShiftsEachAccumulator) {
  RandomVectors vectors(105);
  for (const int width : {8, 16})
    for (int round = 0; round < kRounds; ++round) {
      Bench m = accumulatorBench(vectors, width);
      Values shifts, expected;
      for (const std::int64_t value : accumulators(m.thread.vector, width)) {
        const auto shift = static_cast<int>(vectors.number() % 36);
        shifts.push_back(shift);
        const std::int64_t q = shift >= 32 ? (value < 0 ? -1 : 0) : rnd(value, shift);
        expected.push_back(sat(q, width));
      }
      m.memory.write(kOperand, vectorOf(shifts, 16));
      m.run("vlsat r1[0]");
      ASSERT_EQ(m.thread.vector.vR, vectorOf(expected, width))
          << width << " bits, seed " << vectors.seed;
      EXPECT_EQ(m.thread.vector.vD, Vector{});
    }
}
TEST(Vlsat, ShiftsAreUnsigned16Bit) {
  Bench m;
  m.thread.vector.control = 0x100;
  std::tie(m.thread.vector.vD, m.thread.vector.vR) = placed(Values(16, -3), 16);
  m[R1] = kOperand;
  m.memory.write(kOperand, vectorOf({0xffff, 0, 1}, 16));
  m.run("vlsat r1[0]");
  const Values r = valuesOf(m.thread.vector.vR, 16);
  EXPECT_EQ(r[0], -1);
  EXPECT_EQ(r[1], -3);
  EXPECT_EQ(r[2], -1); // -1.5 rounds up
}
TEST(Vlsat, Of64BitsIn32BitMode) {
  RandomVectors vectors(106);
  for (int round = 0; round < kRounds; ++round) {
    Bench m = vectorBench(vectors, 32, 0);
    const Values high = valuesOf(m.thread.vector.vD, 32);
    const Values low = valuesOf(m.thread.vector.vR, 32);
    Values shifts, expected;
    for (std::size_t i = 0; i < 8; ++i) {
      const auto shift = static_cast<int>(vectors.number() % 70);
      shifts.push_back(shift);
      // high:low / 2^shift, by halving downwards and looking at the last bit that left.
      auto value = static_cast<std::int64_t>(static_cast<std::uint64_t>(high[i]) << 32 |
                                             static_cast<Word>(low[i]));
      std::int64_t left = 0;
      for (int k = 0; k < std::min(shift, 63); ++k) {
        left = value & 1;
        value = (value - left) / 2;
      }
      expected.push_back(sat(shift > 63 ? (value < 0 ? -1 : 0) : value + left, 32));
    }
    m.memory.write(kOperand, vectorOf(shifts, 32));
    m.run("vlsat r1[0]");
    ASSERT_EQ(valuesOf(m.thread.vector.vR, 32), expected) << "seed " << vectors.seed;
    EXPECT_EQ(m.thread.vector.vD, Vector{});
  }
}

TEST(Vadddr, SumsIntoTheFirst) {
  RandomVectors vectors(107);
  for (const int width : kWidths)
    for (int round = 0; round < 200; ++round) {
      Bench m = accumulatorBench(vectors, width);
      std::int64_t sum = 0;
      for (const std::int64_t value : accumulators(m.thread.vector, width))
        sum += value;
      m.run("vadddr");
      Values expected(width == 32 ? 8 : 16, 0);
      expected[0] = sat(sum, accumulatorBits(width));
      expectAccumulators(m, expected, width, vectors.seed);
    }
}

} // namespace
} // namespace xs3::sim::test
