// LceBMaxPool2d made ready for its kernel.
#pragma once

#include "kernels/bmaxpool2d/call.h"
#include "kernels/reference/window.h"

namespace xs3::kernels {

/// input and output with their true channels.
PackedCall packBmaxpool2d(const Image &input, const Image &output, const Window &window);

} // namespace xs3::kernels
