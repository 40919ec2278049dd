// How the threads share a layer: by units of work, or by output channels where units are few.
#pragma once

#include "kernels/call.h"
#include "kernels/compiler/lower/work_estimate.h"

#include <cstdint>
#include <functional>
#include <vector>

namespace xs3::compiler {

/// Channels are cut at multiples of this (kernels::ChannelRange).
inline constexpr std::uint32_t kChannelBlock = 32;

/// The first unit of each thread's share and, last, the number of units: nearly equal shares of
/// neighbouring units, for as many of the threads as finish soonest. More than five threads run no
/// faster than five, so a sixth gets a share only where that evens the shares out.
std::vector<std::uint32_t> shareUnits(std::uint32_t units, unsigned threads,
                                      const WorkEstimate &work);

/// `range` in `parts` neighbouring ranges of nearly equal numbers of whole blocks; fewer parts
/// where there are fewer blocks.
std::vector<kernels::ChannelRange> cutChannels(kernels::ChannelRange range, std::uint32_t parts);

/// The ranges of output channels that threads do by themselves; empty where sharing the units of
/// `calls`, which do all channels of `range`, takes about as long.
std::vector<kernels::ChannelRange> shareChannels(const std::vector<kernels::PackedCall> &calls,
                                                 kernels::ChannelRange range, unsigned threads);

} // namespace xs3::compiler
