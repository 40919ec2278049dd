// MUL of two tensors, broadcast against each other.
#pragma once

#include "kernels/add/reference.h"

namespace xs3::kernels {

/// output = (a - zero point) * (b - zero point) * multiplier + zero point; the product of the input
/// scales is rounded to float32.
struct MulScaling {
  std::int32_t zeroPointA, zeroPointB;
  Multiplier product;
  std::int32_t outputZeroPoint;
  Int8Range range;

  std::int8_t operator()(std::int8_t a, std::int8_t b) const {
    return toInt8(scaleBy((a - zeroPointA) * (b - zeroPointB), product), outputZeroPoint, range);
  }
};
MulScaling mulScaling(Int8Quantization a, Int8Quantization b, Int8Quantization output,
                      Activation activation);

void mulInt8(const BroadcastShapes &shapes, const MulScaling &scaling,
             std::span<const std::int8_t> a, std::span<const std::int8_t> b,
             std::span<std::int8_t> output);

void mulFloat(const BroadcastShapes &shapes, FloatRange range, std::span<const float> a,
              std::span<const float> b, std::span<float> output);

} // namespace xs3::kernels
