// The schedule of copies from external memory: every byte is there before it is used, and nothing
// is copied into memory in use.
#include "kernels/compiler/lower/stream.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>

namespace xs3::compiler {
namespace {

constexpr std::uint32_t kLine = 32;

/// The plain definition, moment by moment and byte by byte: who owns each byte of the region, and
/// which bytes of each block have been copied.
class Checker {
public:
  Checker(const StreamProblem &problem, const StreamSchedule &schedule)
      : problem_(problem), schedule_(schedule), owner_(problem.regionBytes, kFree) {
    for (const StreamBlock &block : problem.blocks)
      copied_.emplace_back(block.bytes, 0);
  }

  void check() {
    const auto steps = static_cast<std::int32_t>(problem_.stepClocks.size());
    std::size_t next = 0;
    for (Moment now = 0; now <= duringStep(steps - 1); ++now) {
      for (; next < schedule_.transfers.size() && schedule_.transfers[next].moment == now; ++next)
        copy(schedule_.transfers[next]);
      tensors(now);
      if (now == duringStep(stepOf(now)))
        use(stepOf(now), now);
    }
    EXPECT_EQ(next, schedule_.transfers.size()) << "transfers out of order";
    for (std::size_t block = 0; block < copied_.size(); ++block)
      EXPECT_TRUE(std::all_of(copied_[block].begin(), copied_[block].end(),
                              [](int times) { return times == 1; }))
          << "block " << block << " is not copied exactly once";
  }

private:
  static constexpr int kFree = -1, kTensor = -2;

  /// A transfer makes its bytes the block's; nobody may overwrite them until its last use.
  void copy(const Transfer &transfer) {
    EXPECT_EQ(transfer.bytes % kLine, 0u);
    for (std::uint64_t i = transfer.first; i < transfer.first + transfer.bytes; ++i) {
      ASSERT_LT(i, copied_[transfer.block].size());
      ++copied_[transfer.block][i];
      const std::uint64_t place = schedule_.offsets[transfer.block] + i;
      ASSERT_LT(place, owner_.size());
      // What was copied there before may be needed no more.
      if (owner_[place] >= 0) {
        const StreamBlock &old = problem_.blocks[static_cast<std::size_t>(owner_[place])];
        EXPECT_LT(duringStep(old.lastUse), transfer.moment) << "overwrites a block in use";
      }
      for (const Taken &tensor : problem_.taken) {
        const bool alive = tensor.first <= transfer.moment && transfer.moment <= tensor.last;
        const bool holds = tensor.offset <= place && place < tensor.offset + tensor.bytes;
        ASSERT_FALSE(alive && holds) << "overwrites a tensor";
      }
      owner_[place] = static_cast<int>(transfer.block);
    }
  }

  /// Tensors that are alive are written over and over.
  void tensors(Moment now) {
    for (const Taken &tensor : problem_.taken)
      if (tensor.first <= now && now <= tensor.last)
        std::fill_n(owner_.begin() + static_cast<std::ptrdiff_t>(tensor.offset), tensor.bytes,
                    kTensor);
  }

  void use(std::int32_t step, Moment now) {
    for (std::size_t block = 0; block < problem_.blocks.size(); ++block) {
      const StreamBlock &used = problem_.blocks[block];
      if (step < used.firstUse || used.lastUse < step)
        continue;
      for (std::uint64_t i = 0; i < used.bytes; ++i)
        ASSERT_EQ(owner_[schedule_.offsets[block] + i], static_cast<int>(block))
            << "byte " << i << " of block " << block << " is not there at moment " << now;
    }
  }

  const StreamProblem &problem_;
  const StreamSchedule &schedule_;
  std::vector<int> owner_;
  std::vector<std::vector<int>> copied_; ///< How often, by block and byte.
};

struct RandomProblem {
  std::vector<StreamBlock> blocks;
  std::vector<double> stepClocks;
  std::vector<Taken> taken;
  StreamProblem problem;

