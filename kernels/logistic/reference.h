// LOGISTIC: 1 / (1 + exp(-x)).
#pragma once

#include "kernels/reference/activation.h"

#include <array>
#include <cstdint>
#include <span>

namespace xs3::kernels {

/// The output for every int8 input, at index input + 128: F32(1 / (1 + exp(-real))) * F32(1 /
/// output scale), rounded, plus the output's zero point.
std::array<std::int8_t, 256> logisticTable(Int8Quantization input, Int8Quantization output);

void logisticInt8(const std::array<std::int8_t, 256> &table, std::span<const std::int8_t> input,
                  std::span<std::int8_t> output);

/// As TensorFlow Lite's reference: exactly 1 above 16.619047, exp(x) below -9.
void logisticFloat(std::span<const float> input, std::span<float> output);

} // namespace xs3::kernels
