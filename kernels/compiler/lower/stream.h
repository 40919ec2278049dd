// When which weights are copied from external memory into SRAM, and to where: a schedule that is
// fixed at compile time.
//
// One thread copies while the others compute. Time is the network's steps; the join at the end of a
// step makes sure that its copies are complete, so that nothing ever polls. What a step needs and
// could not be copied during earlier ones is copied before it begins, while nobody computes.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace xs3::compiler {

/// A point of time: before a step or during it.
using Moment = std::int32_t;
constexpr Moment beforeStep(std::int32_t step) { return 2 * step; }
constexpr Moment duringStep(std::int32_t step) { return 2 * step + 1; }
constexpr std::int32_t stepOf(Moment moment) { return moment / 2; }

/// Weights that steps firstUse .. lastUse read: a whole number of lines.
struct StreamBlock {
  std::uint64_t bytes = 0;
  std::int32_t firstUse = 0, lastUse = 0;
};

/// Memory that is taken from moment `first` to `last`, both included.
struct Taken {
  std::uint64_t offset = 0, bytes = 0;
  Moment first = 0, last = 0;
};

struct StreamProblem {
  std::span<const StreamBlock> blocks; ///< By firstUse.
  std::span<const double> stepClocks;  ///< What computing takes.
  std::span<const Taken> taken;        ///< Places of tensors.
  std::uint64_t regionBytes = 0;       ///< Of tensors and copies together.
  std::uint32_t lineBytes = 32;
  double clocksPerLine = 0; ///< That copying takes.
};

/// Some bytes of a block, copied at a moment.
struct Transfer {
  std::size_t block = 0;
  std::uint64_t first = 0, bytes = 0;
  Moment moment = 0;
};

struct StreamSchedule {
  std::vector<std::uint64_t> offsets; ///< By block: where its copy lies in the region.
  std::vector<Transfer> transfers;    ///< In the order in which they are done.
  double clocks = 0;                  ///< Of computing and of waiting for copies.
  /// The block for which there is no room even in the step that needs it; then the schedule is
  /// good for nothing.
  std::optional<std::size_t> misfit;
};

/// Copies blocks in the order of their use, each as early as memory allows, as much in a step as
/// goes by without making it longer. The same problem gives the same schedule.
StreamSchedule scheduleStream(const StreamProblem &problem);

} // namespace xs3::compiler
