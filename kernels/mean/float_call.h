// MEAN in float32: what its kernel mean_float reads.
//
// Unit of work: an element of the output, walked to as in mean/call.h. The sum is taken in the
// order of the input and divided by the count, rounded to nearest.
#pragma once

#include "kernels/call.h"
#include "kernels/mean/reference.h"

namespace xs3::kernels {

struct MeanFloatArguments {
  Word input, output;
  Word outerBases;
  Word outerSize, outerStep;
  Word inner; ///< Elements.
  Word averagedOffsets, averagedRows, averagedSize, averagedStep;
  Word count; ///< float32

  static constexpr std::array<std::string_view, 11> kNames = {
      "input",           "output",       "outerBases",   "outerSize",    "outerStep", "inner",
      "averagedOffsets", "averagedRows", "averagedSize", "averagedStep", "count"};
};

PackedCall packMeanFloat(const MeanParameters &parameters);

} // namespace xs3::kernels
