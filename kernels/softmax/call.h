// SOFTMAX, int8: what its kernel softmax_int8 reads. Unit of work: a row of classes.
//
// exponentials[d] is exp(-input scale * beta * d) in float32 for d = maximum - value. The sum is
// taken in order in float32; the factor 1 / (sum * output scale) is correctly rounded, products are
// rounded to the nearest integer, ties away from zero, and saturated with the zero point.
#pragma once

#include "kernels/call.h"

namespace xs3::kernels {

struct SoftmaxArguments {
  Word input, output;
  Word exponentials; ///< 256 float32.
  Word classes;      ///< At least 1.
  Word scale;        ///< float32: output scale.
  Word zeroPoint;    ///< Of the output.

  static constexpr std::array<std::string_view, 6> kNames = {"input",   "output", "exponentials",
                                                             "classes", "scale",  "zeroPoint"};
};

/// The exponent's factor is computed in float32, the exponential in double and rounded once.
PackedCall packSoftmax(std::uint32_t rows, std::uint32_t classes, float inputScale, float beta,
                       float outputScale, std::int32_t outputZeroPoint);

} // namespace xs3::kernels
