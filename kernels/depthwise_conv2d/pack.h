// DEPTHWISE_CONV_2D made ready for depthwise_conv2d_int8.
#pragma once

#include "kernels/depthwise_conv2d/call.h"
#include "kernels/depthwise_conv2d/reference.h"

#include <cstdint>
#include <span>

namespace xs3::kernels {

/// `bias` may be empty. Throws Error beyond the limits of call.h.
PackedCall packDepthwiseConv2dInt8(const DepthwiseConv2dParameters &parameters,
                                   const Requantization &requantization,
                                   std::span<const std::int8_t> filter,
                                   std::span<const std::int32_t> bias);

} // namespace xs3::kernels
