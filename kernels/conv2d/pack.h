// CONV_2D made ready for its kernels.
#pragma once

#include "kernels/conv2d/call.h"
#include "kernels/conv2d/pack_vector.h"
#include "kernels/conv2d/reference.h"

#include <cstdint>
#include <span>
#include <vector>

namespace xs3::kernels {

/// One or more calls for each group of a grouped convolution that has channels among `outputs`.
/// `bias` may be empty. Throws Error beyond the limits of call.h.
std::vector<PackedCall> packConv2dInt8(const Conv2dParameters &parameters,
                                       const Requantization &requantization,
                                       std::span<const std::int8_t> filter,
                                       std::span<const std::int32_t> bias,
                                       ChannelRange outputs = {});

/// Adds weights, starts and multipliers of channels `first` .. `first + channels - 1`, as
/// conv2d_int8 and fully_connected_int8 read them.
void addInt8Weights(PackedCall &call, const Int8Layer &layer, std::size_t first,
                    std::size_t channels);

/// Only the multipliers of these.
void addInt8Multipliers(PackedCall &call, const Int8Layer &layer, std::size_t first,
                        std::size_t channels);

/// The factor of one channel, whose accumulator stays within +-mostAccumulator. Throws Error beyond
/// the limits of call.h.
Conv2dMultiplier conv2dMultiplier(Multiplier factor, std::int64_t mostAccumulator);

} // namespace xs3::kernels
