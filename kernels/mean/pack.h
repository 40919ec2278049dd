// MEAN made ready for its kernel.
#pragma once

#include "kernels/mean/call.h"
#include "kernels/mean/reference.h"

namespace xs3::kernels {

/// Throws Error beyond the limits of call.h.
PackedCall packMeanInt8(const MeanParameters &parameters, Int8Quantization input,
                        Int8Quantization output);

} // namespace xs3::kernels