  explicit RandomProblem(std::mt19937 &random) {
    const auto number = [&](int low, int high) {
      return std::uniform_int_distribution<int>(low, high)(random);
    };
    const int steps = number(1, 12);
    for (int step = 0; step < steps; ++step)
      stepClocks.push_back(number(0, 400));
    for (int i = number(0, 10); i > 0; --i) {
      const int first = number(0, steps - 1);
      blocks.push_back({static_cast<std::uint64_t>(number(0, 12)) * kLine, first,
                        number(1, 4) == 1 ? number(first, steps - 1) : first});
    }
    std::stable_sort(blocks.begin(), blocks.end(),
                     [](const auto &a, const auto &b) { return a.firstUse < b.firstUse; });
    const auto region = static_cast<std::uint64_t>(number(20, 60)) * kLine;
    // Tensors that do not overlap: each in a slice of its own.
    for (std::uint64_t offset = 0; offset + 256 <= region / 2; offset += 256) {
      const Moment first = number(-1, 2 * steps - 1);
      taken.push_back({offset, static_cast<std::uint64_t>(number(0, 32)) * 8, first,
                       number(first, 2 * steps - 1)});
    }
    problem = {blocks, stepClocks, taken, region, kLine, static_cast<double>(number(1, 100))};
  }
};

TEST(Stream, RandomProblemsAreSolvedWithoutOverwritingAnything) {
  const unsigned seed = std::random_device()();
  std::mt19937 random(seed);
  int solved = 0, transfers = 0;
  for (int i = 0; i < 3000; ++i) {
    SCOPED_TRACE("seed " + std::to_string(seed) + ", problem " + std::to_string(i));
    const RandomProblem made(random);
    const StreamSchedule schedule = scheduleStream(made.problem);
    if (schedule.misfit)
      continue;
    ++solved;
    transfers += static_cast<int>(schedule.transfers.size());
    Checker(made.problem, schedule).check();
    if (HasFailure())
      return;
  }
  EXPECT_GT(solved, 1000);
  EXPECT_GT(transfers, 3000);
}

/// Two steps of 1000 clocks and a block for the second; a line takes 10 clocks.
struct TwoSteps {
  std::vector<double> stepClocks{1000, 1000};
  std::vector<StreamBlock> blocks{{50 * kLine, 1, 1}};
  std::vector<Taken> taken;
  StreamProblem problem(std::uint64_t region) const {
    return {blocks, stepClocks, taken, region, kLine, 10};
  }
};

TEST(Stream, ABlockIsCopiedDuringTheStepBeforeAndCostsNothing) {
  const TwoSteps two;
  const StreamSchedule schedule = scheduleStream(two.problem(2000));
  ASSERT_EQ(schedule.transfers.size(), 1u);
  EXPECT_EQ(schedule.transfers[0].moment, duringStep(0));
  EXPECT_EQ(schedule.clocks, 2000);
}

TEST(Stream, WhatTheNextStepNeedsMakesAStepLonger) {
  TwoSteps two;
  two.blocks[0].bytes = 150 * kLine;
  const StreamSchedule schedule = scheduleStream(two.problem(10000));
  ASSERT_EQ(schedule.transfers.size(), 1u);
  EXPECT_EQ(schedule.clocks, 2500);
}

TEST(Stream, WhatHasNoPlaceEarlierIsCopiedBeforeItsStep) {
  TwoSteps two;
  two.taken = {{0, 1000, -1, duringStep(0)}};
  const StreamSchedule schedule = scheduleStream(two.problem(2000));
  ASSERT_EQ(schedule.transfers.size(), 1u);
  EXPECT_EQ(schedule.transfers[0].moment, beforeStep(1));
  EXPECT_EQ(schedule.clocks, 2500);
}

TEST(Stream, ALaterBlockIsBegunAsFarAsTheStepHasTime) {
  TwoSteps two;
  two.stepClocks = {300, 1000, 1000};
  two.blocks[0].firstUse = two.blocks[0].lastUse = 2;
  const StreamSchedule schedule = scheduleStream(two.problem(2000));
  ASSERT_EQ(schedule.transfers.size(), 2u);
  EXPECT_EQ(schedule.transfers[0].bytes, 30u * kLine);
  EXPECT_EQ(schedule.transfers[1].moment, duringStep(1));
  EXPECT_EQ(schedule.clocks, 2300);
}

TEST(Stream, ABlockThatFitsNowhereIsNamed) {
  TwoSteps two;
  two.taken = {{600, 8, -1, duringStep(1)}};
  EXPECT_EQ(scheduleStream(two.problem(1700)).misfit, 0u);
  EXPECT_FALSE(scheduleStream(two.problem(608 + 50 * kLine)).misfit);
}

} // namespace
} // namespace xs3::compiler
