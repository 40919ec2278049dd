#include "kernels/compiler/lower/work_estimate.h"

#include <algorithm>
#include <string_view>
#include <vector>

namespace xs3::compiler {
namespace {

constexpr double kPipelineDepth = 5;
/// Fork and join of a team: counted from xs3_parallel and what main does around it.
constexpr double kStepClocks = 250;
/// What a kernel does once for a job.
constexpr double kJobSlots = 60;

/// The words of an argument block by name; 0 where a kernel has no such field.
template <typename Words> class Fields {
public:
  explicit Fields(const Words &words) : words_(words) {}
  double operator[](std::string_view name) const {
    for (const auto &word : words_)
      if (word.name == name)
        return word.value;
    return 0;
  }

private:
  const Words &words_;
};

/// Slots of a unit that is the same in every call, by the kernel's first letters: counted by the
/// simulator.
struct UnitRow {
  std::string_view kernel;
  double slots;
};
constexpr UnitRow kUnits[] = {
    {"lce_quantize_int8", 5}, {"lce_dequantize", 10}, {"add_", 42}, {"copy_bytes", 3}, {"fill", 3}};
/// Of kernels that are not listed: rather too few, so that no step waits for copies that it was
/// thought to have time for.
constexpr double kOtherUnit = 20;

/// Slots of one unit. A vector instruction with an operand in memory takes 1.25 slots, 16 of them
/// and a load 21.25: one slice of one group of 16 channels (docs/timing.md, the fetch rule).
template <typename Words> double unitSlots(std::string_view kernel, const Fields<Words> &field) {
  constexpr double kSlice = 21.25;
  for (const UnitRow &row : kUnits)
    if (kernel.starts_with(row.kernel))
      return row.slots;
  // The border's windows, copied tap by tap, make the mean so large.
  const double slices = field["slices"], copied = field["copyRows"] * field["copyVectors"];
  const double window = 5 + 16 * copied;
  const bool isBinary = kernel.starts_with("bconv2d");
  if (kernel == "bconv2d_bits")
    return window + field["groups"] * (2 * kSlice * slices + 7.5);
  if (isBinary && kernel.ends_with("float"))
    return window + field["groups"] * (kSlice * slices + 16 * 14);
  if (isBinary)
    return window + field["groups"] * (2 * kSlice * slices + 21.5);
  if (kernel.find("pool") != kernel.npos)
    return 40 + 7 * field["tapRows"] * field["tapColumns"] * field["pixelBytes"] / 32;
  if (kernel.starts_with("depthwise"))
    return 35 + 6 * field["channels"];
  if (field["blocks"] > 0 && slices > 0)
    return window + field["blocks"] * (2 * kSlice * slices + 100);
  if (kernel == "fully_connected_int8")
    return kSlice * slices + 16 * 25;
  if (slices > 0 && field["channels"] > 0)
    return window + field["channels"] * (kSlice * slices / 16 + 16);
  return kOtherUnit;
}

template <typename Call> WorkEstimate estimate(const Call &call) {
  return {kJobSlots, unitSlots(call.kernel, Fields(call.arguments))};
}

} // namespace

WorkEstimate estimateWork(const KernelCall &call) { return estimate(call); }
WorkEstimate estimateWork(const kernels::PackedCall &call) { return estimate(call); }

double clocksOf(std::span<const double> slotsOfThreads) {
  std::vector<double> slots(slotsOfThreads.begin(), slotsOfThreads.end());
  std::sort(slots.begin(), slots.end());
  double clocks = 0, done = 0;
  for (std::size_t i = 0; i < slots.size(); ++i) {
    const auto left = static_cast<double>(slots.size() - i);
    clocks += (slots[i] - done) * std::max(left, kPipelineDepth);
    done = slots[i];
  }
  return clocks;
}

double estimateClocks(const Layer &layer, const Step &step) {
  std::vector<double> slots;
  for (const Job &job : step.jobs)
    slots.push_back(estimateWork(layer.calls[job.call]).slots(job.end - job.begin));
  return kStepClocks + clocksOf(slots);
}

} // namespace xs3::compiler
