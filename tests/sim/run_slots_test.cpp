// Slots of real code: the published loops, random sequences, whole functions.
#include "isa/decode.h"
#include "tests/sim/exec_bench.h"
#include "tests/sim/run_bench.h"
#include "tests/sim/timing_transcription.h"

#include <gtest/gtest.h>

#include <random>

namespace xs3::sim::test {
namespace {

/// Keeps the counters at each arrival at watched addresses.
class Arrivals final : public Observer {
public:
  void onWatch(const Machine &machine, unsigned tile, unsigned thread, Address) override {
    counters.push_back(machine.counters(tile, thread));
    cycles.push_back(machine.cycle());
  }
  std::vector<Counters> counters;
  std::vector<Cycles> cycles;
};

/// A load, an addition, and "b": the loop's branch.
void append(std::vector<std::string> &lines, std::string_view kinds) {
  for (const char kind : kinds)
    lines.emplace_back(kind == 'm'   ? "ldw r3, r10[0]"
                       : kind == 'n' ? "add r4, r4, r5"
                                     : "bt r6, loop");
}

/// Slots of an iteration of this loop in steady state, its first packet at `start` mod 16, in dual
/// issue on the machine.
Slots slotsPerIteration(std::string_view kinds, unsigned start) {
  std::vector<std::string> lines = {"dualentsp 0", "align 16"};
  for (unsigned i = 0; i < start; i += 4)
    lines.emplace_back("nop");
  lines.emplace_back("loop:");
  append(lines, kinds);
  RunBench bench(program(lines));
  bench.thread()[R10] = kSram;
  bench.thread()[R6] = 1;
  Arrivals arrivals;
  bench.machine.addObserver(&arrivals);
  bench.machine.watch(0, bench.at("loop"));
  bench.run({.cycles = 5000});
  const Slots slots = arrivals.counters[4].slots() - arrivals.counters[3].slots();
  EXPECT_EQ(arrivals.cycles[4] - arrivals.cycles[3], 5 * slots) << "five clocks a slot, alone";
  return slots;
}

TEST(MachineSlots, PublishedLoops) {
  EXPECT_EQ(slotsPerIteration(std::string(48, 'm') + "b", 0), 61u) << "V1";
  EXPECT_EQ(slotsPerIteration("mmb", 0), 3u) << "V2";
  EXPECT_EQ(slotsPerIteration("mnmb", 0), 4u) << "V3";
  EXPECT_EQ(slotsPerIteration("mmmmmmnnmmmb", 0), 13u) << "V4";
  const std::string v5 = "mmnnmmmmmmnnmmmnnmmmmnnmmmnnmmb";
  EXPECT_EQ(slotsPerIteration(v5, 4), 31u) << "V5";
  EXPECT_EQ(slotsPerIteration(v5, 0), 32u) << "V5";
  EXPECT_EQ(slotsPerIteration(v5, 8), 33u) << "V5";
  EXPECT_EQ(slotsPerIteration(v5, 12), 34u) << "V5";
  EXPECT_EQ(slotsPerIteration("nnnnnmmb", 0), 8u) << "V6";
  EXPECT_EQ(slotsPerIteration("mmnmmmmb", 0), 8u) << "V7";
  EXPECT_EQ(slotsPerIteration("mmnmmmmb", 4), 9u) << "V7";
  EXPECT_EQ(slotsPerIteration("mmb", 4), 3u) << "V8";
  EXPECT_EQ(slotsPerIteration("mmb", 8), 4u) << "V8";
}

TEST(MachineSlots, V9HasItsFnopsBeforePackets13And21And25) {
  std::vector<std::string> lines = {"dualentsp 0", "align 16", "bu start", "align 16", "start:"};
  append(lines, "mmmnmnmmmmmmmmmnmmmmmmmmnmn");
  lines.emplace_back("end:");
  RunBench bench(program(lines));
  bench.thread()[R10] = kSram;
  Arrivals arrivals;
  bench.machine.addObserver(&arrivals);
  for (Address at = bench.at("start"); at <= bench.at("end"); at += 4)
    bench.machine.watch(0, at);
  bench.run({.packets = 4 + 27});
  std::vector<std::size_t> before;
  for (std::size_t i = 1; i < arrivals.counters.size(); ++i)
    if (arrivals.counters[i].fnops != arrivals.counters[i - 1].fnops)
      before.push_back(i);
  EXPECT_EQ(before, (std::vector<std::size_t>{13, 21, 25}));
}

/// What a call of the label `function` costs, from its first packet to its return, inclusive.
Counters costOfCall(RunBench &bench) {
  Arrivals arrivals;
  bench.machine.addObserver(&arrivals);
  bench.machine.watch(0, bench.at("function"));
  bench.machine.watch(0, bench.at("back"));
  const Outcome outcome = bench.run();
  EXPECT_EQ(outcome.kind, Outcome::Kind::Exit);
  Counters cost = arrivals.counters.at(1);
  cost -= arrivals.counters.at(0);
  return cost;
}

/// A main that calls `function` and ends.
std::vector<std::string> withCaller(const std::vector<std::string> &function) {
  std::vector<std::string> lines = {"dualentsp 0", "bl function", "back:",    "ldc r0, 0",
                                    "_DoSyscall:", "nop",         "align 16", "function:"};
  lines.insert(lines.end(), function.begin(), function.end());
  return lines;
}

class VectorCopy : public testing::TestWithParam<unsigned> {};

TEST_P(VectorCopy, TakesThePublishedSlots) {
  const unsigned blocks = GetParam();
  RunBench bench(
      program(withCaller({"dualentsp 0", "shr r3, r2, 5", "ldc r11, 32", "bf r3, tail",
                          "{ sub r3, r3, 1 ; vldd r1[0] }", "{ add r1, r1, r11 ; vstd r0[0] }",
                          "{ add r0, r0, r11 ; bt r3, -3 }", "tail:", "ldw r4, r10[0]",
                          "ldw r4, r10[0]", "retsp 0"})));
  bench.thread()[R10] = kSram;
  bench.thread()[R0] = kSram + 0x1000;
  bench.thread()[R1] = kSram + 0x2000;
  bench.thread()[R2] = 32 * blocks;
  for (unsigned i = 0; i < 32 * blocks + 1; ++i)
    bench.memory().write<std::uint8_t>(kSram + 0x2000 + i, static_cast<std::uint8_t>(i * 7 + 1));
  const Counters cost = costOfCall(bench);
  EXPECT_EQ(cost.slots(), 8 + 3 * blocks);
  EXPECT_EQ(cost.reads.vector, blocks);
  EXPECT_EQ(cost.writes.bytes, 32 * blocks);
  for (unsigned i = 0; i < 32 * blocks; ++i)
    ASSERT_EQ(bench.memory().read<std::uint8_t>(kSram + 0x1000 + i),
              static_cast<std::uint8_t>(i * 7 + 1));
  EXPECT_EQ(bench.memory().read<std::uint8_t>(kSram + 0x1000 + 32 * blocks), 0);
}

INSTANTIATE_TEST_SUITE_P(Blocks, VectorCopy, testing::Values(0, 1, 2, 3, 10));

struct BinaryConvolution {
  unsigned kernelHeight, kernelWidth, channelGroups;
  Slots slots, fnops;
};

class BinaryConvolutionCall : public testing::TestWithParam<BinaryConvolution> {};

TEST_P(BinaryConvolutionCall, TakesThePredictedSlots) {
  const BinaryConvolution &shape = GetParam();
  std::vector<std::string> code = {"dualentsp 2"};
  const auto add = [&](std::string_view kinds) { append(code, kinds); };
  add("mmmnmnnmmmmmm");
  code.insert(code.end(), {"rows:", "{ sub r0, r0, 1 ; add r7, r8, 0 }"});
  code.insert(code.end(), {"columns:", "{ sub r7, r7, 1 ; add r9, r6, 0 }"});
  code.insert(code.end(), {"groups:", "{ sub r9, r9, 1 ; ldw r3, r10[0] }"});
  add(std::string(16, 'm'));
  code.insert(code.end(), {"bt r9, groups", "bt r7, columns", "bt r0, rows"});
  add("mmmmm");
  code.emplace_back("retsp 2");
  RunBench bench(program(withCaller(code)));
  bench.thread()[R10] = kSram;
  bench.thread()[SP] = kSram + 0x3000;
  bench.thread()[R0] = shape.kernelHeight;
  bench.thread()[R8] = shape.kernelWidth;
  bench.thread()[R6] = shape.channelGroups;
  const Counters cost = costOfCall(bench);
  EXPECT_EQ(cost.slots(), shape.slots);
  EXPECT_EQ(cost.fnops, shape.fnops);
}

INSTANTIATE_TEST_SUITE_P(
    Shapes, BinaryConvolutionCall,
    testing::Values(BinaryConvolution{1, 1, 1, 50, 8}, BinaryConvolution{1, 1, 2, 72, 12},
                    BinaryConvolution{1, 1, 4, 116, 20}, BinaryConvolution{3, 3, 1, 246, 40},
                    BinaryConvolution{3, 3, 2, 444, 76}, BinaryConvolution{3, 3, 4, 840, 148},
                    BinaryConvolution{5, 5, 1, 634, 104}));

TEST(MachineSlots, BinaryOutputTransformHasNoFnopAtAnyAlignment) {
  // The table says 11 slots and no more; its packets are not published, so these stand for them:
  // as many, loads and free ones in turn.
  for (const unsigned nops : {0U, 1U, 2U, 3U}) {
    std::vector<std::string> lines = {"dualentsp 0", "bl function", "back:",   "ldc r0, 0",
                                      "_DoSyscall:", "nop",         "align 16"};
    lines.insert(lines.end(), nops, "nop");
    lines.insert(lines.end(), {"function:", "dualentsp 0"});
    append(lines, "nmnmnmnmn");
    lines.emplace_back("retsp 0");
    RunBench bench(program(lines));
    bench.thread()[R10] = kSram;
    EXPECT_EQ(costOfCall(bench).slots(), 11u) << nops;
  }
}

TEST(MachineSlots, ReturnFromAFrameCostsAnFnop) {
  const auto slotsOfReturn = [](const std::string &entry, const std::string &back) {
    RunBench bench(program({"dualentsp 0", "bl function", "back:", "nop", "after:", "ldc r0, 0",
                            "_DoSyscall:", "nop", "align 16", "function:", entry, back}));
    bench.thread()[SP] = kSram + 0x3000;
    Arrivals arrivals;
    bench.machine.addObserver(&arrivals);
    bench.machine.watch(0, bench.at("back"));
    bench.machine.watch(0, bench.at("after"));
    bench.run();
    return arrivals.counters.at(1).slots() - arrivals.counters.at(0).slots();
  };
  EXPECT_EQ(slotsOfReturn("dualentsp 0", "retsp 0"), 1u);
  EXPECT_EQ(slotsOfReturn("dualentsp 2", "retsp 2"), 2u);
}

TEST(MachineSlots, WatchComesOncePerArrivalBeforeItsFnops) {
  // The fifth load of a line has an FNOP in front.
  RunBench bench(program({"dualentsp 0", "align 16", "bu start", "align 16", "start:",
                          "ldw r3, r10[0]", "ldw r3, r10[0]", "ldw r3, r10[0]", "ldw r3, r10[0]",
                          "fifth:", "ldw r3, r10[0]", "ldc r0, 0", "_DoSyscall:", "nop"}));
  bench.thread()[R10] = kSram;
  Arrivals arrivals;
  bench.machine.addObserver(&arrivals);
  bench.machine.watch(0, bench.at("fifth"));
  bench.run();
  ASSERT_EQ(arrivals.counters.size(), 1u);
  EXPECT_EQ(arrivals.counters[0].fnops, 0u);
  EXPECT_EQ(bench.counters().fnops, 1u);
}

struct Sequence {
  std::vector<std::uint8_t> bytes; ///< From SRAM's base on.
  Address entry;
  std::vector<Step> path; ///< What is executed.
};

void appendBytes(std::vector<std::uint8_t> &bytes, std::uint32_t word, unsigned size) {
  for (unsigned i = 0; i < size; ++i)
    bytes.push_back(static_cast<std::uint8_t>(word >> (8 * i)));
}

/// Random code: loads, additions and forward branches, taken or not, in one issue mode.
class RandomCode {
public:
  RandomCode(std::mt19937 &random, bool dual) : random_(random), dual_(dual) {}

