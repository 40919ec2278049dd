// The parts of int8 convolutions that packers share: the order of channels in the ring, and blocks
// whose scaling is proven for the vector unit.
#pragma once

#include "kernels/conv2d/call.h"
#include "kernels/conv2d/search_scale.h"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace xs3::kernels {

inline constexpr std::size_t kBlockChannels = 32;

/// An int8 operator's weights: `field` of them for each output channel, and perhaps a bias.
struct Int8Layer {
  const Requantization &requantization;
  std::size_t field;
  std::span<const std::int8_t> filter;
  std::span<const std::int32_t> bias; ///< May be empty.

  std::span<const std::int8_t> weights(std::size_t channel) const {
    return filter.subspan(channel * field, field);
  }
  /// What the channel's accumulator can be.
  AccumulatorRange range(std::size_t channel) const;
};

/// A layer whose channels that give one result for every input (a bias far larger than what the
/// weights can add, as dead channels have) are weights of 0, that result as bias and a factor of 1:
/// numbers that fit everywhere.
class SettledLayer {
public:
  explicit SettledLayer(const Int8Layer &layer);
  SettledLayer(const SettledLayer &) = delete;

  const Int8Layer &layer() const { return layer_; }

private:
  Requantization requantization_;
  std::vector<std::int8_t> filter_;
  std::vector<std::int32_t> bias_;
  Int8Layer layer_;
};

/// No channel: a lane without work.
inline constexpr std::size_t kNoChannel = ~std::size_t{0};

/// Adds `weights` and `starts`: lanes, 16 to a ring, name the channels.
void addRings(PackedCall &call, const Int8Layer &layer, std::span<const std::size_t> lanes);

/// The lanes of the blocks of 32 channels from `first` on.
std::vector<std::size_t> vectorLanes(std::size_t first, std::size_t blocks);

/// The scaling of a block, where constants are found for all of its channels: in the order of
/// scales. `left` is the layer's.
std::optional<std::vector<VectorScale>> proveBlock(const Int8Layer &layer, std::size_t first,
                                                   unsigned left);

/// The largest shift that keeps the accumulators of `channels` channels from `first` on in 32 bits
/// and their results in 40.
unsigned vectorLeftShift(const Int8Layer &layer, std::size_t first, std::size_t channels);

/// Adds `scales` and, where the range needs them, `clamps`.
void addVectorScales(PackedCall &call, std::span<const VectorScale> scales, Int8Range range);

} // namespace xs3::kernels
