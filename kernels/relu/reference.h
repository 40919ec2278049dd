// RELU, RELU_N1_TO_1 and RELU6 as operators of their own; PRELU.
#pragma once

#include "kernels/reference/activation.h"
#include "kernels/reference/fixed_point.h"

#include <cstdint>
#include <span>
#include <vector>

namespace xs3::kernels {

/// (value - zero point) times the scales' quotient (rounded to float32), plus the output's zero
/// point, clamped.
struct ReluScaling {
  std::int32_t inputZeroPoint;
  Multiplier multiplier;
  std::int32_t outputZeroPoint;
  Int8Range range;

  std::int8_t operator()(std::int8_t value) const {
    return toInt8(scaleBy(value - inputZeroPoint, multiplier), outputZeroPoint, range);
  }
};
ReluScaling reluScaling(Int8Quantization input, Int8Quantization output, Activation activation);

void reluInt8(const ReluScaling &scaling, std::span<const std::int8_t> input,
              std::span<std::int8_t> output);

void reluFloat(FloatRange range, std::span<const float> input, std::span<float> output);

/// value >= 0 ? value : value * alpha, alpha broadcast to the input's shape.
void preluFloat(std::span<const std::int32_t> shape, std::span<const std::int32_t> alphaShape,
                std::span<const float> input, std::span<const float> alpha,
                std::span<float> output);

} // namespace xs3::kernels
