// QUANTIZE made ready for its kernels.
#pragma once

#include "kernels/quantize/call.h"
#include "kernels/reference/activation.h"

namespace xs3::kernels {

/// float32 to int8.
PackedCall packQuantizeFloat(std::uint32_t elements, Int8Quantization output);

/// int8 to int8 of another scale or zero point.
PackedCall packRequantize(std::uint32_t elements, Int8Quantization input, Int8Quantization output);

} // namespace xs3::kernels
