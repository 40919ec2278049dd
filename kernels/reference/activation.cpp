#include "kernels/reference/activation.h"

#include "kernels/reference/fixed_point.h"

#include <algorithm>
#include <limits>

namespace xs3::kernels {

FloatRange floatRange(Activation activation) {
  constexpr float kInfinity = std::numeric_limits<float>::infinity();
  switch (activation) {
  case Activation::Relu:
    return {0, kInfinity};
  case Activation::ReluN1To1:
    return {-1, 1};
  case Activation::Relu6:
    return {0, 6};
  case Activation::None:
    break;
  }
  return {-kInfinity, kInfinity};
}

Int8Range int8Range(Activation activation, Int8Quantization output) {
  const FloatRange real = floatRange(activation);
  // Infinities end at the ends of int8; the quotient is rounded in float32, ties away from zero.
  const auto quantized = [&](float bound) {
    return std::int32_t{toInt8(roundAway(bound / output.scale), output.zeroPoint)};
  };
  return {quantized(real.low), quantized(real.high)};
}

} // namespace xs3::kernels
