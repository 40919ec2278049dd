#include "kernels/mean/pack.h"

#include "kernels/conv2d/pack.h"
#include "kernels/little_endian.h"
#include "kernels/mean/walk.h"

namespace xs3::kernels {
namespace {

constexpr std::uint32_t kGroup = 16;

} // namespace

PackedCall packMeanInt8(const MeanParameters &parameters, Int8Quantization input,
                        Int8Quantization output) {
  const auto [inner, outer, averaged] = meanWalk(parameters);
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
