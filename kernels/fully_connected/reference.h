// FULLY_CONNECTED: filter [channels][depth].
#pragma once

#include "kernels/reference/requantization.h"

#include <cstddef>
#include <cstdint>
#include <span>

namespace xs3::kernels {

struct FullyConnectedParameters {
  std::size_t rows = 1; ///< Independent inputs.
  std::size_t depth = 1, channels = 1;
};

/// Sum of (input - zero point) * weight, plus bias, scaled. `bias` may be empty.
void fullyConnectedInt8(const FullyConnectedParameters &parameters,
                        const Requantization &requantization, std::span<const std::int8_t> input,
                        std::span<const std::int8_t> filter, std::span<const std::int32_t> bias,
                        std::span<std::int8_t> output);

/// The sum is taken in float32 in order, every product added with one rounding; then bias, then
/// clamp.
void fullyConnectedFloat(const FullyConnectedParameters &parameters, FloatRange range,
                         std::span<const float> input, std::span<const float> filter,
                         std::span<const float> bias, std::span<float> output);

} // namespace xs3::kernels
