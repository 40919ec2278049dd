// LceQuantize made ready for its kernels.
#pragma once

#include "kernels/lce_quantize/call.h"

#include <cstdint>

namespace xs3::kernels {

/// `pixels` is the product of all dimensions but the last, which is `channels`. The zero point is
/// -128 .. 127.
PackedCall packLceQuantizeInt8(std::uint32_t pixels, std::uint32_t channels,
                               std::int32_t zeroPoint);
PackedCall packLceQuantizeFloat(std::uint32_t pixels, std::uint32_t channels);
PackedCall packLceQuantizeBool(std::uint32_t pixels, std::uint32_t channels);

} // namespace xs3::kernels
