#include "kernels/compiler/lower/stream.h"

#include <algorithm>
#include <tuple>

namespace xs3::compiler {
namespace {

class Scheduler {
public:
  explicit Scheduler(const StreamProblem &problem)
      : problem_(problem), taken_(problem.taken.begin(), problem.taken.end()) {
    result_.offsets.assign(problem.blocks.size(), 0);
  }

  StreamSchedule run() {
    const auto steps = static_cast<std::int32_t>(problem_.stepClocks.size());
    for (std::int32_t step = 0; step < steps && !result_.misfit; ++step) {
      before(step);
      if (!result_.misfit)
        during(step);
    }
    return std::move(result_);
  }

private:
  bool left() const { return next_ < problem_.blocks.size(); }
  const StreamBlock &block() const { return problem_.blocks[next_]; }
  double clocksOf(std::uint64_t bytes) const {
    return static_cast<double>(bytes / problem_.lineBytes) * problem_.clocksPerLine;
  }

  /// What the step needs and is not there yet.
  void before(std::int32_t step) {
    while (left() && block().firstUse == step) {
      if (!placed(beforeStep(step))) {
        result_.misfit = next_;
        return;
      }
      const std::uint64_t rest = block().bytes - copied_;
      result_.clocks += clocksOf(rest);
      copy(rest, beforeStep(step));
    }
  }

  /// As much as goes by while the step computes; and what the next step needs, since it is sooner
  /// there than when it is begun then.
  void during(std::int32_t step) {
    const double computing = problem_.stepClocks[static_cast<std::size_t>(step)];
    double copying = 0;
    while (left() && placed(duringStep(step))) {
      std::uint64_t bytes = block().bytes - copied_;
      if (block().firstUse != step + 1) {
        const double lines = std::max(0.0, (computing - copying) / problem_.clocksPerLine);
        bytes = std::min(bytes, static_cast<std::uint64_t>(lines) * problem_.lineBytes);
      }
      if (bytes == 0)
        break;
      copying += clocksOf(bytes);
      copy(bytes, duringStep(step));
    }
    result_.clocks += std::max(computing, copying);
  }

  void copy(std::uint64_t bytes, Moment moment) {
    if (bytes > 0)
      result_.transfers.push_back({next_, copied_, bytes, moment});
    copied_ += bytes;
    if (copied_ < block().bytes)
      return;
    ++next_;
    copied_ = 0;
    hasPlace_ = false;
  }

  /// Whether the next block has a place, from `moment` on if not earlier.
  bool placed(Moment moment) {
    if (hasPlace_)
      return true;
    const Moment last = duringStep(block().lastUse);
    const auto offset = tightestGap(block().bytes, moment, last);
    if (!offset)
      return false;
    result_.offsets[next_] = *offset;
    taken_.push_back({*offset, block().bytes, moment, last});
    return hasPlace_ = true;
  }

  std::optional<std::uint64_t> tightestGap(std::uint64_t bytes, Moment first, Moment last) {
    neighbours_.clear();
    for (const Taken &other : taken_)
      if (other.bytes > 0 && other.first <= last && first <= other.last)
        neighbours_.push_back(&other);
    std::sort(neighbours_.begin(), neighbours_.end(), [](const Taken *a, const Taken *b) {
      return std::tie(a->offset, a->bytes) < std::tie(b->offset, b->bytes);
    });
    std::optional<std::uint64_t> best;
    std::uint64_t bestGap = 0, end = 0;
    const auto offer = [&](std::uint64_t until) {
      const std::uint64_t begin = (end + kAlignment - 1) & ~(kAlignment - 1);
      if (until < begin || until - begin < bytes || (best && until - begin >= bestGap))
        return;
      best = begin;
      bestGap = until - begin;
    };
    for (const Taken *other : neighbours_) {
      offer(other->offset);
      end = std::max(end, other->offset + other->bytes);
    }
    offer(problem_.regionBytes);
    return best;
  }

  /// As of tensors: constants may ask for 8.
  static constexpr std::uint64_t kAlignment = 8;

  const StreamProblem &problem_;
  StreamSchedule result_;
  std::vector<Taken> taken_; ///< Tensors, and copies that have a place.
  std::vector<const Taken *> neighbours_;
  std::size_t next_ = 0;     ///< The block that is copied next.
  std::uint64_t copied_ = 0; ///< Of it.
  bool hasPlace_ = false;    ///< Whether it has one.
};

} // namespace

StreamSchedule scheduleStream(const StreamProblem &problem) { return Scheduler(problem).run(); }

} // namespace xs3::compiler
