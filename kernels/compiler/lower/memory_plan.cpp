#include "kernels/compiler/lower/memory_plan.h"

#include "kernels/compiler/lower/lower.h"
#include "kernels/compiler/lower/stream.h"
#include "kernels/compiler/lower/work_estimate.h"
#include "kernels/stream_copy/call.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <tuple>
#include <unordered_map>

namespace xs3::compiler {
namespace {

/// Smaller steps cost more joins, and more copies of windows, than they gain; but half of what is
/// free is always tried.
constexpr std::uint64_t kSmallStepBytes = 16 * 1024, kLeastStepBytes = 2048;
/// Sets of resident weights that are tried.
constexpr std::size_t kResidentTrials = 48;

std::uint64_t roundedUp(std::uint64_t bytes, std::uint64_t alignment) {
  return (bytes + alignment - 1) & ~(alignment - 1);
}

/// The first step of each layer, counted over all layers, and, last, the number of steps.
std::vector<std::int32_t> firstSteps(const Plan &plan) {
  std::vector<std::int32_t> first{0};
  for (const Layer &layer : plan.layers)
    first.push_back(first.back() + static_cast<std::int32_t>(layer.steps.size()));
  return first;
}

std::unordered_map<std::string, std::size_t> blobsBySymbol(const Plan &plan) {
  std::unordered_map<std::string, std::size_t> blobs;
  for (std::size_t i = 0; i < plan.weights.size(); ++i)
    blobs.emplace(plan.weights[i].symbol, i);
  return blobs;
}

std::vector<std::uint64_t> weightBytesOfLayers(const Plan &plan) {
  const auto blobs = blobsBySymbol(plan);
  std::vector<std::uint64_t> bytes;
  for (const Layer &layer : plan.layers) {
    std::set<std::size_t> read;
    for (const KernelCall &call : layer.calls)
      for (const Argument &argument : call.arguments)
        if (const auto blob = blobs.find(argument.symbol); blob != blobs.end())
          read.insert(blob->second);
    bytes.push_back(0);
    for (const std::size_t blob : read)
      bytes.back() += plan.weights[blob].bytes.size();
  }
  return bytes;
}

/// Weights that are used by the same steps, and so are copied together.
struct Group {
  std::vector<std::size_t> blobs;
  std::int32_t firstUse = 0, lastUse = 0;
  std::uint64_t bytes = 0; ///< Whole lines.
};

class MemoryPlanner {
public:
  MemoryPlanner(Plan &plan, const MemoryRoom &room)
      : plan_(plan), room_(room), firstSteps_(firstSteps(plan)) {
    for (const Layer &layer : plan.layers)
      for (const Step &step : layer.steps)
        stepClocks_.push_back(estimateClocks(layer, step));
    takePlaces();
    group();
  }

  double run() {
    for (;;) {
      std::optional<std::size_t> misfit;
      if (const auto best = bestTrial(misfit)) {
        apply(*best);
        return best->schedule.clocks + readInPlaceClocks_ + externalTensorClocks();
      }
      // No room even for this group alone: kernels read it where it is.
      for (const std::size_t blob : groups_[*misfit].blobs)
        plan_.weights[blob].isExternal = true;
      readInPlaceClocks_ += clocksInPlace(groups_[*misfit]);
      groups_.erase(groups_.begin() + static_cast<std::ptrdiff_t>(*misfit));
    }
  }

private:
  double clocksOf(std::uint64_t bytes) const {
    return static_cast<double>(bytes / kernels::kStreamLine) * room_.clocksPerLine;
  }

  /// Weights that do not fit into SRAM hardly stay in the cache: every unit fetches them anew.
  double clocksInPlace(const Group &group) const {
    double units = 0;
    std::int32_t now = 0;
    for (const Layer &layer : plan_.layers)
      for (const Step &step : layer.steps) {
        if (group.firstUse <= now && now <= group.lastUse)
          for (const Job &job : step.jobs)
            units += job.end - job.begin;
        ++now;
      }
    return units * clocksOf(group.bytes);
  }

  /// Each line is fetched and written back when it is made, and fetched at least once more.
  double externalTensorClocks() const {
    double clocks = 0;
    for (const ArenaPlace &place : plan_.arena.places)
      clocks += place.isExternal ? 3 * clocksOf(place.bytes) : 0;
    return clocks;
  }

  /// Some groups resident, the others streamed.
  struct Trial {
    std::vector<bool> isResident;      ///< By group.
    std::vector<std::size_t> streamed; ///< Groups, in the order of their use.
    StreamSchedule schedule;
  };

