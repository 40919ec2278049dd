// Int8 layers with weights as their packers see them, and the groups of 16 channels of a
// convolution whose scaling is proven for the vector unit.
#pragma once

#include "kernels/conv2d/call.h"
#include "kernels/conv2d/search_scale.h"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace xs3::kernels {

inline constexpr std::size_t kGroupChannels = 16;

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
  /// Where it starts so that inputs need no zero point: bias - zero point * sum of the weights.
  std::int64_t start(std::size_t channel) const;
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

/// Adds `weights` and `starts` of conv2d_int8 for channels `first` .. `first + channels - 1`.
void addRings(PackedCall &call, const Int8Layer &layer, std::size_t first, std::size_t channels);

/// What a group needs to be scaled on the vector unit: signs, a clamp from below, or anything.
enum class ScaleForm : std::uint8_t { Plain, Signed, Relu, Clamped };

/// A channel's constants where they are found: without signs if that is possible.
std::optional<VectorScale> proveChannel(const Int8Layer &layer, std::size_t channel);

/// The form that all of the channels with these constants can take.
ScaleForm formOf(std::span<const VectorScale> scales, Int8Range range);

/// Where a window's bytes lie in what the ring reads: by weight of the field, and slices of 32.
struct WindowPlaces {
  std::vector<std::size_t> places;
  std::size_t slices;
};

/// Adds `constants` of conv2d_int8_vector for the channels from `first` on, as many as scales.
void addVectorConstants(PackedCall &call, const Int8Layer &layer, std::size_t first,
                        std::span<const VectorScale> scales, ScaleForm form);

/// The weights of the same channels for one way in which windows lie.
std::vector<std::int8_t> vectorWeights(const Int8Layer &layer, std::size_t first,
                                       std::size_t channels, const WindowPlaces &window);

} // namespace xs3::kernels
