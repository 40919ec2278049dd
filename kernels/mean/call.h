// MEAN, int8: what its kernels read.
//
//   mean_int8_vector  whole words of inner elements, scaled by constants that are proven
//                     (kernels/halves)
//   mean_int8         any
//
// The packer joins neighbouring dimensions that are all averaged over or all kept. The last run of
// kept dimensions, where it ends the tensor, makes the inner elements (else there is one); the
// other kept places are the outer ones, in the order of the output. Unit of work: a group of 16
// inner elements of an outer place.
//
// Input of outer place p: outerBases[p / outerSize] + p % outerSize * outerStep. From there, the
// averaged places: for each of averagedRows, at averagedOffsets[row], averagedSize places that are
// averagedStep apart. All bytes.
//
// Limits. Those of Conv2dMultiplier (kernels/conv2d/call.h) with accumulators of 256 * count.
#pragma once

#include "kernels/conv2d/call.h"

namespace xs3::kernels {

struct MeanArguments {
  Word input, output;
  Word starts;      ///< Upper, then lower halves of 16 times `start`; 32 times 1.
  Word multipliers; ///< 16 times the same Conv2dMultiplier; of mean_int8_vector what halves.inc
                    ///< reads.
  Word outerBases;
  Word zeroPoint; ///< Of the output.
  Word low, high; ///< Of the output: -128 and 127.
  Word outerSize, outerStep;
  Word inner;  ///< Elements.
  Word groups; ///< Of 16 inner elements.
  Word averagedOffsets, averagedRows, averagedSize, averagedStep;
  Word start;  ///< -count * zero point of the input.
  Word single; ///< 1: not every group starts at a multiple of 4, elements are summed one by one.

  static constexpr std::array<std::string_view, 18> kNames = {
      "input",           "output",       "starts",       "multipliers",
      "outerBases",      "zeroPoint",    "low",          "high",
      "outerSize",       "outerStep",    "inner",        "groups",
      "averagedOffsets", "averagedRows", "averagedSize", "averagedStep",
      "start",           "single"};
};

} // namespace xs3::kernels
