#include "kernels/mean/pack.h"

#include "kernels/conv2d/pack.h"
#include "kernels/little_endian.h"

#include <algorithm>

namespace xs3::kernels {
namespace {

constexpr std::uint32_t kGroup = 16;

/// Dimensions next to each other that are all averaged over or all kept.
struct Run {
  std::uint32_t size, step; ///< Places; elements from one to the next.
  bool averaged;
};

/// The runs of the input, outer first. Dimensions of size 1 belong to none.
std::vector<Run> runsOf(const MeanParameters &parameters) {
  std::vector<Run> runs;
  std::uint32_t step = 1;
  for (std::size_t i = parameters.shape.size(); i-- > 0;) {
    const auto size = static_cast<std::uint32_t>(parameters.shape[i]);
    const bool averaged = std::binary_search(parameters.axes.begin(), parameters.axes.end(),
                                             static_cast<std::int32_t>(i));
    if (size > 1 && !runs.empty() && runs.front().averaged == averaged)
      runs.front().size *= size;
    else if (size > 1)
      runs.insert(runs.begin(), {size, step, averaged});
    step *= size;
  }
  return runs;
}

/// Places of several runs: those of all but the last by a table, those of the last by a step.
struct Walk {
  std::vector<Word> table{0};
  Run last{1, 0, false};
};

Walk walkOver(const std::vector<Run> &runs, bool averaged) {
  Walk walk;
  std::vector<Run> own;
  std::copy_if(runs.begin(), runs.end(), std::back_inserter(own),
               [averaged](const Run &run) { return run.averaged == averaged; });
  if (own.empty())
    return walk;
  walk.last = own.back();
  own.pop_back();
  for (const Run &run : own) {
    std::vector<Word> longer;
    for (const Word base : walk.table)
      for (std::uint32_t place = 0; place < run.size; ++place)
        longer.push_back(base + place * run.step);
    walk.table = std::move(longer);
  }
  return walk;
}

} // namespace

PackedCall packMeanInt8(const MeanParameters &parameters, Int8Quantization input,
                        Int8Quantization output) {
  std::vector<Run> runs = runsOf(parameters);
  std::uint32_t inner = 1;
  if (!runs.empty() && !runs.back().averaged) {
    inner = runs.back().size;
    runs.pop_back();
  }
  const Walk outer = walkOver(runs, false), averaged = walkOver(runs, true);
  const std::int64_t count = meanCount(parameters);
  const Conv2dMultiplier multiplier =
      conv2dMultiplier(meanMultiplier(input, output, count), 256 * count);

  MeanArguments arguments = {};
  arguments.zeroPoint = static_cast<Word>(output.zeroPoint);
  arguments.low = static_cast<Word>(Int8Range{}.low);
  arguments.high = static_cast<Word>(Int8Range{}.high);
  arguments.outerSize = outer.last.size;
  arguments.outerStep = outer.last.step;
  arguments.inner = inner;
  arguments.groups = (inner + kGroup - 1) / kGroup;
  arguments.averagedRows = static_cast<Word>(averaged.table.size());
  arguments.averagedSize = averaged.last.size;
  arguments.averagedStep = averaged.last.step;
  arguments.start = static_cast<Word>(-count * input.zeroPoint);
  arguments.single = inner % 4 == 0 ? 0 : 1;

  std::vector<std::uint16_t> starts(kGroup, static_cast<std::uint16_t>(arguments.start >> 16));
  starts.resize(2 * kGroup, static_cast<std::uint16_t>(arguments.start));
  starts.resize(3 * kGroup, 0x0101);
  PackedCall call;
  call.kernel = "mean_int8";
  call.arguments = argumentWords(arguments);
  call.units = static_cast<std::uint32_t>(outer.table.size()) * outer.last.size * arguments.groups;
  call.scratchBytes = 64;
  pointTo(call, "input", ArgumentWord::Kind::Input);
  pointTo(call, "output", ArgumentWord::Kind::Output);
  addConstant(call, {"starts", "upper halves, lower halves of the start values; ones",
                     littleEndian(starts)});
  addConstant(call, {"multipliers", "16 times factor, left shift, half, right shift",
                     littleEndian(std::vector<Conv2dMultiplier>(kGroup, multiplier)), 8});
  addConstant(call, {"outerBases", "of outer places", littleEndian(outer.table)});
  addConstant(call,
              {"averagedOffsets", "of rows of averaged places", littleEndian(averaged.table)});
  return call;
}

} // namespace xs3::kernels
