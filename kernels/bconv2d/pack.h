// LceBconv2d made ready for its kernels: weights in kernel order, thresholds as start values.
#pragma once

#include "kernels/bconv2d/call.h"
#include "kernels/bconv2d/reference.h"

#include <cstdint>
#include <span>
#include <vector>

namespace xs3::kernels {

/// The calls for one operator: one for each group of a grouped convolution. `filter` is the packed
/// filter of the file. Throws Error for what is beyond the limits of call.h, or, for bits, when a
/// group's channels are not whole words. `outputs`: the channels to make calls for, all unless
/// groups == 1 (asserted).
std::vector<PackedCall> packBconv2dBits(const Bconv2dParameters &parameters,
                                        std::span<const Word> filter,
                                        std::span<const std::int32_t> threshold,
                                        ChannelRange outputs = {});

std::vector<PackedCall> packBconv2dFloat(const Bconv2dParameters &parameters,
                                         std::span<const Word> filter,
                                         const Bconv2dOutputTransform &transform,
                                         ChannelRange outputs = {});

/// Blocks of 32 channels for which constants are found use bconv2d_int8 (or a variant of it),
/// others bconv2d_int8_float: neighbouring blocks of a kind share a call.
std::vector<PackedCall> packBconv2dInt8(const Bconv2dParameters &parameters,
                                        std::span<const Word> filter,
                                        const Bconv2dOutputTransform &transform,
                                        ChannelRange outputs = {});

} // namespace xs3::kernels
