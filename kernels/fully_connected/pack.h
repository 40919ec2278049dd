// FULLY_CONNECTED made ready for fully_connected_int8.
#pragma once

#include "kernels/fully_connected/call.h"
#include "kernels/fully_connected/reference.h"

#include <cstdint>
#include <span>
#include <vector>

namespace xs3::kernels {

/// One or more calls, for the channels `outputs`. `bias` may be empty. Several rows whose depth is
/// no multiple of 4 become a 1x1 convolution. Throws Error beyond the limits of call.h.
std::vector<PackedCall> packFullyConnectedInt8(const FullyConnectedParameters &parameters,
                                               const Requantization &requantization,
                                               std::span<const std::int8_t> filter,
                                               std::span<const std::int32_t> bias,
                                               ChannelRange outputs = {});

} // namespace xs3::kernels
