// Threads that a program starts itself: their rates over a million clocks, and random teams whose
// memory may depend neither on the order of their starts nor on who is how fast.
#include "sim/run/trap_report.h"
#include "tests/sim/run_bench.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>
#include <random>

namespace xs3::sim::test {
namespace {

using Lines = std::vector<std::string>;

/// Starts `count` more threads at `loop`, where all count for ever.
Lines countingThreads(unsigned count, const Lines &before = {}) {
  Lines lines = {"dualentsp 0"};
  for (unsigned i = 0; i < count; ++i)
    for (const char *line : {"getr r9, 4", "init t[r9]:pc, r5", "start t[r9]"})
      lines.emplace_back(line);
  lines.insert(lines.end(), before.begin(), before.end());
  for (const char *line : {"bu loop", "align 16", "entry:", "dualentsp 0", "align 16",
                           "loop:", "add r1, r1, 1", "add r2, r2, 1", "add r3, r3, 1", "bu loop"})
    lines.emplace_back(line);
  return lines;
}

/// Slots of each thread in a million clocks, after the start.
std::array<Slots, 8> rates(const Lines &lines) {
  RunBench bench(program(lines));
  bench.thread()[R5] = bench.at("entry");
  constexpr Cycles kStart = 1'000, kClocks = 1'000'000;
  bench.run({.cycles = kStart});
  std::array<Slots, 8> slots{};
  for (unsigned id = 0; id < 8; ++id)
    slots[id] = bench.counters(id).slots();
  bench.run({.cycles = kStart + kClocks});
  for (unsigned id = 0; id < 8; ++id)
    slots[id] = bench.counters(id).slots() - slots[id];
  return slots;
}

TEST(StartedThreads, GetAFifthEachUpToFiveAndEqualSharesBeyond) {
  for (unsigned threads = 1; threads <= 8; ++threads) {
    const auto slots = rates(countingThreads(threads - 1));
    for (unsigned id = 0; id < threads; ++id)
      EXPECT_NEAR(static_cast<double>(slots[id]), 1e6 / std::max(threads, 5u), 1)
          << threads << " threads";
  }
}

TEST(StartedThreads, OneUrgentThreadLeavesTheRestToSeven) {
  // The published example: at 600 MHz, 120 MHz for the urgent thread and 68.6 for each of the
  // others.
  const auto slots = rates(countingThreads(7, {"setsr_lu6 1024"}));
  EXPECT_EQ(slots[0], 200'000u);
  for (unsigned id = 1; id < 8; ++id)
    EXPECT_NEAR(static_cast<double>(slots[id]), 800'000.0 / 7, 1) << id;
}

/// A team of `roles` slaves that works in rounds. In each, role i makes its word of the next table
/// out of its own and another one of the last table, and adds to a sum under a lock.
class RandomTeam {
public:
  explicit RandomTeam(unsigned seed) : random_(seed) {
    roles_ = number(1, 7);
    rounds_ = number(1, 6);
    for (unsigned i = 0; i < roles_ * rounds_; ++i)
      steps_.push_back({number(0, roles_ - 1), number(0, 60), number(0, 40)});
  }

  unsigned roles() const { return roles_; }
  /// The roles in the order in which the master takes slaves for them; `filler` adds to each role's
  /// idling.
  assembler::Program programFor(const std::vector<unsigned> &order,
                                const std::vector<unsigned> &filler) const;
  /// Both tables and the sum at the end, from the description alone.
  std::vector<Word> expected() const;

  static constexpr Address kData = kSram + 0x3000;
  static constexpr unsigned kTable = 8;    ///< Words from one table to the next; the sum follows.
  static constexpr unsigned kEntries = 32; ///< Word of the table of the roles' addresses.

private:
  struct Step {
    unsigned other, added, filler;
  };
  unsigned number(unsigned low, unsigned high) {
    return std::uniform_int_distribution<unsigned>(low, high)(random_);
  }
  const Step &step(unsigned round, unsigned role) const { return steps_[round * roles_ + role]; }

  std::mt19937 random_;
  unsigned roles_ = 0, rounds_ = 0;
  std::vector<Step> steps_;
};

assembler::Program RandomTeam::programFor(const std::vector<unsigned> &order,
                                          const std::vector<unsigned> &filler) const {
  Lines lines = {"getr r10, 3", "getr r8, 5"};
  const auto add = [&](std::initializer_list<std::string> more) {
    lines.insert(lines.end(), more);
  };
  for (const unsigned role : order)
    add({"getst r9, res[r10]", "ldc r3, " + std::to_string(kEntries + role), "ldw r2, r4[r3]",
         "init t[r9]:pc, r2", "set t[r9]:r1, r4", "set t[r9]:r8, r8"});
  for (unsigned round = 0; round < rounds_; ++round)
    add({"msync res[r10]"});
  add({"mjoin res[r10]", "ldc r0, 0", "ldc r1, 0", "_DoSyscall:", "nop"});
  for (unsigned role = 0; role < roles_; ++role) {
    add({"role" + std::to_string(role) + ":"});
    for (unsigned round = 0; round < rounds_; ++round) {
      const Step &now = step(round, role);
      const unsigned from = round % 2 * kTable, to = kTable - from;
      const std::string loop = "idle" + std::to_string(role) + "." + std::to_string(round);
      add({"ldc r3, " + std::to_string(from + role),
           "ldw r2, r1[r3]",
           "ldc r3, " + std::to_string(from + now.other),
           "ldw r4, r1[r3]",
           "ldc r5, 3",
           "mul r2, r2, r5",
           "add r2, r2, r4",
           "ldc r5, " + std::to_string(now.added),
           "add r2, r2, r5",
           "ldc r6, " + std::to_string(1 + now.filler + filler[role]),
           loop + ":",
           "sub r6, r6, 1",
           "bt r6, " + loop,
           "ldc r3, " + std::to_string(to + role),
           "stw r2, r1[r3]",
           "in r9, res[r8]",
           "ldc r3, " + std::to_string(2 * kTable),
           "ldw r5, r1[r3]",
           "add r5, r5, r2",
           "stw r5, r1[r3]",
           "out res[r8], r0",
           "ssync"});
    }
  }
  return program(lines);
}

std::vector<Word> RandomTeam::expected() const {
  std::vector<Word> words(2 * kTable + 1);
  for (unsigned role = 0; role < roles_; ++role)
    words[role] = role + 1;
  for (unsigned round = 0; round < rounds_; ++round) {
    const std::vector<Word> last = words;
    const unsigned from = round % 2 * kTable, to = kTable - from;
    for (unsigned role = 0; role < roles_; ++role) {
      const Step &now = step(round, role);
      const Word made = 3 * last[from + role] + last[from + now.other] + now.added;
      words[to + role] = made;
      words[2 * kTable] += made;
    }
  }
  return words;
}

/// The words that the team leaves behind, and when it ended.
std::pair<std::vector<Word>, Cycles> runTeam(const assembler::Program &program, unsigned roles) {
  RunBench bench(program);
  bench.thread()[R4] = RandomTeam::kData;
  const auto put = [&](unsigned word, Word value) {
    bench.memory().write(RandomTeam::kData + 4 * word, value);
  };
  for (unsigned role = 0; role < roles; ++role) {
    put(role, role + 1);
    put(RandomTeam::kEntries + role, bench.at("role" + std::to_string(role)));
  }
  const Outcome outcome = bench.run();
  EXPECT_EQ(outcome.kind, Outcome::Kind::Exit) << trapReport(bench.machine, bench.program, outcome);
  std::vector<Word> words;
  for (unsigned word = 0; word <= 2 * RandomTeam::kTable; ++word)
    words.push_back(bench.memory().read<Word>(RandomTeam::kData + 4 * word));
  return {words, bench.machine.cycle()};
}

TEST(RandomTeams, LeaveTheSameMemoryWhateverTheOrderOfTheirStarts) {
  const unsigned seed = std::random_device()();
  for (unsigned round = 0; round < 300; ++round) {
    SCOPED_TRACE("seed " + std::to_string(seed) + ", round " + std::to_string(round));
    RandomTeam team(seed + round);
    std::mt19937 random(seed ^ round);
    std::vector<unsigned> order(team.roles()), filler(team.roles());
    std::iota(order.begin(), order.end(), 0u);
    for (int permutation = 0; permutation < 3; ++permutation) {
      const assembler::Program program = team.programFor(order, filler);
      const auto [words, cycles] = runTeam(program, team.roles());
      ASSERT_EQ(words, team.expected());
      ASSERT_EQ(runTeam(program, team.roles()).second, cycles);
      std::ranges::shuffle(order, random);
      for (unsigned &idle : filler)
        idle = static_cast<unsigned>(random() % 20);
    }
  }
}

} // namespace
} // namespace xs3::sim::test
