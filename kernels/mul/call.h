// MUL, int8: the arguments of its kernels behind BroadcastArguments.
//
//   mul_int8_vector          by vectors, scaled by constants that are proven for every product
//   mul_int8_vector_clamped  the same, for outputs with a range of their own
//   mul_int8                 any shapes and scales, element by element
//
// Of mul_int8. (a - zero point) * (b - zero point), scaled as Conv2dMultiplier says
// (kernels/conv2d/call.h), plus the zero point, clamped.
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

/// A unit is 16 elements of the output, of operands that go on from element to element.
struct MulVectorArguments {
  Word elements; ///< Of the output.
  /// 16 upper, then lower halves of the product of the zero points; 32 bytes each of minus the
  /// second operand's zero point in two parts, then the first one's; what halves.inc reads.
  Word constants;

  static constexpr std::array<std::string_view, 2> kNames = {"elements", "constants"};
};

/// Throws Error for a factor beyond the limits of Conv2dMultiplier with accumulators of 255 * 255.
PackedCall packMulInt8(const BroadcastShapes &shapes, const MulScaling &scaling);

} // namespace xs3::kernels
