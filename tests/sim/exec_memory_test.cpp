// Scalar loads and stores: widths, addressing forms, traps, what the effect tells.
#include "tests/sim/exec_bench.h"

#include <gtest/gtest.h>

namespace xs3::sim::test {
namespace {

constexpr Address kData = kBase + 0x100;
constexpr Address kEnd = kBase + kBytes;

/// A bench whose memory holds 0x80, 0x81, ... from kData on.
Bench counting() {
  Bench m;
  for (Address i = 0; i < 64; ++i)
    m.memory.write(kData + i, static_cast<std::uint8_t>(0x80 + i));
  m[R1] = kData;
  m[CP] = m[DP] = m[SP] = kData;
  return m;
}

TEST(Load, ByWidth) {
  auto m = counting();
  m[R2] = 3;
  EXPECT_EQ(m.run("ldw r0, r1[r2]")[R0], 0x8f8e8d8cu);
  EXPECT_EQ(m.run("ld16s r0, r1[r2]")[R0], 0xffff8786u);
  EXPECT_EQ(m.run("ld8u r0, r1[r2]")[R0], 0x83u);
  EXPECT_EQ(m.run("ldw r0, r1[11]")[R0], 0xafaeadacu);
}
TEST(Load, IndexIsSigned) {
  auto m = counting();
  m[R1] = kData + 8;
  m[R2] = static_cast<Word>(-2);
  EXPECT_EQ(m.run("ldw r0, r1[r2]")[R0], 0x83828180u);
}
TEST(Load, FromThePools) {
  auto m = counting();
  EXPECT_EQ(m.run("ldw r0, cp[1]")[R0], 0x87868584u);
  EXPECT_EQ(m.run("ldw_u10 r11, cp[2]")[R11], 0x8b8a8988u);
  EXPECT_EQ(m.run("ldw_lu10 r11, cp[1]")[R11], 0x87868584u);
  EXPECT_EQ(m.run("ldw r0, dp[3]")[R0], 0x8f8e8d8cu);
  EXPECT_EQ(m.run("ldw_lru6 lr, sp[4]")[LR], 0x93929190u);
}
TEST(Store, ByWidth) {
  auto m = counting();
  m[R2] = 2;
  m[R0] = 0x11223344;
  m.run("stw r0, r1[r2]");
  EXPECT_EQ(m.word(kData + 8), 0x11223344u);
  m.run("st16 r0, r1[r2]");
  EXPECT_EQ(m.word(kData + 4), 0x87863344u);
  m.run("st8 r0, r1[r2]");
  EXPECT_EQ(m.word(kData), 0x83448180u);
  m.run("stw r0, r1[5]").run("stw r0, sp[6]");
  EXPECT_EQ(m.word(kData + 20), 0x11223344u);
  EXPECT_EQ(m.word(kData + 24), 0x11223344u);
}
TEST(DoubleWord, FirstWordIsFieldA) {
  auto m = counting();
  m[R2] = 1;
  m.run("ldd r5, r4, r1[r2]");
  EXPECT_EQ(m[R4], 0x8b8a8988u);
  EXPECT_EQ(m[R5], 0x8f8e8d8cu);
  m.run("ldd r7, r6, r1[2]");
  EXPECT_EQ(m[R6], 0x93929190u);
  EXPECT_EQ(m[R7], 0x97969594u);
  m.run("ldd r9, r8, sp[0]");
  EXPECT_EQ(m[R8], 0x83828180u);
  EXPECT_EQ(m[R9], 0x87868584u);
}
TEST(DoubleWord, Stores) {
  Bench m;
  m[R1] = m[SP] = kData;
  m[R2] = 1;
  m[R4] = 44;
  m[R5] = 55;
  m.run("std r5, r4, r1[r2]").run("std r4, r5, r1[2]").run("std r4, r5, sp[3]");
  EXPECT_EQ(m.word(kData + 8), 44u);
  EXPECT_EQ(m.word(kData + 12), 55u);
  EXPECT_EQ(m.word(kData + 16), 55u);
  EXPECT_EQ(m.word(kData + 20), 44u);
  EXPECT_EQ(m.word(kData + 24), 55u);
  EXPECT_EQ(m.word(kData + 28), 44u);
}

TEST(Access, IsReported) {
  auto m = counting();
  m[R2] = 1;
  m.run("ldd r5, r4, r1[r2]");
  EXPECT_EQ(m.effect.access, Access::Read);
  EXPECT_EQ(m.effect.accessAddress, kData + 8);
  EXPECT_EQ(m.effect.accessBytes, 8);
  m.run("st16 r0, r1[r2]");
  EXPECT_EQ(m.effect.access, Access::Write);
  EXPECT_EQ(m.effect.accessAddress, kData + 2);
  EXPECT_EQ(m.effect.accessBytes, 2);
  m.run("add r0, r1, r2");
  EXPECT_EQ(m.effect.access, Access::None);
  EXPECT_EQ(m.effect.accessBytes, 0);
}

struct Fault {
  const char *text;
  Address base; ///< r1, sp; the index is 0.
};
void PrintTo(const Fault &fault, std::ostream *out) { *out << fault.text << " at " << fault.base; }
class LoadStoreTrap : public testing::TestWithParam<Fault> {};

TEST_P(LoadStoreTrap, ChangesNothing) {
  const auto &[text, base] = GetParam();
  Bench m;
  m[R0] = 7;
  m[R3] = 8;
  m[R1] = m[SP] = base;
  m.run(text);
  EXPECT_EQ(m.effect.kind, EffectKind::Trap);
  EXPECT_EQ(m.effect.trap.kind, TrapKind::LoadStore);
  EXPECT_EQ(m.effect.trap.data, base);
  EXPECT_EQ(m[R0], 7u);
  EXPECT_EQ(m[R3], 8u);
  EXPECT_EQ(m.thread.pc, kCode);
  for (Address a = kBase; a < kEnd; a += 4)
    ASSERT_EQ(m.word(a), 0u);
}
INSTANTIATE_TEST_SUITE_P(
    Misaligned, LoadStoreTrap,
    testing::Values(Fault{"ldw r0, r1[0]", kData + 2}, Fault{"stw r0, r1[0]", kData + 1},
                    Fault{"ld16s r0, r1[r2]", kData + 1}, Fault{"st16 r0, r1[r2]", kData + 3},
                    Fault{"ldd r0, r3, r1[0]", kData + 4}, Fault{"ldd r0, r3, r1[r2]", kData + 4},
                    Fault{"std r0, r3, r1[r2]", kData + 4}, Fault{"std r0, r3, sp[0]", kData + 4}));
INSTANTIATE_TEST_SUITE_P(
    Unmapped, LoadStoreTrap,
    testing::Values(Fault{"ldw r0, r1[0]", kEnd}, Fault{"ldw r0, r1[0]", kBase - 4},
                    Fault{"stw r0, r1[0]", 0}, Fault{"ld8u r0, r1[r2]", kEnd},
                    Fault{"st8 r0, r1[r2]", 0xffffffff}, Fault{"ldd r0, r3, r1[0]", kEnd},
                    Fault{"std r0, r3, r1[r2]", 0xfffffff8}, Fault{"ld16s r0, r1[r2]", kEnd},
                    Fault{"ldw r0, sp[0]", kEnd + 4}, Fault{"stw r0, sp[0]", 0xfffffffc}));

TEST(Load, TheLastBytesOfMemory) {
  Bench m;
  m[R1] = kEnd;
  m[R2] = static_cast<Word>(-1);
  m.memory.write(kEnd - 4, Word{0x01020304});
  EXPECT_EQ(m.run("ldw r0, r1[r2]")[R0], 0x01020304u);
  EXPECT_EQ(m.run("ld8u r0, r1[r2]")[R0], 1u);
}

TEST(Prefetch, NeverTraps) {
  auto m = run("prefetch r11", {{R11, 3}});
  EXPECT_EQ(m.effect.kind, EffectKind::Next);
  EXPECT_EQ(m.effect.access, Access::None);
}

} // namespace
} // namespace xs3::sim::test
