// External memory: what accesses find there, and what its cache makes of time and traffic. At
// 600 MHz a line takes 150 ns = 90 clocks, a thread's slots are 5 clocks apart.
#include "tests/sim/run_bench.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <deque>
#include <random>

namespace xs3::sim::test {
namespace {

constexpr Address kExternal = 0x10000000;
constexpr std::uint32_t kLine = 32;
constexpr Cycles kFill = 90, kSlot = 5;

MachineDescription externalMachine(std::vector<std::string> more = {}) {
  std::vector<std::string> settings = {"architecture.tiles=1", "architecture.sram.bytes=16384"};
  settings.insert(settings.end(), more.begin(), more.end());
  return loadMachine("xu316-lpddr", settings);
}

/// r0 points to external memory; `lines` follow; the program ends.
assembler::Program onExternal(const std::vector<std::string> &lines) {
  std::vector<std::string> all = {"dualentsp 0", "ldc r0, 1", "ldc r4, 28", "shl r0, r0, r4"};
  all.insert(all.end(), lines.begin(), lines.end());
  for (const char *line : {"ldc r0, 0", "ldc r1, 0", "_DoSyscall:", "nop"})
    all.emplace_back(line);
  return program(all);
}

/// Clocks that the lines take longer than as many packets without misses would.
Cycles extraClocks(const std::vector<std::string> &lines, RunBench &bench) {
  const auto base = std::vector<std::string>(lines.size(), "add r5, r5, 0");
  RunBench plain(onExternal(base), externalMachine());
  EXPECT_EQ(plain.run().kind, Outcome::Kind::Exit);
  EXPECT_EQ(bench.run().kind, Outcome::Kind::Exit);
  const auto fnops = [](const RunBench &b) { return b.counters().fnops * kSlot; };
  return (bench.machine.cycle() - fnops(bench)) - (plain.machine.cycle() - fnops(plain));
}

TEST(External, AMissWaitsForItsLineAndTheLineStays) {
  const std::vector<std::string> lines = {"ldw r1, r0[0]", "ldw r2, r0[7]", "ldw r3, r0[1]"};
  RunBench bench(onExternal(lines), externalMachine());
  bench.memory().write<Word>(kExternal, 0x11111111);
  bench.memory().write<Word>(kExternal + 28, 0x22222222);
  EXPECT_EQ(extraClocks(lines, bench), kFill);
  EXPECT_EQ(bench[R2], 0x22222222u);
  const ExternalCounts &counts = bench.counters().external;
  EXPECT_EQ(counts.misses, 1u);
  EXPECT_EQ(counts.fills, 1u);
  EXPECT_EQ(counts.writebacks, 0u);
  EXPECT_EQ(counts.reads.narrow, 3u);
  EXPECT_EQ(counts.reads.bytes, 12u);
  EXPECT_EQ(bench.counters().reads.narrow, 0u) << "nothing was read from SRAM";
}

TEST(External, AVectorAcrossTwoLinesWaitsForBoth) {
  const std::vector<std::string> lines = {"add r11, r0, 4", "vldr r11[0]"};
  RunBench bench(onExternal(lines), externalMachine());
  EXPECT_EQ(extraClocks(lines, bench), 2 * kFill);
  EXPECT_EQ(bench.counters().external.misses, 2u);
  EXPECT_EQ(bench.counters().external.reads.vector, 1u);
}

TEST(External, AWrittenLineIsWrittenBackBeforeItsPlaceIsFilled) {
  // Nine lines: the first of eight, written, is given up for the ninth.
  std::vector<std::string> lines = {"stw r4, r0[0]", "ldc r6, 32"};
  for (int i = 0; i < 8; ++i) {
    lines.emplace_back("add r0, r0, r6");
    lines.emplace_back("ldw r1, r0[0]");
  }
  RunBench bench(onExternal(lines), externalMachine());
  EXPECT_EQ(extraClocks(lines, bench), 9 * kFill + kFill);
  EXPECT_EQ(bench.counters().external.fills, 9u);
  EXPECT_EQ(bench.counters().external.writebacks, 1u);
  EXPECT_EQ(bench.memory().read<Word>(kExternal), 28u);
}

TEST(External, APrefetchedLineIsOnItsWayWhileTheThreadGoesOn) {
  // Ten slots between the prefetch and the load: 11 * 5 of the 90 clocks are over.
  std::vector<std::string> lines = {"add r11, r0, 0", "prefetch r11"};
  lines.resize(12, "add r5, r5, 1");
  lines.emplace_back("ldw r1, r0[0]");
  RunBench bench(onExternal(lines), externalMachine());
  EXPECT_EQ(extraClocks(lines, bench), kFill - 11 * kSlot);
  EXPECT_EQ(bench.counters().external.misses, 0u);
  EXPECT_EQ(bench.counters().external.fills, 1u);
}

/// Clocks for copying `lines` lines to SRAM, prefetching so many lines ahead.
Cycles copyClocks(unsigned lines, unsigned ahead) {
  RunBench bench(onExternal({"ldc r7, 130", "ldc r4, 12", "shl r1, r7, r4", "ldc r6, 32",
                             "ldc r7, " + std::to_string(kLine * ahead), "add r11, r0, r7",
                             "ldc r8, " + std::to_string(lines), "align 16", "loop:",
                             "prefetch r11", "add r11, r11, r6", "vldd r0[0]", "add r0, r0, r6",
                             "vstd r1[0]", "add r1, r1, r6", "sub r8, r8, 1", "bt r8, loop"}),
                 externalMachine());
  for (Address i = 0; i < kLine * lines; i += 4)
    bench.memory().write<Word>(kExternal + i, 3 * i + 1);
  EXPECT_EQ(bench.run().kind, Outcome::Kind::Exit);
  for (Address i = 0; i < kLine * lines; i += 4)
    EXPECT_EQ(bench.memory().read<Word>(0x82000 + i), 3 * i + 1);
  return bench.machine.cycle();
}

TEST(External, ACopyThatPrefetchesTwoLinesAheadKeepsTheInterfaceBusy) {
  // The 32 lines in the middle: nothing but fills, one after the other. A line that is prefetched
  // in the slot before it is loaded, or not at all, leaves gaps.
  EXPECT_EQ(copyClocks(64, 2) - copyClocks(32, 2), 32 * kFill);
  EXPECT_GT(copyClocks(64, 0) - copyClocks(32, 0), 32 * (kFill + 5 * kSlot));
}

TEST(External, OtherThreadsGoOnWhileOneWaits) {
  const assembler::Program code =
      program({"dualentsp 0", "align 16", "loop:", "add r1, r1, 1", "bu loop",
               "other:", "ldw r2, r0[0]", "add r0, r0, r6", "bu other"});
  Machine machine(externalMachine());
  machine.load(code);
  for (unsigned id = 0; id < 2; ++id) {
    Thread &thread = machine.tile(0).threads[id];
    thread.activity = Activity::Running;
    thread.pc = label(code, id == 0 ? "loop" : "other");
    thread.sr = status::kDualIssue;
  }
  machine.tile(0).threads[1][R0] = kExternal;
  machine.tile(0).threads[1][R6] = kLine;
  machine.run({.cycles = 50'000});
  EXPECT_EQ(machine.counters(0, 0).slots(), 10'000u) << "a slot every five clocks";
  // A round is a line and the two slots of add and branch; every fourth one fetches once more.
  const std::uint64_t rounds = machine.counters(0, 1).external.misses;
  EXPECT_NEAR(static_cast<double>(rounds), 50'000.0 / (kFill + 3 * kSlot), 40);
  EXPECT_GT(machine.counters(0, 1).waits[static_cast<std::size_t>(WaitReason::External)],
            rounds * (kFill - 2 * kSlot));
}

TEST(External, CodeRunsThere) {
  RunBench bench(onExternal({"bau r0"}), externalMachine());
  const assembler::Program there = program({"dualentsp 0", "ldc r1, 7", "ldc r0, 0", "bau r5"});
  std::copy(there.segments[0].bytes.begin(), there.segments[0].bytes.end(),
            bench.memory().at(kExternal));
  bench.thread()[R5] = bench.at("_DoSyscall");
  const Outcome outcome = bench.run();
  EXPECT_EQ(outcome.kind, Outcome::Kind::Exit);
  EXPECT_EQ(outcome.status, 7);
  EXPECT_EQ(bench.counters().external.misses, 1u);
  EXPECT_GE(bench.counters().external.fetches, 1u);
}

TEST(External, IsNotThereOnAMachineWithoutIt) {
  RunBench bench(onExternal({"ldw r1, r0[0]"}));
  const Outcome outcome = bench.run();
  EXPECT_EQ(outcome.kind, Outcome::Kind::Trap);
  EXPECT_EQ(outcome.trap.data, kExternal);
}

TEST(External, AMisalignedAccessTrapsAsInSram) {
  RunBench bench(onExternal({"add r0, r0, 2", "ldw r1, r0[0]"}), externalMachine());
  const Outcome outcome = bench.run();
  EXPECT_EQ(outcome.kind, Outcome::Kind::Trap);
  EXPECT_EQ(outcome.trap.data, kExternal + 2);
}

TEST(External, TheBandOfTimeFollowsTheMiss) {
  for (const auto &[setting, clocks] : {std::pair{"cost.extmem.miss_ns=80", Cycles{48}},
                                        std::pair{"cost.extmem.miss_ns=400", Cycles{240}}}) {
    const std::vector<std::string> lines = {"ldw r1, r0[0]"};
    RunBench bench(onExternal(lines), externalMachine({setting}));
    EXPECT_EQ(extraClocks(lines, bench), clocks) << setting;
  }
}

/// A cache told as a story: the lines held, and who was used last by halves of halves. Written from
/// the rules in docs/timing.md, for one thread whose slots are kSlot apart.
class Story {
public:
  /// The clock at which the access that is issued at `now` completes.
  Cycles access(Address address, std::uint32_t bytes, bool writes, Cycles now) {
    Cycles done = now;
    for (Address line = address / kLine; line <= (address + bytes - 1) / kLine; ++line) {
      const std::size_t place = holds(line) ? placeOf(line) : bring(line, now);
      use(place);
      written_[place] = written_[place] || writes;
      done = std::max(done, arrival_[place]);
    }
    return done;
  }

  std::uint64_t fills = 0, writebacks = 0;

private:
  bool holds(Address line) const { return std::ranges::find(lines_, line) != lines_.end(); }
  std::size_t placeOf(Address line) const {
    return static_cast<std::size_t>(std::ranges::find(lines_, line) - lines_.begin());
  }

  std::size_t bring(Address line, Cycles now) {
    const std::size_t place = lines_.size() < 8 ? lines_.size() : oldest();
    if (place == lines_.size()) {
      lines_.push_back(line);
      arrival_.push_back(0);
      written_.push_back(false);
    }
    free_ = std::max(free_, now);
    if (written_[place]) {
      free_ += kFill;
      ++writebacks;
    }
    free_ += kFill;
    ++fills;
    lines_[place] = line;
    written_[place] = false;
    arrival_[place] = free_;
    return place;
  }

  /// Three questions, each put to the side that was not used last.
  void use(std::size_t place) {
    top_ = place / 4;
    middle_[place / 4] = place / 2 % 2;
    bottom_[place / 2] = place % 2;
  }
  std::size_t oldest() const {
    const std::size_t half = 1 - top_;
    const std::size_t quarter = half * 2 + (1 - middle_[half]);
    return quarter * 2 + (1 - bottom_[quarter]);
  }

  std::vector<Address> lines_;
  std::vector<Cycles> arrival_;
  std::deque<bool> written_;
  std::size_t top_ = 1;
  std::array<std::size_t, 2> middle_ = {1, 1};
  std::array<std::size_t, 4> bottom_ = {1, 1, 1, 1};
  Cycles free_ = 0;
};

TEST(External, RandomAccessesTakeTheTimeOfAPlainModel) {
  const auto seed = std::random_device{}();
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937 random(seed);
  for (int round = 0; round < 40; ++round) {
    // Each access in a packet of its own; r0..r3 and r11 point to places of 16 lines.
    std::vector<Address> places(5);
    for (Address &place : places)
      place = kExternal + static_cast<Address>(random() % (16 * kLine) / 4 * 4);
    Story story;
    Cycles expected = 0;
    std::vector<std::string> lines;
    std::vector<Word> written;
    for (int i = 0; i < 120; ++i) {
      const std::size_t which = random() % 4;
      const auto index = static_cast<Word>(random() % 12);
      const bool writes = random() % 3 == 0;
      lines.push_back(std::string(writes ? "stw r4, r" : "ldw r5, r") + std::to_string(which) +
                      "[" + std::to_string(index) + "]");
      const Address address = places[which] + 4 * index;
      if (writes)
        written.push_back(address);
      // From the slot in which it is issued to the clock of the next packet's.
      expected = story.access(address, 4, writes, expected) + kSlot;
    }
    lines.insert(lines.begin(), "align 16");
    lines.insert(lines.begin(), "dualentsp 0");
    for (const char *line : {"ldc r0, 0", "ldc r1, 0", "_DoSyscall:", "nop"})
      lines.emplace_back(line);
    // Fetched all at once, so that only accesses cost time.
    MachineDescription machine = externalMachine({"cost.memory.ports=2"});
    RunBench bench(program(lines), machine);
    for (std::size_t i = 0; i < 4; ++i)
      bench.thread()[static_cast<Register>(i)] = places[i];
    bench.thread()[R4] = 0x12345678;
    ASSERT_EQ(bench.run().kind, Outcome::Kind::Exit);
    const Counters &counters = bench.counters();
    EXPECT_EQ(counters.external.fills, story.fills);
    EXPECT_EQ(counters.external.writebacks, story.writebacks);
    // Packets before and behind the accesses; one that missed is counted again when it completes.
    const Cycles others = (counters.packets - story.fills - 120 + counters.fnops) * kSlot;
    EXPECT_EQ(bench.machine.cycle(), expected + others);
    for (const Address address : written)
      EXPECT_EQ(bench.memory().read<Word>(address), 0x12345678u);
  }
}

} // namespace
} // namespace xs3::sim::test
