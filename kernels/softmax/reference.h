// SOFTMAX over the last dimension.
#pragma once

#include "kernels/reference/activation.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

namespace xs3::kernels {

/// exp(-scale * beta * d) for d = 0 .. 255, the distance of a value from the row's largest: the
/// argument in float32, exp in double, rounded once to float32.
std::array<float, 256> softmaxTable(float scale, float beta);

/// Each row of `classes` values: y = e * (1 / (sum * output scale)), all in float32, the sum in
/// order; rounded, plus the output's zero point.
void softmaxInt8(std::size_t classes, const std::array<float, 256> &table, Int8Quantization output,
                 std::span<const std::int8_t> input, std::span<std::int8_t> result);

/// exp((value - largest) * beta) / their sum, in float32, the sum in order.
void softmaxFloat(std::size_t classes, float beta, std::span<const float> input,
                  std::span<float> result);

} // namespace xs3::kernels
