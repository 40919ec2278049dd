// Complex products and Fourier steps, written out number by number.
#include <gtest/gtest.h>

#include "tests/sim/exec_vectors.h"

#include <complex>

namespace xs3::sim::test {
namespace {

constexpr int kRounds = 500;

std::int64_t p(std::int64_t x, std::int64_t y) { return rnd(x * y, 30); }

TEST(ComplexProduct, OfValuesAndConjugates) {
  RandomVectors vectors(201);
  for (int round = 0; round < kRounds; ++round) {
    const Bench before = vectorBench(vectors, 32, 0);
    const Values d = valuesOf(before.thread.vector.vD, 32);
    const Values c = valuesOf(before.thread.vector.vC, 32);
    Values expected[4];
    for (auto &values : expected)
      values = valuesOf(before.thread.vector.vR, 32);
    for (std::size_t re = 0; re < 8; re += 2) {
      const std::size_t im = re + 1;
      expected[0][re] = sat(p(d[re], c[re]) - p(d[im], c[im]), 32);
      expected[1][im] = sat(p(d[re], c[im]) + p(d[im], c[re]), 32);
      expected[2][re] = sat(p(d[re], c[re]) + p(d[im], c[im]), 32);
      expected[3][im] = sat(p(d[im], c[re]) - p(d[re], c[im]), 32);
    }
    const char *texts[] = {"vcmr", "vcmi", "vcmcr", "vcmci"};
    for (std::size_t k = 0; k < 4; ++k) {
      Bench after = before;
      after.run(texts[k]);
      ASSERT_EQ(valuesOf(after.thread.vector.vR, 32), expected[k])
          << texts[k] << " seed " << vectors.seed;
      expectOnlyResultChanged(before, after);
    }
  }
}
TEST(ComplexProduct, IsRoundedBeforeItIsSubtracted) {
  Bench m; // 2^29 * 1 is a tie in Q30: it rounds to 1, and -1 is what is added
  m.thread.vector.vD = vectorOf({0, 1 << 29}, 32);
  m.thread.vector.vC = vectorOf({0, 1}, 32);
  m.run("vcmr");
  EXPECT_EQ(valuesOf(m.thread.vector.vR, 32)[0], -1);
}

using Number = std::complex<std::int64_t>;

std::vector<Number> numbersOf(const Vector &vector) {
  const Values values = valuesOf(vector, 32);
  std::vector<Number> result;
  for (std::size_t k = 0; k < values.size(); k += 2)
    result.emplace_back(values[k], values[k + 1]);
  return result;
}
std::int64_t shifted(std::int64_t value, int shiftMode) {
  if (shiftMode == 1)
    value *= 2;
  if (shiftMode == 2)
    value = value >= 0 ? value / 2 : -((-value + 1) / 2);
  return sat(value, 32);
}
Vector vectorOf(const std::vector<Number> &numbers, int shiftMode) {
  Values values;
  for (const Number &z : numbers) {
    values.push_back(shifted(z.real(), shiftMode));
    values.push_back(shifted(z.imag(), shiftMode));
  }
  return test::vectorOf(values, 32);
}
Number j(std::int64_t sign, Number z) { return {-sign * z.imag(), sign * z.real()}; }

TEST(FourierStep, FollowsItsFormula) {
  RandomVectors vectors(202);
  for (const int shift : {0, 1, 2})
    for (int round = 0; round < kRounds; ++round) {
      const Bench before = vectorBench(vectors, 32, static_cast<Word>(shift) << 6);
      const auto t = numbersOf(before.thread.vector.vD);
      const auto f = numbersOf(before.thread.vector.vR);
      for (const std::int64_t sign : {-1, 1}) {
        const Number turnedT = j(sign, t[2] - t[3]), turnedF = j(sign, f[1] - f[3]);
        Bench time = before;
        time.run(sign < 0 ? "vfttf" : "vfttb");
        EXPECT_EQ(time.thread.vector.vD,
                  vectorOf({t[0] + t[1] + t[2] + t[3], t[0] - t[1] + turnedT,
                            t[0] + t[1] - t[2] - t[3], t[0] - t[1] - turnedT},
                           shift))
            << "seed " << vectors.seed;
        EXPECT_EQ(time.thread.vector.vR, before.thread.vector.vR);
        Bench frequency = before;
        frequency.run(sign < 0 ? "vftff" : "vftfb");
        EXPECT_EQ(frequency.thread.vector.vR,
                  vectorOf({f[0] + f[2] + f[1] + f[3], f[0] + f[2] - f[1] - f[3],
                            f[0] - f[2] + turnedF, f[0] - f[2] - turnedF},
                           shift))
            << "seed " << vectors.seed;
        expectOnlyResultChanged(before, frequency);
      }
    }
}

TEST(ComplexUnit, OtherModesStop) {
  for (const char *text : {"vcmr", "vcmi", "vcmcr", "vcmci", "vfttf", "vfttb", "vftff", "vftfb"}) {
    RandomVectors vectors(203);
    const Bench before = vectorBench(vectors, 16, 0x100);
    Bench after = before;
    after.run(text);
    EXPECT_EQ(after.effect.kind, EffectKind::Unspecified) << text;
    EXPECT_EQ(after.effect.unspecified,
              text[1] == 'c' ? Unspecified::ComplexMode : Unspecified::FourierMode);
    EXPECT_EQ(after.thread.vector.vR, before.thread.vector.vR);
    expectOnlyResultChanged(before, after);
  }
}
TEST(FourierStep, UnknownShiftModeStops) {
  auto m = run("nop");
  m.thread.vector.control = 0xc0;
  EXPECT_EQ(m.run("vftfb").effect.unspecified, Unspecified::ShiftMode);
}

} // namespace
} // namespace xs3::sim::test
