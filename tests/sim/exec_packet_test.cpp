// Two halves in one slot: both read, both compute, then both write; a trap writes nothing.
#include "isa/decode.h"
#include "isa/opcodes.h"
#include "tests/sim/exec_bench.h"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

namespace xs3::sim::test {
namespace {

constexpr Address kData = kBase + 0x100;

TEST(Packet, HalvesSeeTheOldRegisters) {
  auto m = run("{ add r0, r1, 0 ; add r1, r0, 0 }", {{R0, 10}, {R1, 20}});
  EXPECT_EQ(m[R0], 20u);
  EXPECT_EQ(m[R1], 10u);
  EXPECT_EQ(m.thread.pc, kCode + 4);
}
TEST(Packet, BranchTestsTheOldValue) {
  auto m = run("{ lss r0, r1, r2 ; bt r0, 4 }", {{R0, 0}, {R1, 1}, {R2, 2}});
  EXPECT_EQ(m[R0], 1u);
  EXPECT_EQ(m.thread.pc, kCode + 4);
}
TEST(Packet, AddressIsTheOldOne) {
  Bench m;
  m.memory.write(kData, Word{5});
  m[R1] = kData;
  m.dual().run("{ add r1, r1, 4 ; ldw r0, r1[0] }");
  EXPECT_EQ(m[R0], 5u);
  EXPECT_EQ(m[R1], kData + 4);
}
TEST(Packet, StoresTheOldValue) {
  auto m = run("{ ldc r0, 9 ; stw r0, r1[0] }", {{R0, 3}, {R1, kData}});
  EXPECT_EQ(m.word(kData), 3u);
  EXPECT_EQ(m[R0], 9u);
}
TEST(Packet, CallLinksBehindIt) {
  auto m = run("{ ldc r0, 9 ; bl 3 }");
  EXPECT_EQ(m[R0], 9u);
  EXPECT_EQ(m[LR], kCode + 5);
}

TEST(Packet, TrapInLaneOneKeepsLaneZeroFromWriting) {
  auto m = run("{ ldc r0, 9 ; ldw r1, r2[0] }", {{R0, 1}, {R1, 2}, {R2, 1}});
  EXPECT_EQ(m.effect.trap.kind, TrapKind::LoadStore);
  EXPECT_EQ(m[R0], 1u);
  EXPECT_EQ(m[R1], 2u);
  EXPECT_EQ(m.thread.pc, kCode);
  EXPECT_FALSE(m.effect.completed());
}
TEST(Packet, TrapInLaneZeroKeepsLaneOneFromWriting) {
  auto m = run("{ ecallt r0 ; stw r0, r1[0] }", {{R0, 1}, {R1, kData}});
  EXPECT_EQ(m.effect.trap.kind, TrapKind::ECall);
  EXPECT_EQ(m.word(kData), 0u);
  EXPECT_EQ(m.effect.access, Access::None);
}
TEST(Packet, StopsKeepBothFromWriting) {
  auto m = run("{ ldc r0, 9 ; vdepth16 }", {{R0, 1}});
  EXPECT_EQ(m.effect.kind, EffectKind::Next) << "32-bit mode";
  m.thread.vector.control = 0x200;
  m.run("{ ldc r0, 8 ; vdepth16 }");
  EXPECT_EQ(m.effect.kind, EffectKind::Unspecified);
  EXPECT_EQ(m[R0], 9u);
}

TEST(Packet, StatusBitsAndIssueModeDoNotMeet) {
  Bench m;
  m[LR] = kBase + 0x20; // to single issue
  m.dual();
  m.thread.sr |= status::kEventsEnabled;
  m.run("{ clrsr 1 ; retsp 0 }");
  EXPECT_EQ(m.thread.sr, 0u);
  Bench entry;
  entry.dual().run("{ setsr 1 ; entsp 0 }");
  EXPECT_EQ(entry.thread.sr, status::kEventsEnabled);
}
TEST(Packet, SetsStateInLaneZero) {
  auto m = run("{ set kep, r11 ; ldc r11, 5 }", {{R11, 0x80080}});
  EXPECT_EQ(m.thread.kep, 0x80080u);
  EXPECT_EQ(m[R11], 5u);
  auto swapped = run("{ get r11, id ; add r0, r11, 1 }", {{R11, 7}});
  EXPECT_EQ(swapped[R11], 0u);
  EXPECT_EQ(swapped[R0], 8u);
}

// Every instruction that may stand in either lane does the same in both, and alone.
TEST(Packet, LaneMakesNoDifference) {
  for (const char *text :
       {"add r0, r1, r2", "sub r0, r1, 5", "shl r0, r1, r2", "zext r0, 8", "mkmsk r0, 16",
        "ldc r0, 33", "clz r0, r1", "andnot r0, r1", "ldaw r0, sp[3]", "extsp 3", "get r11, id",
        "gettime r0", "bitrev r0, r1", "getsr r11, 63"}) {
    const Registers registers{{R0, 0x1234}, {R1, 0xf0f0}, {R2, 3}, {SP, 0x500}};
    auto alone = run(text, registers);
    auto first = run("{ " + std::string(text) + " ; ldc r9, 1 }", registers);
    auto second = run("{ ldc r9, 1 ; " + std::string(text) + " }", registers);
    EXPECT_EQ(first.thread.registers, second.thread.registers) << text;
    alone[R9] = 1;
    EXPECT_EQ(alone.thread.registers, first.thread.registers) << text;
  }
}

// Any two halves together do what each does alone from the same start.
TEST(Packet, RandomPairsAreTheirHalvesApart) {
  constexpr unsigned kSeed = 31;
  const std::vector<std::string> either = {
      "add rA, rB, rC", "sub rA, rB, 7", "eq rA, rB, rC", "shr rA, rB, rC", "zext rA, 8",
      "andnot rA, rB",  "mkmsk rA, rB",  "cls rA, rB",    "ldc rA, 63",     "ldaw rA, dp[3]",
      "lss rA, rB, rC", "neg rA, rB",    "get r11, id",   "extsp 2",        "getsr r11, 63"};
  const std::vector<std::string> resource = {"setsr 3", "clrsr 1", "set kep, r11"};
  const std::vector<std::string> memory = {"ldw rA, r0[rB]", "stw rB, r0[5]", "ld8u rA, r0[rB]",
                                           "stw rB, sp[1]",  "set dp, rB",    "vldd r0[0]",
                                           "vstr r0[0]",     "bt rB, 3",      "bf rB, -3",
                                           "bl 5",           "entsp 2",       "dualentsp 1"};
  std::mt19937 random(kSeed);
  // Lane 0 writes r1..r3, lane 1 r4..r6; both read all of them.
  const auto pick = [&](const std::vector<std::string> &more, char firstWritten) {
    const std::size_t i = random() % (either.size() + more.size());
    std::string text = i < either.size() ? either[i] : more[i - either.size()];
    for (const char letter : {'A', 'B', 'C'})
      if (const auto at = text.find(std::string("r") + letter); at != std::string::npos)
        text[at + 1] = letter == 'A' ? static_cast<char>(firstWritten + random() % 3)
                                     : static_cast<char>('1' + random() % 6);
    return text;
  };
  for (int round = 0; round < 5000; ++round) {
    const std::string first = pick(resource, '1'), second = pick(memory, '4');
    const auto inBoth = [&](const char *name) {
      return first.find(name) != std::string::npos && second.find(name) != std::string::npos;
    };
    if (inBoth("r11") || inBoth("tsp"))
      continue; // both write one register: no assembler lets that pass
    Bench start;
    start.dual();
    start.thread.sr |= static_cast<Word>(random() % 64) & ~status::kWaiting;
    for (Word &value : start.thread.registers)
      value = static_cast<Word>(random() % 20);
    start[R0] = start[SP] = kData;
    Bench low = start, high = start, both = start;
    low.run("{ " + first + " ; nop }");
    high.run("{ nop ; " + second + " }");
    both.run("{ " + first + " ; " + second + " }");
    const std::string what = first + " ; " + second + ", seed 31";
    ASSERT_EQ(both.effect.kind, high.effect.kind) << what;
    ASSERT_EQ(both.thread.pc, high.thread.pc) << what;
    ASSERT_EQ(both.effect.accessAddress, high.effect.accessAddress) << what;
    if (!both.effect.completed()) {
      ASSERT_EQ(both.thread.registers, start.thread.registers) << what;
      continue;
    }
    for (std::size_t i = 0; i < 16; ++i) {
      const Word was = start.thread.registers[i];
      const Word a = low.thread.registers[i], b = high.thread.registers[i];
      ASSERT_EQ(both.thread.registers[i], a != was ? a : b) << what << ", register " << i;
    }
    const Word mode = high.thread.sr & status::kDualIssue;
    ASSERT_EQ(both.thread.sr, (low.thread.sr & ~status::kDualIssue) | mode) << what;
    ASSERT_EQ(both.thread.kep, low.thread.kep) << what;
    ASSERT_EQ(both.thread.vector.vD, high.thread.vector.vD) << what;
    for (Address a = kData - 16; a < kData + 128; a += 4)
      ASSERT_EQ(both.word(a), high.word(a)) << what;
  }
}

TEST(Predecode, CountsAndClasses) {
  const auto of = [](const char *text, bool dual) { return predecode(packet(text), kCode, dual); };
  EXPECT_EQ(of("add r0, r1, r2", false).size, 2);
  EXPECT_EQ(of("{ nop ; nop }", true).instructions, 0);
  EXPECT_EQ(of("{ nop ; vclrdr }", true).instructions, 1);
  EXPECT_EQ(of("{ nop ; vclrdr }", true).count, 2);
  EXPECT_EQ(of("{ ldc r0, 1 ; vclrdr }", true).instructions, 2);
  EXPECT_EQ(of("{ ldc r0, 1 ; ldw r1, sp[1] }", true).port, isa::Port::Data);
  EXPECT_EQ(of("{ ldc r0, 1 ; bt r1, 1 }", true).port, isa::Port::Branch);
  EXPECT_EQ(of("entsp 0", false).port, isa::Port::Free);
  EXPECT_EQ(of("dualentsp 2", false).port, isa::Port::Data);
  EXPECT_EQ(of("retsp 0", false).port, isa::Port::Branch);
  EXPECT_EQ(of("{ ldc r0, 1 ; retsp 2 }", true).port, isa::Port::LoadedBranch);
  EXPECT_EQ(of("bla cp[1]", false).port, isa::Port::LoadedBranch);
  EXPECT_EQ(of("divu r0, r1, r2", true).cost, isa::Cost::Divide);
  EXPECT_EQ(of("{ gettime r0 ; ldw r1, sp[1] }", true).flags, DecodedPacket::ReadsTime);
  EXPECT_EQ(of("{ ldc r0, 1 ; nop }", true).half[0].lane, 0);
  EXPECT_EQ(of("{ ldc r0, 1 ; nop }", true).half[1].opcode, isa::NOP_0r);
}

/// Writes instructions as code and predecodes them.
Bench coded(std::uint32_t word) {
  Bench m;
  m.memory.write(kCode, word);
  return m;
}
TEST(Predecode, ReadsMemory) {
  auto m = coded(0x1ffe9829); // { sub r2, r2, 1 ; vldr r11[0] }
  m[R2] = 5;
  m[R11] = kData;
  m.memory.write(kData, Word{0x01020304});
  m.dual();
  const DecodedPacket packet = predecode(m.memory, kCode, true);
  ASSERT_TRUE(execute(packet, m.thread, m.tile, 0).completed());
  EXPECT_EQ(m[R2], 4u);
  EXPECT_EQ(m.thread.vector.vR[0], 4);
  EXPECT_EQ(predecode(m.memory, kCode, false).size, 2);
  EXPECT_EQ(predecode(m.memory, kCode, false).half[0].opcode, isa::SUB_2rus);
}
TEST(Predecode, ReadsLongInstructions) {
  const auto m = coded(0x3fecfec3); // vstrpv r0[0], r3
  for (const bool dual : {false, true}) {
    const DecodedPacket packet = predecode(m.memory, kCode, dual);
    EXPECT_EQ(packet.count, 1);
    EXPECT_EQ(packet.size, 4);
    EXPECT_EQ(packet.half[0].opcode, isa::VSTRPV_l2r);
  }
}

TrapKind trapAt(Address pc, bool dual, const Memory &memory) {
  Tile tile(memory.base(), memory.size());
  Thread &thread = tile.threads[0];
  thread.pc = pc;
  tile.memory = memory;
  const DecodedPacket packet = predecode(memory, pc, dual);
  const Effect effect = execute(packet, thread, tile, 0);
  EXPECT_EQ(effect.kind, EffectKind::Trap);
  EXPECT_EQ(thread.pc, pc);
  EXPECT_EQ(effect.trap.data, effect.trap.kind == TrapKind::IllegalPc ? pc : 0);
  return effect.trap.kind;
}
TEST(Predecode, IllegalCodeTraps) {
  const auto m = coded(0xf400f400); // 111101 begins no instruction
  EXPECT_EQ(trapAt(kCode, false, m.memory), TrapKind::IllegalInstruction);
  EXPECT_EQ(trapAt(kCode, true, m.memory), TrapKind::IllegalInstruction);
}
TEST(Predecode, IllegalPcTraps) {
  Bench m;
  EXPECT_EQ(trapAt(kBase - 2, false, m.memory), TrapKind::IllegalPc);
  EXPECT_EQ(trapAt(kBase + kBytes, false, m.memory), TrapKind::IllegalPc);
  EXPECT_EQ(trapAt(kCode + 1, false, m.memory), TrapKind::IllegalPc);
  EXPECT_EQ(trapAt(kCode + 2, true, m.memory), TrapKind::IllegalPc);
  m.memory.write(kBase + kBytes - 2, std::uint16_t{0xf000}); // its second half is missing
  EXPECT_EQ(trapAt(kBase + kBytes - 2, false, m.memory), TrapKind::IllegalPc);
}

} // namespace
} // namespace xs3::sim::test
