// MAX_POOL_2D: places outside of the image are skipped; input and output have one scale.
#pragma once

#include "kernels/reference/activation.h"
#include "kernels/reference/window.h"

#include <cstdint>
#include <span>

namespace xs3::kernels {

void maxPool2dInt8(const Image &input, const Image &output, const Window &window, Int8Range range,
                   std::span<const std::int8_t> values, std::span<std::int8_t> result);

void maxPool2dFloat(const Image &input, const Image &output, const Window &window, FloatRange range,
                    std::span<const float> values, std::span<float> result);

} // namespace xs3::kernels
