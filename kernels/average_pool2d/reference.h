// AVERAGE_POOL_2D: over the places inside of the image; input and output have one scale.
#pragma once

#include "kernels/reference/activation.h"
#include "kernels/reference/window.h"

#include <cstdint>
#include <span>

namespace xs3::kernels {

/// The average of `count` values with that sum, ties away from zero.
std::int64_t averageOf(std::int64_t sum, std::int64_t count);

void averagePool2dInt8(const Image &input, const Image &output, const Window &window,
                       Int8Range range, std::span<const std::int8_t> values,
                       std::span<std::int8_t> result);

/// The sum is taken in float32, in order.
void averagePool2dFloat(const Image &input, const Image &output, const Window &window,
                        FloatRange range, std::span<const float> values, std::span<float> result);

} // namespace xs3::kernels
