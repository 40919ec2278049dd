// ADD and SUB, int8: the arguments of add_int8 behind BroadcastArguments.
//
// Every operand value stands for a term of 32 bits (kernels/reference: common scale, 20 more bits);
// the sum of two terms is scaled as Conv2dMultiplier says (kernels/conv2d/call.h), plus the zero
// point, clamped.
#pragma once

#include "kernels/add/reference.h"
#include "kernels/broadcast/call.h"
#include "kernels/conv2d/call.h"

namespace xs3::kernels {

struct AddArguments {
  Word termsA, termsB;       ///< 256 words each, by the byte of the operand's value.
  Word zeroPoint, low, high; ///< Of the output.
  Word q, left, half, down;  ///< Conv2dMultiplier.

  static constexpr std::array<std::string_view, 9> kNames = {
      "termsA", "termsB", "zeroPoint", "low", "high", "q", "left", "half", "down"};
};

/// SUB is ADD of terms with the other sign. Throws Error for a factor beyond the limits of
/// Conv2dMultiplier.
PackedCall packAddInt8(const BroadcastShapes &shapes, const AddScaling &scaling, Sign sign);

} // namespace xs3::kernels
