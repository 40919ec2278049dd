// RELU, RELU6 and RELU_N1_TO_1 in float32: what their kernel clamp_float reads.
//
// Unit of work: an element. What is not a number stays, as does -0.
#pragma once

#include "kernels/call.h"
#include "kernels/reference/activation.h"

namespace xs3::kernels {

struct ClampFloatArguments {
  Word input, output;
  Word low, high; ///< float32.

  static constexpr std::array<std::string_view, 4> kNames = {"input", "output", "low", "high"};
};

PackedCall packClampFloat(std::size_t elements, FloatRange range);

} // namespace xs3::kernels
