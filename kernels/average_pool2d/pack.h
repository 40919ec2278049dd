// AVERAGE_POOL_2D made ready for its kernels.
#pragma once

#include "kernels/average_pool2d/call.h"
#include "kernels/reference/activation.h"

namespace xs3::kernels {

/// Throws Error for windows beyond the limit of call.h.
PackedCall packAveragePool2dInt8(const Image &input, const Image &output, const Window &window,
                                 Int8Range range);

} // namespace xs3::kernels
