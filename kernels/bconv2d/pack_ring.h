// What the three outputs of LceBconv2d share: the order of channels in the ring, weights and start
// values.
#pragma once

#include "kernels/bconv2d/call.h"
#include "kernels/bconv2d/reference.h"

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

namespace xs3::kernels {

/// Accumulators of the ring, and so channels of a group.
inline constexpr std::size_t kRing = 16;

/// One group of a grouped convolution (all of it where there is only one), as its kernel sees it.
struct BinaryField {
  Bconv2dParameters parameters;
  std::span<const Word> filter; ///< Of the group's channels only.
  std::size_t channels = 0;     ///< Output channels of the group.
  std::size_t first = 0;        ///< The first of them, among all of the operator.
  std::int32_t group = 0;
  bool inverted = false;  ///< Weights stored inverted: the ring counts x up instead of down.
  bool oddsFirst = false; ///< Lanes of a pair of groups hold the odd, then the even channels.

  std::int64_t bits() const { return fieldBits(parameters); }
  std::int64_t halfBits() const { return (bits() + 1) / 2; }
  std::size_t tapChannels() const;
  std::size_t tapWords() const;
  std::size_t taps() const;
  std::size_t filterWords() const { return taps() * tapWords(); } ///< Of a channel.

  /// The channel in a lane of a group of 16; may be one that does not exist.
  std::size_t channelAt(std::size_t group16, std::size_t lane) const;

  /// Some of the group's channels by themselves.
  BinaryField part(std::size_t firstOfPart, std::size_t channelsOfPart) const;
};

/// The fields of an operator, one for each group; or, of an operator without groups, the one field
/// of `outputs`. Throws Error where the operator is beyond the limits of call.h.
std::vector<BinaryField> binaryFields(const Bconv2dParameters &parameters,
                                      std::span<const Word> filter, std::int64_t mostBits,
                                      ChannelRange outputs);

WindowArguments binaryWindow(const BinaryField &field);

/// The number of the pixel loop (loops.inc) for windows of that shape that lie inside of the image;
/// 0: there is none.
Word bconv2dLoop(const WindowArguments &window);

/// Adds the weights of `groups16` groups of 16 channels.
void addBinaryWeights(PackedCall &call, const BinaryField &field, std::size_t groups16,
                      std::uint32_t slices);

/// Adds the start values: start(channel) for channels that exist, `spare` for others; plus
/// `paddedSign` times the sum over padded taps of (half of the bits - ones of the weights), where
/// padding counts as nothing. One table, or one for each class of border.
struct StartValues {
  std::function<std::int64_t(std::size_t channel)> start;
  std::int64_t spare = 0;
  int paddedSign = 1;
};
void addStarts(PackedCall &call, const BinaryField &field, std::size_t groups16,
               const StartValues &values);

} // namespace xs3::kernels
