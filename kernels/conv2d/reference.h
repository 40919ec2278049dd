// CONV_2D: filter [output channels][rows][columns][channels of a group], taps outside of the image
// skipped.
#pragma once

#include "kernels/reference/requantization.h"
#include "kernels/reference/window.h"

#include <cstdint>
#include <span>

namespace xs3::kernels {

struct Conv2dParameters {
  Image input, output;
  Window window;
  std::int32_t groups = 1; ///< Divides input and output channels.
};

/// Sum of (input - zero point) * weight, plus bias, scaled. `bias` may be empty.
void conv2dInt8(const Conv2dParameters &parameters, const Requantization &requantization,
                std::span<const std::int8_t> input, std::span<const std::int8_t> filter,
                std::span<const std::int32_t> bias, std::span<std::int8_t> output);

/// The sum is taken in float32 in the order of the filter, every product added with one rounding;
/// then bias, then clamp.
void conv2dFloat(const Conv2dParameters &parameters, FloatRange range, std::span<const float> input,
                 std::span<const float> filter, std::span<const float> bias,
                 std::span<float> output);

} // namespace xs3::kernels
