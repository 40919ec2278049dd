// MUL, int8: the arguments of mul_int8 behind BroadcastArguments.
//
// (a - zero point) * (b - zero point), scaled as Conv2dMultiplier says (kernels/conv2d/call.h),
// plus the zero point, clamped.
#pragma once

#include "kernels/broadcast/call.h"
#include "kernels/conv2d/call.h"
#include "kernels/mul/reference.h"

namespace xs3::kernels {

struct MulArguments {
  Word zeroPointA, zeroPointB;
  Word zeroPoint, low, high; ///< Of the output.
  Word q, left, half, down;  ///< Conv2dMultiplier.

  static constexpr std::array<std::string_view, 9> kNames = {
      "zeroPointA", "zeroPointB", "zeroPoint", "low", "high", "q", "left", "half", "down"};
};

/// Throws Error for a factor beyond the limits of Conv2dMultiplier with accumulators of 255 * 255.
PackedCall packMulInt8(const BroadcastShapes &shapes, const MulScaling &scaling);

} // namespace xs3::kernels