  Sequence make() {
    struct Packet {
      char kind;
      unsigned size;
      bool taken;
      unsigned skip;
      Address offset;
    };
    std::vector<Packet> packets(1 + pick(60));
    Address offset = dual_ ? 4 * pick(4) : 2 * pick(8);
    Sequence sequence;
    sequence.bytes.assign(offset, 0);
    sequence.entry = kSram + offset;
    for (Packet &packet : packets) {
      packet.kind = "mmmmnnnbb"[pick(9)];
      // Branches are four bytes, so that their target can be far.
      packet.size = dual_ || packet.kind == 'b' || pick(2) == 0 ? 4 : 2;
      packet.taken = packet.kind == 'b' && pick(2) == 0;
      packet.skip = pick(5);
      packet.offset = offset;
      offset += packet.size;
    }
    const auto offsetOf = [&](std::size_t i) {
      return i < packets.size() ? packets[i].offset : offset;
    };
    for (std::size_t i = 0; i < packets.size(); ++i) {
      const Packet &packet = packets[i];
      const Address distance = offsetOf(i + 1 + packet.skip) - offsetOf(i + 1);
      appendBytes(sequence.bytes, word(packet.kind, packet.size, packet.taken, distance),
                  packet.size);
    }
    for (std::size_t i = 0; i < packets.size();) {
      const Packet &packet = packets[i];
      const std::size_t next = packet.taken ? i + 1 + packet.skip : i + 1;
      sequence.path.push_back({packet.kind, packet.size, packet.taken, kSram + offsetOf(next)});
      i = next;
    }
    return sequence;
  }

private:
  unsigned pick(unsigned n) { return static_cast<unsigned>(random_() % n); }

