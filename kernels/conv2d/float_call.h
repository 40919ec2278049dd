// CONV_2D, DEPTHWISE_CONV_2D and FULLY_CONNECTED in float32 made ready for their kernels
// (kernels/window/float_call.h).
//
// The sum is taken over the taps inside of the image, in the order of the filter, every product
// added with one rounding; then come bias and clamp: the reference's bits. A dense layer is the
// convolution of 1x1 images.
#pragma once

#include "kernels/conv2d/reference.h"
#include "kernels/depthwise_conv2d/reference.h"
#include "kernels/fully_connected/reference.h"
#include "kernels/window/float_call.h"

#include <span>

namespace xs3::kernels {

/// `bias` may be empty.
PackedCall packConv2dFloat(const Conv2dParameters &parameters, FloatRange range,
                           std::span<const float> filter, std::span<const float> bias);
PackedCall packDepthwiseConv2dFloat(const DepthwiseConv2dParameters &parameters, FloatRange range,
                                    std::span<const float> filter, std::span<const float> bias);
PackedCall packFullyConnectedFloat(const FullyConnectedParameters &parameters, FloatRange range,
                                   std::span<const float> filter, std::span<const float> bias);

} // namespace xs3::kernels
