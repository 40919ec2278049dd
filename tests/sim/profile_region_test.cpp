// Attribution to regions: programs with labels, run on the engine.
#include "base/error.h"
#include "sim/profile/region.h"
#include "tests/sim/run_program.h"

#include <gtest/gtest.h>

namespace xs3::profile {
namespace {

using sim::test::label;
using sim::test::program;

/// A run of a program, up to `packets` packets, with its regions attributed.
struct Profiled {
  Profiled(const assembler::Program &code, std::vector<Region> regions, Slots packets,
           const std::function<void(sim::Machine &)> &prepare = {})
      : machine(sim::loadMachine()) {
    machine.load(code);
    if (prepare)
      prepare(machine);
    observer.emplace(machine, std::move(regions));
    machine.run({.packets = packets});
    observer->finish(machine);
  }

  Slots packets(std::size_t region) const { return observer->interval(region).sum().packets; }
  Slots outsidePackets() const { return observer->outside().sum().packets; }

  sim::Machine machine;
  std::optional<RegionObserver> observer;
};

bool same(const sim::Counters &a, const sim::Counters &b) {
  return a.packets == b.packets && a.dualSecond == b.dualSecond &&
         a.instructions == b.instructions && a.fnops == b.fnops && a.stallSlots == b.stallSlots &&
         a.waits == b.waits && a.dividerClocks == b.dividerClocks && a.fetches == b.fetches &&
         a.fetchBytes == b.fetchBytes && a.reads.bytes == b.reads.bytes &&
         a.reads.narrow == b.reads.narrow && a.writes.bytes == b.writes.bytes &&
         a.writes.narrow == b.writes.narrow && a.executed == b.executed &&
         a.vectorMacs == b.vectorMacs;
}

/// Two layers with code before, between and behind them; 14 packets.
assembler::Program twoLayers() {
  return program(
      {"ldc r0, 7",      "ldc r1, 2",                                            // outside
       "layer.a:",       "add r2, r0, r1",  "divu r3, r0, r1",                   // a
       "layer.a.end:",   "add r2, r2, r2",  "add r2, r2, r2",  "sub r3, r0, r1", // outside
       "layer.b:",       "bu layer.b.body", "layer.b.body:",   "mul r4, r0, r0", "mul r4, r4, r4",
       "mul r4, r4, r4", "layer.b.end:",    "add r5, r0, r0",  "add r5, r0, r0", "end:",
       "bu end"});
}

TEST(Regions, CodeBetweenTheLabelsCountsToTheRegion) {
  const Profiled run(twoLayers(),
                     {{"a", label(twoLayers(), "layer.a"), label(twoLayers(), "layer.a.end")},
                      {"b", label(twoLayers(), "layer.b"), label(twoLayers(), "layer.b.end")}},
                     13);
  EXPECT_EQ(run.packets(0), 2u);
  EXPECT_EQ(run.packets(1), 4u);
  EXPECT_EQ(run.outsidePackets(), 7u);
  EXPECT_GT(run.observer->interval(0).sum().dividerClocks, 0u);
  EXPECT_EQ(run.observer->interval(1).sum().dividerClocks, 0u);
  EXPECT_EQ(run.observer->entries(0), 1u);
}

TEST(Regions, RowsAddUpToTheTotalExactly) {
  const Profiled run(twoLayers(), labelledRegions(twoLayers()), 1000);
  const Interval total = run.observer->total();
  EXPECT_EQ(total.cycles, run.machine.cycle());
  EXPECT_EQ(total.idleCycles, run.machine.idleCycles(0));
  for (unsigned thread = 0; thread < sim::kThreadsPerTile; ++thread)
    EXPECT_TRUE(same(total.threads[thread], run.machine.counters(0, thread))) << thread;
  EXPECT_GT(total.sum().fetches, 0u);
}

TEST(Regions, LabelsOfLayersBecomeRegions) {
  const auto regions = labelledRegions(
      program({"layer.x:", "nop", "layer.x.end:", "layer.y:", "nop", "other:", "bu other"}));
  ASSERT_EQ(regions.size(), 2u);
  EXPECT_EQ(regions[0].name, "x");
  EXPECT_EQ(regions[0].end, regions[1].begin);
  EXPECT_EQ(regions[1].name, "y");
  EXPECT_FALSE(regions[1].end);
}

TEST(Regions, ARegionWithoutEndLastsUntilTheNextBegins) {
  const auto code = program({"a:", "nop", "nop", "b:", "nop", "nop", "nop", "end:", "bu end"});
  const Profiled run(code, {{"a", label(code, "a"), {}}, {"b", label(code, "b"), {}}}, 10);
  EXPECT_EQ(run.packets(0), 2u);
  EXPECT_EQ(run.packets(1), 8u);
  EXPECT_EQ(run.outsidePackets(), 0u);
}

TEST(Regions, ALayerWithoutCodeHasAnEmptyRow) {
  const auto code =
      program({"layer.a:", "nop", "layer.a.end:", "layer.b:", "layer.b.end:", "layer.c:", "nop",
               "nop", "layer.c.end:", "end:", "bu end"});
  const auto at = [&](const char *name) { return label(code, name); };
  const Profiled run(code,
                     {{"a", at("layer.a"), at("layer.a.end")},
                      {"b", at("layer.b"), at("layer.b.end")},
                      {"c", at("layer.c"), at("layer.c.end")}},
                     10);
  EXPECT_EQ(run.packets(0), 1u);
  EXPECT_EQ(run.packets(1), 0u);
  EXPECT_EQ(run.observer->entries(1), 1u);
  EXPECT_EQ(run.observer->interval(1).cycles, 0u);
  EXPECT_EQ(run.packets(2), 2u);
}

TEST(Regions, ALayerWithoutCodeStaysClosed) {
  const auto code = program({"nop", "layer.a:", "layer.a.end:", "nop", "end:", "bu end"});
  const Profiled run(code, labelledRegions(code), 10);
  EXPECT_EQ(run.observer->entries(0), 1u);
  EXPECT_EQ(run.packets(0), 0u);
  EXPECT_EQ(run.outsidePackets(), 10u);
}

TEST(Regions, ARegionInALoopIsEnteredEachTime) {
  const auto code = program({"ldc r0, 5", "loop:", "in:", "nop", "nop", "out:", "sub r0, r0, 1",
                             "bt r0, loop", "end:", "bu end"});
  const Profiled run(code, {{"body", label(code, "in"), label(code, "out")}}, 100);
  EXPECT_EQ(run.observer->entries(0), 5u);
  EXPECT_EQ(run.packets(0), 10u);
}

TEST(Regions, EverythingThatAnyThreadDoesCountsWhileTheRegionIsOpen) {
  // Thread 0 opens and closes; thread 1 spins somewhere else all the time.
  const auto code =
      program({"nop", "a:", "nop", "nop", "nop", "nop", "b:", "nop", "spin:", "bu spin"});
  const Profiled run(code, {{"a", label(code, "a"), label(code, "b")}}, 60,
                     [&](sim::Machine &machine) {
                       sim::Thread &other = machine.tile(0).threads[1];
                       other.pc = label(code, "spin");
                       other.activity = sim::Activity::Running;
                     });
  const Interval &inside = run.observer->interval(0);
  EXPECT_EQ(inside.threads[0].packets, 4u);
  EXPECT_GE(inside.threads[1].slots(), 3u);
  EXPECT_EQ(inside.maxThreadSlots(),
            std::max(inside.threads[0].slots(), inside.threads[1].slots()));
}

TEST(Regions, TheEndCountsOnlyForTheThreadThatOpened) {
  // Thread 1 passes the end label long before thread 0 gets there.
  const auto code = program({"a:", "nop", "nop", "nop", "nop", "nop", "nop", "nop", "nop",
                             "b:", "nop", "spin:", "bu spin"});
  const Profiled run(code, {{"a", label(code, "a"), label(code, "b")}}, 60,
                     [&](sim::Machine &machine) {
                       sim::Thread &other = machine.tile(0).threads[1];
                       other.pc = label(code, "b");
                       other.activity = sim::Activity::Running;
                     });
  EXPECT_EQ(run.observer->interval(0).threads[0].packets, 8u);
}

TEST(Regions, TheUsersRegionsNameLabels) {
  const auto code = program({"one:", "nop", "two:", "nop"});
  const Region region = parseRegion("mine=one..two", code);
  EXPECT_EQ(region.name, "mine");
  EXPECT_EQ(region.begin, label(code, "one"));
  EXPECT_EQ(region.end, label(code, "two"));
  EXPECT_FALSE(parseRegion("mine=one", code).end);
}

TEST(Regions, BadRegionsAreRefused) {
  const auto code = program({"one:", "nop"});
  for (const char *text : {"", "one", "=one", "x=", "x=zero", "x=one..", "x=one..zero", "x=..one"})
    EXPECT_THROW(parseRegion(text, code), Error) << text;
}

} // namespace
} // namespace xs3::profile