  /// The moments at which the tensors of the arena are needed.
  void takePlaces() {
    const auto operators = static_cast<std::int32_t>(plan_.layers.size());
    for (const ArenaPlace &place : plan_.arena.places) {
      if (place.isExternal)
        continue;
      const Moment first = place.first < 0 ? -1 : duringOperator(place.first, true);
      const Moment last = duringOperator(std::min(place.last, operators - 1), false);
      const bool isOutput = place.last >= operators;
      taken_.push_back({place.offset, roundedUp(place.bytes, kTensorAlignment), first,
                        isOutput ? duringStep(firstSteps_.back()) : last});
    }
  }

  /// While an operator runs; for one without steps, before the step that comes next.
  Moment duringOperator(std::int32_t position, bool itsFirst) const {
    const auto at = static_cast<std::size_t>(position);
    if (firstSteps_[at] == firstSteps_[at + 1])
      return beforeStep(firstSteps_[at]);
    return duringStep(itsFirst ? firstSteps_[at] : firstSteps_[at + 1] - 1);
  }

  void group() {
    const auto blobOf = blobsBySymbol(plan_);
    constexpr std::int32_t kNever = -1;
    std::vector<std::pair<std::int32_t, std::int32_t>> uses(plan_.weights.size(), {kNever, kNever});
    std::int32_t now = 0;
    for (const Layer &layer : plan_.layers)
      for (const Step &step : layer.steps) {
        for (const Job &job : step.jobs)
          for (const Argument &argument : layer.calls[job.call].arguments)
            if (const auto blob = blobOf.find(argument.symbol); blob != blobOf.end()) {
              auto &[first, last] = uses[blob->second];
              first = first == kNever ? now : first;
              last = now;
            }
        ++now;
      }
    std::map<std::pair<std::int32_t, std::int32_t>, Group> byUse;
    for (std::size_t i = 0; i < uses.size(); ++i)
      if (uses[i].first != kNever)
        byUse[uses[i]].blobs.push_back(i);
    for (auto &[use, made] : byUse) {
      std::tie(made.firstUse, made.lastUse) = use;
      made.bytes = layOut(made).bytes;
      groups_.push_back(std::move(made));
    }
  }

  /// The group as a stream without a place.
  Stream layOut(const Group &made) const {
    Stream stream;
    std::uint64_t end = 0;
    for (const std::size_t blob : made.blobs) {
      end = roundedUp(end, plan_.weights[blob].alignment);
      stream.parts.push_back({blob, static_cast<std::uint32_t>(end)});
      end += plan_.weights[blob].bytes.size();
    }
    stream.bytes = static_cast<std::uint32_t>(roundedUp(end, kernels::kStreamLine));
    return stream;
  }

  /// Small groups first stay in SRAM: none, some more, ... as many as leave room for the tensors.
  /// The set with which the network is estimated to end soonest wins. Without any that works,
  /// `misfit` is a group for which there is no room.
  std::optional<Trial> bestTrial(std::optional<std::size_t> &misfit) const {
    std::vector<std::size_t> bySize(groups_.size());
    for (std::size_t i = 0; i < bySize.size(); ++i)
      bySize[i] = i;
    std::sort(bySize.begin(), bySize.end(), [this](std::size_t a, std::size_t b) {
      return std::tuple(groups_[a].bytes, a) < std::tuple(groups_[b].bytes, b);
    });
    const std::size_t stride = bySize.size() / kResidentTrials + 1;
    std::optional<Trial> best;
    for (std::size_t count = 0; count <= bySize.size(); count += stride) {
      std::optional<Trial> made = trial(std::span(bySize).first(count));
      if (!made)
        break;
      if (made->schedule.misfit)
        misfit = misfit ? misfit : made->streamed[*made->schedule.misfit];
      else if (!best || made->schedule.clocks <= best->schedule.clocks)
        best = std::move(made);
    }
    return best;
  }

  /// Nothing when the tensors alone do not fit beside the resident groups.
  std::optional<Trial> trial(std::span<const std::size_t> resident) const {
    Trial made;
    made.isResident.assign(groups_.size(), false);
    std::uint64_t residentBytes = 0;
    for (const std::size_t index : resident) {
      made.isResident[index] = true;
      residentBytes += groups_[index].bytes;
    }
    if (!resident.empty() && residentBytes + plan_.arena.bytes > room_.bytes)
      return std::nullopt;
    std::vector<StreamBlock> blocks;
    for (std::size_t i = 0; i < groups_.size(); ++i)
      if (!made.isResident[i]) {
        made.streamed.push_back(i);
        blocks.push_back({groups_[i].bytes, groups_[i].firstUse, groups_[i].lastUse});
      }
    made.schedule = scheduleStream({blocks, stepClocks_, taken_,
                                    room_.bytes - std::min(room_.bytes, residentBytes),
                                    kernels::kStreamLine, room_.clocksPerLine});
    return made;
  }