  std::uint32_t word(char kind, unsigned size, bool taken, Address distance) const {
    static const isa::Instruction taking = instruction("bt_lru6 r6, 0"),
                                  passing = instruction("bf_lru6 r6, 0");
    static const std::uint32_t load2 = isa::encode(instruction("ldw r3, r10[0]")),
                               load4 = isa::encode(instruction("ldd r3, r2, sp[0]")),
                               add2 = isa::encode(instruction("add r4, r4, r5")),
                               add4 = isa::encode(instruction("mul r4, r4, r5"));
    if (kind == 'b') {
      isa::Instruction branch = taken ? taking : passing;
      branch.operands[1] = static_cast<std::int32_t>(distance / (dual_ ? 4 : 2));
      return isa::encode(branch);
    }
    return size == 2 ? (kind == 'm' ? load2 : add2) : (kind == 'm' ? load4 : add4);
  }

  std::mt19937 &random_;
  bool dual_;
};

TEST(MachineSlots, EqualTheTranscribedRuleOn100000RandomSequences) {
  const unsigned seed = std::random_device()();
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937 random(seed);
  const std::string settings[] = {"architecture.tiles=1", "architecture.sram.bytes=4096"};
  const MachineDescription tiny = loadMachine("xu316", settings);
  for (unsigned round = 0; round < 100'000; ++round) {
    const bool dual = round % 2 == 0;
    const Sequence sequence = RandomCode(random, dual).make();
    assembler::Program program;
    const auto size = static_cast<std::uint32_t>(sequence.bytes.size());
    program.segments.push_back({".text", kSram, sequence.bytes, size, true, true});
    program.entry = sequence.entry;
    Machine machine(tiny);
    machine.load(program);
    Thread &thread = machine.tile(0).threads[0];
    thread[R10] = thread[SP] = kSram + 2048;
    thread[R6] = 1;
    thread.sr = dual ? status::kDualIssue : 0;
    machine.run({.packets = sequence.path.size()});
    const Counters &counters = machine.counters(0, 0);
    ASSERT_EQ(counters.packets, sequence.path.size()) << "round " << round;
    ASSERT_EQ(counters.slots(), transcribedSlots(sequence.path, sequence.entry))
        << "round " << round;
  }
}

} // namespace
} // namespace xs3::sim::test
