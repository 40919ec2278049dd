// Vector instructions that load, store, or work element by element, lane by lane against vpu.md.
#include <gtest/gtest.h>

#include "tests/sim/exec_vectors.h"

#include <algorithm>
#include <functional>

namespace xs3::sim::test {
namespace {

constexpr int kRounds = 300;

/// Runs `text` on random vectors in every mode; vR must become formula(vR[i], m[i], width).
void checkElements(const std::string &text, unsigned seed,
                   const std::function<std::int64_t(std::int64_t, std::int64_t, int)> &formula) {
  RandomVectors vectors(seed);
  for (const int width : kWidths)
    for (int round = 0; round < kRounds; ++round) {
      const Bench before = vectorBench(vectors, width, mode(width));
      Bench after = before;
      after.run(text);
      const Values r = valuesOf(before.thread.vector.vR, width);
      const Values m = valuesOf(operand(before), width);
      Values expected;
      for (std::size_t i = 0; i < r.size(); ++i)
        expected.push_back(formula(r[i], m[i], width));
      ASSERT_EQ(valuesOf(after.thread.vector.vR, width), expected)
          << text << ", " << width << " bits, seed " << seed << ", round " << round;
      expectOnlyResultChanged(before, after);
    }
}

TEST(Vladd, Saturates) {
  checkElements("vladd r1[0]", 1, [](auto r, auto m, int width) { return sat(r + m, width); });
}
TEST(Vlsub, SubtractsFromMemory) {
  checkElements("vlsub r1[0]", 2, [](auto r, auto m, int width) {
    const std::int64_t minimum = -limit(width) - 1;
    if (r == minimum && width == 32)
      return sat(m + minimum, width);
    if (r == minimum && m == 0)
      return minimum;
    return sat(m - r, width);
  });
}
TEST(Vlsub, MinimumOfZero) {
  for (const int width : {8, 16}) {
    Bench m;
    m.thread.vector.control = mode(width);
    m.thread.vector.vR = vectorOf({-limit(width) - 1, -limit(width) - 1}, width);
    m[R1] = kOperand;
    m.memory.write(kOperand, vectorOf({0, 1}, width));
    m.run("vlsub r1[0]");
    EXPECT_EQ(valuesOf(m.thread.vector.vR, width)[0], -limit(width) - 1);
    EXPECT_EQ(valuesOf(m.thread.vector.vR, width)[1], limit(width));
  }
}
TEST(Vlmul, RoundsHalfUp) {
  checkElements("vlmul r1[0]", 3,
                [](auto r, auto m, int width) { return sat(rnd(r * m, width - 2), width); });
}
TEST(Vpos, KeepsPositiveElements) {
  checkElements("vpos", 4, [](auto r, auto, int) { return r < 0 ? 0 : r; });
}
TEST(Vsign, GivesOneOfTheFormat) {
  checkElements("vsign", 5, [](auto r, auto, int width) {
    return (r >= 0 ? 1 : -1) * (std::int64_t{1} << (width - 2));
  });
}

TEST(Vlashr, ShiftsBothWays) {
  RandomVectors vectors(6);
  for (const int width : kWidths)
    for (const int b : {0,    1,  3,  7,  8,  9,   15,  16,  17,    31,        32,       33,
                        1000, -1, -2, -7, -8, -15, -31, -32, -1000, INT32_MIN, INT32_MAX})
      for (int round = 0; round < 10; ++round) {
        Bench m = vectorBench(vectors, width, mode(width));
        const Bench before = m;
        m[R2] = static_cast<Word>(b);
        m.run("vlashr r1[0], r2");
        Values expected;
        for (std::int64_t x : valuesOf(operand(before), width)) {
          std::int64_t y = x; // b steps of halving downwards, or of doubling
          for (std::int64_t i = 0; i < std::min<std::int64_t>(b, 64); ++i)
            y = y >= 0 ? y / 2 : -((-y + 1) / 2);
          for (std::int64_t i = 0; i < std::min<std::int64_t>(-std::int64_t{b}, width - 1); ++i)
            y *= 2;
          expected.push_back(sat(y, width));
        }
        ASSERT_EQ(valuesOf(m.thread.vector.vR, width), expected)
            << width << " bits by " << b << ", seed " << vectors.seed;
        expectOnlyResultChanged(before, m);
      }
}

std::int64_t shifted(std::int64_t value, int shiftMode, int width) {
  if (shiftMode == 1)
    value *= 2;
  if (shiftMode == 2)
    value = value >= 0 ? value / 2 : -((-value + 1) / 2);
  return sat(value, width);
}
TEST(Vladsb, GivesDifferenceAndSum) {
  RandomVectors vectors(7);
  for (const int width : kWidths)
    for (const int shift : {0, 1, 2})
      for (int round = 0; round < 100; ++round) {
        const Word control = mode(width) | static_cast<Word>(shift) << 6;
        const Bench before = vectorBench(vectors, width, control);
        Bench after = before;
        after.run("vladsb r1[0]");
        const Values r = valuesOf(before.thread.vector.vR, width);
        const Values m = valuesOf(operand(before), width);
        Values difference, sum;
        for (std::size_t i = 0; i < r.size(); ++i) {
          difference.push_back(shifted(m[i] - r[i], shift, width));
          sum.push_back(shifted(m[i] + r[i], shift, width));
        }
        ASSERT_EQ(valuesOf(after.thread.vector.vD, width), difference) << "seed " << vectors.seed;
        ASSERT_EQ(valuesOf(after.thread.vector.vR, width), sum) << "seed " << vectors.seed;
      }
}
TEST(Vladsb, UnknownShiftModeStops) {
  RandomVectors vectors(8);
  const Bench before = vectorBench(vectors, 16, 0x1c0);
  Bench after = before;
  after.run("vladsb r1[0]");
  EXPECT_EQ(after.effect.unspecified, Unspecified::ShiftMode);
  EXPECT_EQ(after.thread.vector.vR, before.thread.vector.vR);
  EXPECT_EQ(after.thread.vector.vD, before.thread.vector.vD);
}

TEST(Vdepth1, PacksSigns) {
  RandomVectors vectors(9);
  for (const int width : kWidths)
    for (int round = 0; round < 100; ++round) {
      Bench m = vectorBench(vectors, width, mode(width));
      const Values r = valuesOf(m.thread.vector.vR, width);
      std::int64_t bits = 0;
      for (std::size_t i = 0; i < r.size(); ++i)
        bits += (r[i] < 0 ? std::int64_t{1} : 0) << i;
      m.run("vdepth1");
      EXPECT_EQ(m.thread.vector.vR, vectorOf({bits}, 32)) << "seed " << vectors.seed;
    }
}
TEST(Vdepth, NarrowsWithRounding) {
  struct Case {
    const char *text;
    int from, to;
  };
  RandomVectors vectors(10);
  for (const auto &[text, from, to] :
       {Case{"vdepth8", 16, 8}, {"vdepth8", 32, 8}, {"vdepth16", 32, 16}})
    for (int round = 0; round < 100; ++round) {
      Bench m = vectorBench(vectors, from, mode(from));
      Values expected;
      for (const std::int64_t r : valuesOf(m.thread.vector.vR, from))
        expected.push_back(sat(rnd(r, from - to), to));
      m.run(text);
      EXPECT_EQ(m.thread.vector.vR, vectorOf(expected, to)) << text << " seed " << vectors.seed;
    }
}
TEST(Vdepth, OtherModesStop) {
  for (const auto &[text, width] : {std::pair{"vdepth8", 8}, {"vdepth16", 8}, {"vdepth16", 16}}) {
    RandomVectors vectors(11);
    const Bench before = vectorBench(vectors, width, mode(width));
    Bench after = before;
    after.run(text);
    EXPECT_EQ(after.effect.unspecified, Unspecified::DepthMode) << text;
    EXPECT_EQ(after.thread.vector.vR, before.thread.vector.vR);
    EXPECT_EQ(after.thread.pc, kCode);
  }
}

TEST(VectorLoad, ReachesItsRegister) {
  RandomVectors vectors(12);
  for (const auto &[text, place] : {std::pair{"vldr r11[0]", &VectorUnit::vR},
                                    {"vldd r1[0]", &VectorUnit::vD},
                                    {"vldc r1[0]", &VectorUnit::vC}}) {
    Bench m = vectorBench(vectors, 8, 0x40f);
    VectorUnit expected = m.thread.vector;
    expected.*place = operand(m);
    m.run(text);
    EXPECT_EQ(m.thread.vector.vR, expected.vR) << text;
    EXPECT_EQ(m.thread.vector.vD, expected.vD) << text;
    EXPECT_EQ(m.thread.vector.vC, expected.vC) << text;
    EXPECT_EQ(m.thread.vector.control, 0x40fu);
    EXPECT_EQ(m.effect.access, Access::Read);
    EXPECT_EQ(m.effect.accessBytes, 32);
  }
}
TEST(VectorStore, WritesItsRegister) {
  RandomVectors vectors(13);
  for (const auto &[text, place] : {std::pair{"vstr r1[0]", &VectorUnit::vR},
                                    {"vstd r1[0]", &VectorUnit::vD},
                                    {"vstc r11[0]", &VectorUnit::vC}}) {
    Bench m = vectorBench(vectors, 8, 0);
    m.run(text);
    EXPECT_EQ(operand(m), m.thread.vector.*place) << text;
    EXPECT_EQ(m.effect.access, Access::Write);
    EXPECT_EQ(m.effect.accessAddress, kOperand);
    EXPECT_EQ(m.effect.accessBytes, 32);
  }
}
TEST(VectorMemory, TrapsChangeNothing) {
  for (const char *text :
       {"vldr r11[0]", "vldd r1[0]", "vldc r1[0]", "vstr r1[0]", "vstd r1[0]", "vstc r11[0]",
        "vladd r1[0]", "vlsub r1[0]", "vlmul r1[0]", "vlmacc r1[0]", "vlmaccr r1[0]",
        "vlmaccr1 r1[0]", "vlsat r1[0]", "vladsb r1[0]", "vlashr r1[0], r2", "vstrpv r1[0], r2"})
    for (const Address address : {kOperand + 2, kBase - 4, kBase + kBytes - 28}) {
      RandomVectors vectors(14);
      Bench m = vectorBench(vectors, 16, 0x100);
      m[R1] = m[R11] = address;
      m[R2] = 0xffffffff;
      const Bench before = m;
      m.run(text);
      EXPECT_EQ(m.effect.trap.kind, TrapKind::LoadStore) << text;
      EXPECT_EQ(m.effect.trap.data, address);
      EXPECT_EQ(m.thread.vector.vR, before.thread.vector.vR) << text;
      expectOnlyResultChanged(before, m);
      EXPECT_EQ(operand(m), operand(before));
    }
}

TEST(Vstrpv, StoresMaskedBytes) {
  RandomVectors vectors(15);
  for (int round = 0; round < 200; ++round) {
    Bench m = vectorBench(vectors, 8, 0);
    Vector expected = operand(m);
    const Word mask = round == 0   ? 0
                      : round == 1 ? 0xffffffff
                                   : static_cast<Word>(vectors.number());
    m[R2] = mask;
    int written = 0;
    for (std::size_t k = 0; k < 32; ++k)
      if (((mask >> k) & 1) != 0) {
        expected[k] = m.thread.vector.vR[k];
        ++written;
      }
    m.run("vstrpv r1[0], r2");
    EXPECT_EQ(operand(m), expected) << "seed " << vectors.seed;
    EXPECT_EQ(m.effect.access, Access::MaskedWrite);
    EXPECT_EQ(m.effect.accessBytes, written);
    EXPECT_EQ(m.thread.vector.control, 0u) << "no headroom update";
  }
}
TEST(Vstrpv, NeedsOnlyTheBytesItWrites) {
  RandomVectors vectors(16);
  Bench m = vectorBench(vectors, 8, 0);
  m[R1] = kBase + kBytes - 4;
  m[R2] = 0xf;
  EXPECT_EQ(m.run("vstrpv r1[0], r2").effect.kind, EffectKind::Next);
  m[R2] = 0x1f;
  EXPECT_EQ(m.run("vstrpv r1[0], r2").effect.trap.kind, TrapKind::LoadStore);
}

/// Bits that an element needs, without its sign, counted by hand.
Word used(std::int64_t value) {
  Word bits = 0;
  while (value != 0 && value != -1) {
    value = value >= 0 ? value / 2 : -((-value + 1) / 2);
    ++bits;
  }
  return bits;
}
TEST(Headroom, IsRaisedByFullStores) {
  RandomVectors vectors(17);
  for (const int width : kWidths)
    for (int round = 0; round < 200; ++round)
      for (const auto &[text, place] :
           {std::pair{"vstr r1[0]", &VectorUnit::vR}, {"vstd r1[0]", &VectorUnit::vD}}) {
        const Word old = static_cast<Word>(vectors.number()) % static_cast<Word>(width);
        Bench m = vectorBench(vectors, width, mode(width) | 0x40 | old);
        // Small numbers, so that the maximum is not always full.
        Values values = valuesOf(m.thread.vector.*place, width);
        const int shift = static_cast<int>(vectors.number() % static_cast<unsigned>(width));
        for (std::int64_t &value : values)
          value >>= shift;
        m.thread.vector.*place = vectorOf(values, width);
        Word expected = old;
        for (const std::int64_t value : values)
          expected = std::max(expected, used(value));
        m.run(text);
        EXPECT_EQ(m.thread.vector.control, mode(width) | 0x40 | expected)
            << width << " bits, seed " << vectors.seed;
      }
}
TEST(Headroom, IsLeftByVstcAndClearedByVsetc) {
  RandomVectors vectors(18);
  Bench m = vectorBench(vectors, 32, 3);
  m.run("vstc r11[0]");
  EXPECT_EQ(m.thread.vector.control, 3u);
  m[R11] = 0x100;
  m.run("vsetc r11");
  EXPECT_EQ(m.thread.vector.control, 0x100u);
  m[R11] = 0;
  EXPECT_EQ(m.run("vgetc r11")[R11], 0x100u);
}
TEST(VectorControl, OtherTypeCodesMean32Bit) {
  RandomVectors vectors(19);
  for (const Word control : {0xffffff22u, 0x300u, 0x400u, 0xf00u}) {
    Bench odd = vectorBench(vectors, 32, control);
    Bench plain = odd;
    plain.thread.vector.control = 0;
    EXPECT_EQ(odd.run("vlmul r1[0]").thread.vector.vR, plain.run("vlmul r1[0]").thread.vector.vR);
  }
}
TEST(Vclrdr, ClearsTheAccumulators) {
  RandomVectors vectors(20);
  Bench m = vectorBench(vectors, 8, 0x105);
  const Vector c = m.thread.vector.vC;
  m.run("vclrdr");
  EXPECT_EQ(m.thread.vector.vR, Vector{});
  EXPECT_EQ(m.thread.vector.vD, Vector{});
  EXPECT_EQ(m.thread.vector.vC, c);
  EXPECT_EQ(m.thread.vector.control, 0x105u);
}

} // namespace
} // namespace xs3::sim::test
