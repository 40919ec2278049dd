// Threads that start, synchronise and end each other, and locks: the scenarios and state tables of
// resources.md sections 2, 3, 6 and 11.
#include "sim/run/trap_report.h"
#include "tests/sim/run_bench.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace xs3::sim::test {
namespace {

using testing::HasSubstr;

constexpr Address kData = kSram + 0x2000; ///< Words that the programs count in.
constexpr Address kStacks = kSram + 0x3000;

using Lines = std::vector<std::string>;

Lines operator+(Lines a, const Lines &b) {
  a.insert(a.end(), b.begin(), b.end());
  return a;
}

/// Ends the program.
const Lines kExit = {"ldc r0, 0", "ldc r1, 0", "_DoSyscall:", "nop"};

/// A machine whose thread 0 starts with r5 = the label `slave`, r4 = kData and r6 = kStacks.
struct TeamBench : RunBench {
  explicit TeamBench(const Lines &lines) : RunBench(test::program(lines)) {
    thread()[R4] = kData;
    thread()[R6] = kStacks;
    thread()[R5] = program.find("slave") != nullptr ? at("slave") : 0;
  }
  Word word(unsigned index) { return memory().read<Word>(kData + 4 * index); }
  Activity activity(unsigned id) { return machine.tiles()[0].threads[id].activity; }
};

void expectExit(TeamBench &bench) {
  const Outcome outcome = bench.run();
  EXPECT_EQ(outcome.kind, Outcome::Kind::Exit) << trapReport(bench.machine, bench.program, outcome);
}

/// Both issue modes.
class Teams : public testing::TestWithParam<bool> {
protected:
  Lines mode(const Lines &lines) const {
    return (GetParam() ? Lines{"dualentsp 0"} : Lines{}) + lines;
  }
  /// A slave begins in single issue.
  Lines slave(const Lines &lines) const {
    return Lines{"slave:", GetParam() ? "dualentsp 0" : "entsp 0"} + lines;
  }
};
INSTANTIATE_TEST_SUITE_P(IssueModes, Teams, testing::Bool(),
                         [](const auto &mode) { return mode.param ? "dual" : "single"; });

/// Starts `count` slaves of the synchroniser r10, ids in r9; slave i has r0 = i + 1, r1 = kData.
Lines takeSlaves(unsigned count) {
  Lines lines = {"getr r10, 3", "ldc r7, 0"};
  for (unsigned i = 0; i < count; ++i)
    lines = lines + Lines{"getst r9, res[r10]", "init t[r9]:pc, r5", "add r7, r7, 1",
                          "set t[r9]:r0, r7", "set t[r9]:r1, r4"};
  return lines;
}

/// Adds 1 to word r0 of r1.
const Lines kIncrement = {"ldw r2, r1[r0]", "add r2, r2, 1", "stw r2, r1[r0]"};

// ------------------------------------------------------------------------------ section 11

TEST_P(Teams, AnUnsynchronisedThreadStartsRunsAndFreesItself) { // row 3
  TeamBench bench(mode({"getr r1, 4", "init t[r1]:pc, r5", "init t[r1]:sp, r6", "ldc r2, 77",
                        "init t[r1]:lr, r2", "set t[r1]:r0, r2", "set t[r1]:r1, r4", "start t[r1]",
                        "wait:", "ldw r3, r4[2]", "bf r3, wait", "ldc r3, 20",
                        "rest:", "sub r3, r3, 1", "bt r3, rest", "getr r2, 4"}) +
                  kExit +
                  slave({"get r11, id", "stw r0, r1[0]", "stw r11, r1[1]", "ldc r0, 1",
                         "stw r0, r1[2]", "freet"}));
  expectExit(bench);
  EXPECT_EQ(bench.word(0), 77u);
  EXPECT_EQ(bench.word(1), 1u);
  EXPECT_EQ(bench[R2], 0x104u);
  EXPECT_EQ(bench.machine.tiles()[0].threads[1][SP], kStacks);
}

TEST_P(Teams, InitOnARunningThreadTraps) { // row 4
  TeamBench bench(
      mode({"getr r1, 4", "init t[r1]:pc, r5", "start t[r1]", "here:", "init t[r1]:pc, r5"}) +
      slave({"loop:", "bu loop"}));
  const Outcome outcome = bench.run();
  EXPECT_EQ(outcome.kind, Outcome::Kind::Trap);
  EXPECT_EQ(outcome.trap.kind, TrapKind::IllegalResource);
  EXPECT_EQ(outcome.trap.data, 0x104u);
  EXPECT_EQ(outcome.pc, bench.at("here"));
}

TEST_P(Teams, SevenSlavesWorkAndAreJoined) { // row 5
  TeamBench bench(mode(takeSlaves(7) + Lines{"getst r8, res[r10]", "msync res[r10]",
                                             "mjoin res[r10]", "getst r3, res[r10]"}) +
                  kExit + slave(kIncrement + Lines{"ssync"}));
  bench.thread()[R8] = 5;
  expectExit(bench);
  EXPECT_EQ(bench[R8], 0u); // the eighth
  for (unsigned i = 1; i <= 7; ++i)
    EXPECT_EQ(bench.word(i), 1u) << i;
  EXPECT_EQ(bench[R3], 0x104u); // free again
  for (unsigned id = 2; id < 8; ++id)
    EXPECT_EQ(bench.activity(id), Activity::Free) << id;
}

TEST_P(Teams, WaitingSlavesTakeNewRegistersIntoTheNextRound) { // row 6
  const Lines round = kIncrement + Lines{"ssync"};
  TeamBench bench(
      mode(takeSlaves(1) + Lines{"msync res[r10]", "ldc r3, 100", "rest:", "sub r3, r3, 1",
                                 "bt r3, rest", "ldc r7, 9", "set t[r9]:r0, r7", "msync res[r10]",
                                 "mjoin res[r10]"}) +
      kExit + slave(Lines{"again:"} + round + Lines{"bu again"}));
  expectExit(bench);
  EXPECT_EQ(bench.word(1), 1u);
  EXPECT_EQ(bench.word(9), 1u);
}

TEST_P(Teams, AWaitingSlaveMayBeSentElsewhere) {
  TeamBench bench(
      mode(takeSlaves(1) + Lines{"msync res[r10]", "mjoin res[r10]"}) + kExit +
      slave({"ssync", "stw r1, r1[0]", "elsewhere:", "ldc r0, 3", "stw r0, r1[1]", "ssync"}));
  // The slave waits in its first ssync while it is sent on.
  Lines lines = mode(takeSlaves(1) + Lines{"msync res[r10]", "ldc r3, 50", "rest:", "sub r3, r3, 1",
                                           "bt r3, rest", "init t[r9]:pc, r6", "msync res[r10]",
                                           "mjoin res[r10]"}) +
                kExit +
                slave({"ssync", "stw r1, r1[0]", "entsp 0", "elsewhere:", "ldc r0, 3",
                       "stw r0, r1[1]", "ssync"});
  TeamBench sent(lines);
  sent.thread()[R6] = sent.at("elsewhere");
  expectExit(sent);
  EXPECT_EQ(sent.word(0), 0u); // what follows the ssync was skipped
  EXPECT_EQ(sent.word(1), 3u);
}

TEST_P(Teams, WithoutSlavesMasterGoesOn) { // row 7
  TeamBench bench(mode({"getr r10, 3", "msync res[r10]", "mjoin res[r10]", "freer res[r10]"}) +
                  kExit);
  expectExit(bench);
}

TEST_P(Teams, ItDoesNotMatterWhoComesFirst) { // row 8
  for (const unsigned masterRests : {1u, 200u}) {
    TeamBench bench(
        mode(takeSlaves(2) + Lines{"msync res[r10]", "ldc_lru6 r3, " + std::to_string(masterRests),
                                   "rest:", "sub r3, r3, 1", "bt r3, rest", "mjoin res[r10]"}) +
        kExit +
        slave(Lines{"ldc r3, 30", "work:", "sub r3, r3, 1", "bt r3, work"} + kIncrement +
              Lines{"ssync"}));
    expectExit(bench);
    EXPECT_EQ(bench.word(1) + bench.word(2), 2u) << masterRests;
    const bool masterWaits = masterRests == 1;
    const auto mjoin = static_cast<std::size_t>(WaitReason::Mjoin);
    EXPECT_EQ(bench.counters(0).waits[mjoin] > 100, masterWaits);
    const auto ssync = static_cast<std::size_t>(WaitReason::Ssync);
    EXPECT_EQ(bench.counters(2).waits[ssync] > 100, !masterWaits);
  }
}

TEST_P(Teams, SsyncOutsideAGroupIsADeadlockThatSaysSo) { // row 9
  TeamBench bench(mode({"nop", "here:", "ssync"}));
  const Outcome outcome = bench.run();
  EXPECT_EQ(outcome.kind, Outcome::Kind::Deadlock);
  const std::string text = outcomeSentence(bench.machine, bench.program, outcome);
  EXPECT_THAT(text, HasSubstr("tile 0 thread 0 at here"));
  EXPECT_THAT(text, HasSubstr("ssync outside a group"));
}

TEST_P(Teams, ASlaveWritesItsMastersRegister) { // row 10
  TeamBench bench(mode(takeSlaves(1) + Lines{"ldc r2, 0", "msync res[r10]", "mjoin res[r10]"}) +
                  kExit + slave({"ldc r3, 44", "tsetmr r2, r3", "ssync"}));
  expectExit(bench);
  EXPECT_EQ(bench[R2], 44u);
}

TEST_P(Teams, RegistersSurviveFreeingAndAllocating) { // row 11
  TeamBench bench(mode(takeSlaves(3) + Lines{"msync res[r10]", "mjoin res[r10]"} + takeSlaves(3) +
                       Lines{"msync res[r10]", "mjoin res[r10]"}) +
                  kExit + slave({"ldaw r11, dp[0]", "stw r11, r1[r0]", "set dp, r1", "ssync"}));
  expectExit(bench);
  for (unsigned i = 1; i <= 3; ++i)
    EXPECT_EQ(bench.word(i), kData); // what the first life had set
}

// ------------------------------------------------------------------------------ the state tables

/// The program traps at `here` for want of a right to the resource `id`.
void expectIllegal(const Lines &lines, Word id) {
  TeamBench bench(lines + Lines{"slave:", "bu slave"});
  const Outcome outcome = bench.run();
  ASSERT_EQ(outcome.kind, Outcome::Kind::Trap) << outcome.explanation;
  EXPECT_EQ(outcome.trap.kind, TrapKind::IllegalResource);
  EXPECT_EQ(outcome.trap.data, id);
  EXPECT_EQ(outcome.pc, bench.at("here"));
}

TEST(TeamRules, WhatMayNotBeUsedTraps) {
  const Lines used = {"getr r10, 3", "getst r9, res[r10]", "getr r8, 4"};
  const Lines started =
      used + Lines{"init t[r9]:pc, r5", "init t[r8]:pc, r5", "msync res[r10]", "start t[r8]"};
  for (const char *set : {"init t[r1]:pc, r5", "init t[r1]:sp, r5", "init t[r1]:dp, r5",
                          "init t[r1]:cp, r5", "init t[r1]:lr, r5", "set t[r1]:r3, r5"}) {
    expectIllegal(started + Lines{"add r1, r9, 0", "here:", set}, 0x104); // S
    expectIllegal(started + Lines{"add r1, r8, 0", "here:", set}, 0x204); // U
    expectIllegal({"ldc_lru6 r1, 260", "here:", set}, 0x104);             // F
    expectIllegal({"ldc r1, 4", "here:", set}, 4);                        // oneself
    expectIllegal({"ldc_lru6 r1, 2052", "here:", set}, 0x804);            // does not exist
  }
  expectIllegal(started + Lines{"here:", "start t[r8]"}, 0x204);
  expectIllegal(used + Lines{"here:", "start t[r9]"}, 0x104);
  expectIllegal(started + Lines{"here:", "start t[r9]"}, 0x104);
  expectIllegal({"ldc_lru6 r1, 260", "here:", "start t[r1]"}, 0x104);
  for (const char *use : {"getst r0, res[r1]", "msync res[r1]", "mjoin res[r1]"}) {
    expectIllegal({"ldc r1, 3", "here:", use}, 3);                   // not in use
    expectIllegal({"getr r1, 3", "freer res[r1]", "here:", use}, 3); // freed
    expectIllegal({"getr r1, 5", "here:", use}, 5);                  // a lock
    expectIllegal({"ldc_lru6 r1, 4660", "here:", use}, 0x1234);      // malformed
    expectIllegal(
        {"ldc_lru6 r1, 65280", "getr r2, 3", "shl r1, r1, 8", "or r1, r1, r2", "here:", use},
        0xff0003);
  }
  expectIllegal(started + Lines{"here:", "freer res[r9]"}, 0x104);
  expectIllegal({"ldc r1, 2", "here:", "in r0, res[r1]"}, 2);
  expectIllegal({"ldc_lru6 r1, 4660", "here:", "out res[r1], r0"}, 0x1234);
  expectIllegal({"getr r1, 1", "here:", "out res[r1], r0"}, 1);
  expectIllegal({"getr r1, 3", "here:", "in r0, res[r1]"}, 3);
}

TEST(TeamRules, IdsAreTheLowestFreeOnes) {
  TeamBench bench(Lines{"getr r0, 4", "getr r1, 4", "freer res[r0]", "getr r2, 4", // threads
                        "getr r3, 3", "getr r7, 3", "freer res[r3]", "getr r8, 3", // synchronisers
                        "getr r9, 0", "getr r10, 6", "getr r11, 9", "here:", "nop"} +
                  kExit);
  bench.machine.watch(0, bench.at("here"));
  bench.run();
  EXPECT_EQ(bench[R2], 0x104u);
  EXPECT_EQ(bench[R7], 0x103u);
  EXPECT_EQ(bench[R8], 0x003u);
  EXPECT_EQ(bench[R9] + bench[R10] + bench[R11], 0u); // cannot be allocated
}

TEST(TeamRules, EachTypeHasItsNumber) {
  const std::pair<unsigned, unsigned> counts[] = {{1, 10}, {3, 7}, {4, 7}, {5, 4}};
  for (const auto &[type, count] : counts) {
    // Counts how often getr succeeds, and keeps the last id.
    TeamBench bench(Lines{"ldc r8, 0", "loop:", "getr r9, " + std::to_string(type), "bf r9, done",
                          "add r8, r8, 1", "add r7, r9, 0", "bu loop", "done:"} +
                    kExit);
    bench.run();
    EXPECT_EQ(bench[R8], count) << type;
    const unsigned last = type == 4 ? count : count - 1; // thread 0 runs
    EXPECT_EQ(bench[R7], last << 8 | type);
  }
}

TEST(TeamRules, ChannelEndsAreNamedAsMissing) {
  TeamBench bench({"here:", "getr r0, 2"});
  const Outcome outcome = bench.run();
  EXPECT_EQ(outcome.kind, Outcome::Kind::Unimplemented);
  EXPECT_THAT(outcome.explanation, HasSubstr("getr"));
}

TEST(TeamRules, WhatNobodyKnowsStops) {
  const Lines team = {"getr r10, 3", "getst r9, res[r10]", "init t[r9]:pc, r5",
                      "set t[r9]:r10, r10"};
  const std::pair<Lines, const char *> cases[] = {
      {team + Lines{"here:", "freer res[r10]"}, "still has slaves"},
      {team + Lines{"msync res[r10]", "mjoin res[r10]", "slave:", "here:", "freet"},
       "freet in a slave"},
      {team + Lines{"msync res[r10]", "mjoin res[r10]", "slave:", "here:", "msync res[r10]"},
       "another thread"},
      {team + Lines{"msync res[r10]", "mjoin res[r10]", "slave:", "here:", "mjoin res[r10]"},
       "another thread"},
      {team + Lines{"msync res[r10]", "mjoin res[r10]", "slave:", "here:", "getst r0, res[r10]"},
       "another thread"}};
  for (const auto &[lines, sentence] : cases) {
    TeamBench bench(lines);
    const Outcome outcome = bench.run();
    EXPECT_EQ(outcome.kind, Outcome::Kind::Unspecified) << sentence;
    EXPECT_EQ(outcome.pc, bench.at("here")) << sentence;
    EXPECT_THAT(outcome.explanation, HasSubstr(sentence));
  }
}

TEST(TeamRules, SlavesThatNeverStartedAreJoined) {
  TeamBench bench(takeSlaves(3) + Lines{"mjoin res[r10]", "freer res[r10]"} + kExit +
                  Lines{"slave:", "stw r1, r1[0]", "ssync"});
  expectExit(bench);
  EXPECT_EQ(bench.activity(1), Activity::Free);
  EXPECT_EQ(bench.word(0), 0u);
}

TEST(TeamRules, ASlaveTakenBetweenRoundsJoinsTheNext) {
  TeamBench bench(takeSlaves(1) +
                  Lines{"msync res[r10]", "getst r9, res[r10]", "init t[r9]:pc, r5", "ldc r7, 5",
                        "set t[r9]:r0, r7", "set t[r9]:r1, r4", "msync res[r10]",
                        "mjoin res[r10]"} +
                  kExit + Lines{"slave:"} + kIncrement + Lines{"ssync", "bu slave"});
  expectExit(bench);
  EXPECT_EQ(bench.word(1), 2u);
  EXPECT_EQ(bench.word(5), 1u);
}

TEST(TeamRules, ANestedMasterMayBeASlave) {
  // The slave has a slave of its own, thread 2, which runs `inner`.
  TeamBench bench(takeSlaves(1) + Lines{"set t[r9]:r5, r6", "msync res[r10]", "mjoin res[r10]"} +
                  kExit +
                  Lines{"slave:", "getr r10, 3", "getst r9, res[r10]", "init t[r9]:pc, r5",
                        "set t[r9]:r1, r1", "msync res[r10]", "mjoin res[r10]", "ldw r2, r1[3]",
                        "stw r2, r1[4]", "ssync", "inner:", "ldc r2, 8", "stw r2, r1[3]", "ssync"});
  bench.thread()[R6] = bench.at("inner");
  expectExit(bench);
  EXPECT_EQ(bench.word(4), 8u);
}

TEST(TeamRules, FreshThreadsBeginInSingleIssueUnlessBit0IsSet) {
  const Lines dispatch = {"getr r10, 3",      "getst r9, res[r10]", "init t[r9]:pc, r5",
                          "set t[r9]:r1, r4", "msync res[r10]",     "mjoin res[r10]"};
  const Lines slave = {"align 4", "slave:", "getsr_lu6 r11, 256", "stw r11, r1[0]", "nop",
                       "ssync",   "nop"};
  TeamBench single(dispatch + kExit + slave);
  expectExit(single);
  EXPECT_EQ(single.word(0), 0u);
  TeamBench dual(Lines{"dualentsp 0"} + dispatch + kExit + slave);
  dual.thread()[R5] += 1;
  const Outcome outcome = dual.run();
  EXPECT_EQ(outcome.kind, Outcome::Kind::Exit) << trapReport(dual.machine, dual.program, outcome);
  EXPECT_EQ(dual.word(0), status::kDualIssue);
}

TEST(TeamRules, ATrapInASlaveLeavesTheMasterWaiting) {
  TeamBench bench(takeSlaves(1) + Lines{"msync res[r10]", "mjoin res[r10]"} + kExit +
                  Lines{"slave:", "nop", "nop", "nop", "ldw r0, r0[0]"});
  const Outcome outcome = bench.run();
  EXPECT_EQ(outcome.kind, Outcome::Kind::Trap);
  EXPECT_EQ(outcome.thread, 1u);
  EXPECT_EQ(bench.activity(0), Activity::Waiting);
}

TEST(TeamRules, TheTileIsFinishedWhenNoThreadRemains) {
  TeamBench bench(Lines{"getr r1, 4", "init t[r1]:pc, r5", "set t[r1]:r1, r4", "start t[r1]",
                        "freet", "slave:", "ldc r0, 6", "stw r0, r1[0]", "freet"});
  const Outcome outcome = bench.run();
  EXPECT_EQ(outcome.kind, Outcome::Kind::Exit);
  EXPECT_EQ(outcome.status, 0);
  EXPECT_EQ(bench.word(0), 6u);
}

TEST(TeamRules, DeadlockNamesEveryThreadAndWhatItWaitsFor) {
  // The master joins slaves of which one waits for a lock that it has itself.
  TeamBench bench(takeSlaves(2) +
                  Lines{"getr r8, 5", "in r8, res[r8]", "set t[r9]:r8, r8", "msync res[r10]",
                        "wait:", "mjoin res[r10]"} +
                  kExit +
                  Lines{"slave:", "bf r8, away", "locked:", "in r8, res[r8]", "away:", "ssync"});
  const Outcome outcome = bench.run();
  ASSERT_EQ(outcome.kind, Outcome::Kind::Deadlock);
  const std::string text = outcomeSentence(bench.machine, bench.program, outcome);
  EXPECT_THAT(text, HasSubstr("thread 0 at wait"));
  EXPECT_THAT(text, HasSubstr("'mjoin res[r10]' waits for slave thread 2 to reach ssync"));
  EXPECT_THAT(text, HasSubstr("thread 1 at away"));
  EXPECT_THAT(text, HasSubstr("waits for its master, thread 0, to reach msync or mjoin"));
  EXPECT_THAT(text, HasSubstr("'in r8, res[r8]' waits for lock 0x00000005"));
}

// ------------------------------------------------------------------------------ locks

TEST(Locks, ProtectACounterAndServeTheFirstToCome) { // row 24
  // Three slaves add 1 fifty times each, slowly, to word 20; the order of service goes to 21 ...
  Lines lines = {"getr r8, 5"};
  for (const std::string &line : takeSlaves(3)) {
    lines.push_back(line);
    if (line == "set t[r9]:r1, r4")
      lines.push_back("set t[r9]:r8, r8");
  }
  TeamBench bench(lines + Lines{"msync res[r10]", "mjoin res[r10]", "freer res[r8]"} + kExit +
                  Lines{"slave:", "ldc r7, 50", "ldc r3, 20", "loop:", "in r9, res[r8]",
                        "ldw r2, r1[r3]", "add r2, r2, 1", "nop", "nop", "stw r2, r1[r3]",
                        "add r2, r2, r3", "stw r0, r1[r2]", "out res[r8], r0", "sub r7, r7, 1",
                        "bt r7, loop", "ssync"});
  expectExit(bench);
  EXPECT_EQ(bench.word(20), 150u);
  for (unsigned i = 0; i + 3 < 140; ++i)
    EXPECT_EQ(bench.word(21 + i), bench.word(24 + i)) << i; // round robin
}

TEST(Locks, InGivesTheIdAndTheLockIsHandedOver) {
  TeamBench bench(Lines{"getr r8, 5"} + takeSlaves(1) +
                  Lines{"set t[r9]:r8, r8", "in r3, res[r8]", "msync res[r10]", "ldc r2, 60",
                        "rest:", "sub r2, r2, 1", "bt r2, rest", "ldc r2, 9", "stw r2, r4[0]",
                        "out res[r8], r2", "mjoin res[r10]"} +
                  kExit +
                  Lines{"slave:", "in r7, res[r8]", "ldw r2, r1[0]", "stw r2, r1[1]",
                        "stw r7, r1[2]", "out res[r8], r7", "ssync"});
  expectExit(bench);
  EXPECT_EQ(bench[R3], 5u);
  EXPECT_EQ(bench.word(1), 9u);
  EXPECT_EQ(bench.word(2), 5u);
  EXPECT_GT(bench.counters(1).waits[static_cast<std::size_t>(WaitReason::Lock)], 200u);
  // Issued once; in ssync it is freed.
  EXPECT_EQ(bench.counters(1).packets, bench.counters(1).instructions + 1);
}

TEST(Locks, AreFreedOnlyWhenNobodyHoldsThem) { // row 25
  expectIllegal({"getr r1, 5", "in r2, res[r1]", "here:", "freer res[r1]"}, 5);
  TeamBench bench(
      Lines{"getr r1, 5", "in r2, res[r1]", "out res[r1], r0", "out res[r1], r0", "freer res[r1]"} +
      kExit);
  expectExit(bench);
}

TEST(Locks, AreNotRecursive) {
  TeamBench bench({"getr r1, 5", "in r2, res[r1]", "here:", "in r2, res[r1]"});
  EXPECT_EQ(bench.run().kind, Outcome::Kind::Deadlock);
}

TEST(Timers, ShowTheReferenceClock) {
  TeamBench bench(Lines{"getr r1, 1", "gettime r2", "in r3, res[r1]"} + kExit);
  expectExit(bench);
  EXPECT_LE(bench[R3] - bench[R2], 1u);
}

// ------------------------------------------------------------------------------ packets

TEST(TeamPackets, AHalfThatWaitsHoldsTheOtherBack) {
  // { ssync ; stw }: the store becomes visible when the slave goes on, not when it comes.
  TeamBench bench(Lines{"dualentsp 0"} + takeSlaves(1) +
                  Lines{"msync res[r10]", "ldc r2, 60", "rest:", "sub r2, r2, 1", "bt r2, rest",
                        "ldw r7, r4[1]", "msync res[r10]", "mjoin res[r10]", "ldw r8, r4[1]"} +
                  kExit + Lines{"slave:", "dualentsp 0", "{ ssync ; stw r1, r1[1] }", "ssync"});
  expectExit(bench);
  EXPECT_EQ(bench[R7], 0u);
  EXPECT_EQ(bench[R8], kData);
}

TEST(TeamPackets, BothHalvesReadTheOldRegisters) {
  TeamBench bench(Lines{"dualentsp 0", "ldc r1, 7", "{ getr r1, 5 ; stw r1, r4[0] }",
                        "add r2, r1, 0", "ldc r8, 1", "{ in r1, res[r2] ; stw r1, r4[1] }",
                        "{ out res[r1], r0 ; add r8, r8, 1 }", "freer res[r1]"} +
                  kExit);
  expectExit(bench);
  EXPECT_EQ(bench.word(0), 7u);
  EXPECT_EQ(bench.word(1), 5u);
  EXPECT_EQ(bench[R8], 2u);
}

TEST(TeamPackets, ATrapTakesTheResourceOperationBack) {
  // The lock is not taken, the slaves are not released.
  TeamBench bench(Lines{"dualentsp 0"} + takeSlaves(1) +
                  Lines{"ldc r3, 1", "here:", "{ msync res[r10] ; ldw r1, r3[0] }"} +
                  Lines{"slave:", "dualentsp 0", "stw r1, r1[0]", "ssync"});
  const Outcome outcome = bench.run();
  EXPECT_EQ(outcome.trap.kind, TrapKind::LoadStore);
  EXPECT_EQ(bench.activity(1), Activity::Allocated);
  EXPECT_EQ(bench.counters(1).slots(), 0u);
}

TEST(TeamPackets, ABarrierAndABranchLoop) {
  TeamBench bench(Lines{"dualentsp 0"} + takeSlaves(4) +
                  Lines{"ldc r3, 9", "rounds:", "msync res[r10]", "sub r3, r3, 1", "bt r3, rounds",
                        "mjoin res[r10]"} +
                  kExit + Lines{"slave:", "dualentsp 0", "again:"} + kIncrement +
                  Lines{"{ ssync ; bu_u6b -5 }"});
  expectExit(bench);
  for (unsigned i = 1; i <= 4; ++i)
    EXPECT_EQ(bench.word(i), 9u);
}

// ------------------------------------------------------------------------------ time

TEST(TeamTime, WaitingThreadsUseNoSlotsAndOneInstructionIssuesOnce) {
  TeamBench bench(
      takeSlaves(1) + Lines{"msync res[r10]", "mjoin res[r10]"} + kExit +
      Lines{"slave:", "ldc_lru6 r3, 1000", "loop:", "sub r3, r3, 1", "bt r3, loop", "ssync"});
  expectExit(bench);
  const Counters &master = bench.counters(0), &slave = bench.counters(1);
  EXPECT_EQ(master.packets, 11u);
  EXPECT_EQ(master.instructions, 11u);
  EXPECT_EQ(slave.packets, 2002u);
  // Nearly all of the slave's time the master waits.
  EXPECT_NEAR(static_cast<double>(master.waitCycles()), 5.0 * static_cast<double>(slave.slots()),
              40);
  EXPECT_EQ(slave.waitCycles(), 0u);
}

TEST(TeamTime, ReleasedThreadsGoOnTogether) {
  // All of a team issue on neighbouring clocks after the barrier: they end within a pipeline.
  TeamBench bench(takeSlaves(4) + Lines{"msync res[r10]", "mjoin res[r10]"} + kExit +
                  Lines{"slave:", "gettime r2", "stw r2, r1[r0]", "ssync"});
  bench.run();
  for (unsigned i = 1; i <= 4; ++i)
    EXPECT_LE(bench.word(i) - bench.word(1), 2u);
}

} // namespace
} // namespace xs3::sim::test
