#include "kernels/mean/pack.h"

#include "kernels/conv2d/pack.h"
#include "kernels/halves/pack_halves.h"
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
  const Requantization requantization{
      input.zeroPoint, {meanMultiplier(input, output, count)}, output.zeroPoint, {}};
  const std::int64_t zero = input.zeroPoint;
  const auto scale = inner % 4 == 0 ? searchHalves(requantization, 0,
                                                   {count * (-128 - zero), count * (127 - zero)})
                                    : std::nullopt;

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
  call.kernel = scale ? "mean_int8_vector" : "mean_int8";
  call.arguments = argumentWords(arguments);
  call.units = static_cast<std::uint32_t>(outer.table.size()) * outer.last.size * arguments.groups;
  call.scratchBytes = kHalvesScratch;
  pointTo(call, "input", ArgumentWord::Kind::Input);
  pointTo(call, "output", ArgumentWord::Kind::Output);
  addConstant(call, {"starts", "upper halves, lower halves of the start values; ones",
                     littleEndian(starts)});
  if (scale) {
    std::vector<std::uint8_t> constants;
    appendHalves(constants, std::vector<HalvesScale>(kGroup, *scale), {});
    addConstant(call, {"multipliers", "what scales: 16 halfwords each", std::move(constants), 8});
  } else {
    const Conv2dMultiplier multiplier =
        conv2dMultiplier(requantization.multipliers.front(), 256 * count);
    addConstant(call, {"multipliers", "16 times factor, left shift, half, right shift",
                       littleEndian(std::vector<Conv2dMultiplier>(kGroup, multiplier)), 8});
  }
  addConstant(call, {"outerBases", "of outer places", littleEndian(outer.table)});
  addConstant(call,
              {"averagedOffsets", "of rows of averaged places", littleEndian(averaged.table)});
  return call;
}

} // namespace xs3::kernels
