// DEPTHWISE_CONV_2D: every input channel has its own filters. Filter [rows][columns][output
// channels].
#pragma once

#include "kernels/reference/requantization.h"
#include "kernels/reference/window.h"

#include <cstdint>
#include <span>

namespace xs3::kernels {

/// Output channel o reads input channel o / (output channels / input channels).
struct DepthwiseConv2dParameters {
  Image input, output;
  Window window;
};

/// Sum of (input - zero point) * weight, plus bias, scaled. `bias` may be empty.
void depthwiseConv2dInt8(const DepthwiseConv2dParameters &parameters,
                         const Requantization &requantization, std::span<const std::int8_t> input,
                         std::span<const std::int8_t> filter, std::span<const std::int32_t> bias,
                         std::span<std::int8_t> output);

/// The sum is taken in float32 in the order of the filter, every product added with one rounding;
/// then bias, then clamp.
void depthwiseConv2dFloat(const DepthwiseConv2dParameters &parameters, FloatRange range,
                          std::span<const float> input, std::span<const float> filter,
                          std::span<const float> bias, std::span<float> output);

} // namespace xs3::kernels
