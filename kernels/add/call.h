// ADD and SUB, int8: the arguments of their kernels behind BroadcastArguments.
//
//   add_int8_vector          by vectors, with weights that are products of two numbers
//   add_int8_vector_wide     by vectors, with any weights
//   add_int8_vector_clamped  the same, for outputs with a range of their own
//   add_int8                 any shapes and scales, element by element
//
// The vector kernels are used where constants are found that give the reference's result for every
// pair of operands (search_sum.h). They do 32 elements of the output a unit, those of odd place
// apart from those of even place, with two operands that go on from element to element.
//
// Of add_int8. Every operand value stands for a term of 32 bits (kernels/reference: common scale,
// 20 more bits); the sum of two terms is scaled as Conv2dMultiplier says (kernels/conv2d/call.h),
// plus the zero point, clamped.
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

/// What the vector kernels do: SumWeights, every number in 16 lanes, in the order in which the
/// kernel uses them.
struct AddVectorArguments {
  Word elements; ///< Of the output.
  Word constants;

  static constexpr std::array<std::string_view, 2> kNames = {"elements", "constants"};
};

/// SUB is ADD of terms with the other sign. Throws Error for a factor beyond the limits of
/// Conv2dMultiplier.
PackedCall packAddInt8(const BroadcastShapes &shapes, const AddScaling &scaling, Sign sign);

} // namespace xs3::kernels
