#include "kernels/little_endian.h"
#include "kernels/mean/float_call.h"
#include "kernels/mean/walk.h"

#include <algorithm>

namespace xs3::kernels {
namespace {

constexpr Word kFloatBytes = sizeof(float);

std::vector<std::uint8_t> offsets(std::vector<Word> places) {
  for (Word &place : places)
    place *= kFloatBytes;
  return littleEndian(places);
}

} // namespace

PackedCall packMeanFloat(const MeanParameters &parameters) {
  const auto [inner, outer, averaged] = meanWalk(parameters);
  MeanFloatArguments arguments = {};
  arguments.outerSize = outer.last.size;
  arguments.outerStep = kFloatBytes * outer.last.step;
  arguments.inner = inner;
  arguments.averagedRows = static_cast<Word>(averaged.table.size());
  arguments.averagedSize = averaged.last.size;
  arguments.averagedStep = kFloatBytes * averaged.last.step;
  arguments.count = std::bit_cast<Word>(static_cast<float>(meanCount(parameters)));
  PackedCall call;
  call.kernel = "mean_float";
  call.arguments = argumentWords(arguments);
  call.units = static_cast<std::uint32_t>(outer.table.size()) * outer.last.size * inner;
  pointTo(call, "input", ArgumentWord::Kind::Input);
  pointTo(call, "output", ArgumentWord::Kind::Output);
  addConstant(call, {"outerBases", "of outer places", offsets(outer.table)});
  addConstant(call, {"averagedOffsets", "of rows of averaged places", offsets(averaged.table)});
  return call;
}

} // namespace xs3::kernels