  void apply(const Trial &trial) {
    std::uint64_t end = plan_.arena.bytes;
    for (std::size_t i = 0; i < trial.streamed.size(); ++i) {
      const Group &made = groups_[trial.streamed[i]];
      Stream stream = layOut(made);
      stream.symbol = streamSymbol(made);
      stream.offset = trial.schedule.offsets[i];
      end = std::max(end, stream.offset + stream.bytes);
      for (const Stream::Part &part : stream.parts)
        readCopy(part, stream);
      plan_.streams.push_back(std::move(stream));
    }
    plan_.streamBytes = end - plan_.arena.bytes;
    const std::vector<Step *> steps = allSteps();
    for (const Transfer &transfer : trial.schedule.transfers) {
      Step &step = *steps[static_cast<std::size_t>(stepOf(transfer.moment))];
      const bool isBefore = transfer.moment == beforeStep(stepOf(transfer.moment));
      (isBefore ? step.before : step.during)
          .push_back({transfer.block, static_cast<std::uint32_t>(transfer.first),
                      static_cast<std::uint32_t>(transfer.bytes)});
    }
  }

  std::vector<Step *> allSteps() {
    std::vector<Step *> steps;
    for (Layer &layer : plan_.layers)
      for (Step &step : layer.steps)
        steps.push_back(&step);
    return steps;
  }

  /// Lets the kernels find a blob in its copy.
  void readCopy(const Stream::Part &part, const Stream &stream) {
    WeightBlob &blob = plan_.weights[part.blob];
    blob.isExternal = true;
    for (Layer &layer : plan_.layers)
      for (KernelCall &call : layer.calls)
        for (Argument &argument : call.arguments)
          if (argument.symbol == blob.symbol) {
            argument.symbol = stream.symbol;
            argument.value += part.offset;
          }
  }

  /// After the first step that uses it; a number tells groups that begin together apart.
  std::string streamSymbol(const Group &made) {
    const auto after = std::upper_bound(firstSteps_.begin(), firstSteps_.end(), made.firstUse);
    const std::int32_t step = made.firstUse - *(after - 1);
    const Layer &layer = plan_.layers[static_cast<std::size_t>(after - firstSteps_.begin()) - 1];
    const std::string symbol = "stream." + numberedName(layer, static_cast<std::size_t>(step));
    const int number = ++streamsNamed_[symbol];
    return number == 1 ? symbol : symbol + "_" + std::to_string(number);
  }

  Plan &plan_;
  const MemoryRoom &room_;
  std::vector<std::int32_t> firstSteps_;
  std::vector<double> stepClocks_;
  std::vector<Taken> taken_;
  std::vector<Group> groups_; ///< By first, then last use.
  std::map<std::string, int> streamsNamed_;
  double readInPlaceClocks_ = 0;
};

} // namespace

std::vector<std::uint64_t> stepBytesFor(const Plan &plan, const MemoryRoom &room,
                                        const StepsAtATime &steps) {
  const std::vector<std::uint64_t> weights = weightBytesOfLayers(plan);
  std::vector<std::uint64_t> bytes;
  for (std::size_t i = 0; i < plan.layers.size(); ++i) {
    const auto at = static_cast<std::int32_t>(i);
    std::uint64_t live = 0;
    for (const ArenaPlace &place : plan.arena.places)
      if (!place.isExternal && place.first <= at && at <= place.last)
        live += place.bytes;
    const std::uint64_t free = room.bytes - std::min(room.bytes, live);
    double computing = 0;
    for (const Step &step : plan.layers[i].steps)
      computing += estimateClocks(plan.layers[i], step);
    const double copying =
        static_cast<double>(weights[i] / kernels::kStreamLine) * room.clocksPerLine;
    const unsigned atATime = copying < computing ? steps.computing : steps.copying;
    bytes.push_back(
        std::max({free / atATime, std::min(free / 2, kSmallStepBytes), kLeastStepBytes}));
  }
  return bytes;
}

double placeInMemory(const Network &network, Plan &plan, const MemoryRoom &room) {
  placeTensors(network, plan, room.bytes);
  return MemoryPlanner(plan, room).run();
}

} // namespace xs3::compiler
