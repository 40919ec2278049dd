// ADD, SUB, MUL and PRELU in float32: the arguments of add_float, sub_float, mul_float and
// prelu_float behind BroadcastArguments.
//
// One rounded operation of each pair of elements, then the clamp. prelu_float gives a * b where a
// lies below 0, else a, and never clamps.
#pragma once

#include "kernels/broadcast/call.h"
#include "kernels/reference/activation.h"

namespace xs3::kernels {

struct FloatPairArguments {
  Word low, high; ///< float32.
  Word clamp;     ///< How many of them are finite; never the upper one alone.

  static constexpr std::array<std::string_view, 3> kNames = {"low", "high", "clamp"};
};

enum class FloatPairOperation : std::uint8_t { Add, Sub, Mul, Prelu };

PackedCall packFloatPairs(FloatPairOperation operation, const BroadcastShapes &shapes,
                          FloatRange range);

} // namespace xs3::kernels
