// LceBconv2d: what its kernels read. Three kernels share one argument block; they differ in what
// becomes of the popcounts.
//
//   bconv2d_bits         bit = popcount > threshold, 32 channels a store
//   bconv2d_float        y = float(clamp(2 popcount)) * multiplier + bias
//   bconv2d_int8, bconv2d_int8_relu, bconv2d_int8_wide, bconv2d_int8_relu_wide
//                        int8 by constants that the packer has proven for every possible popcount
//   bconv2d_int8_float   int8 by the float formula and a rounding: slower, for layers where no
//   constants are found
//
// Unit of work: an output pixel, row by row, image by image.
//
// The ring. A window of S slices (32 bytes) holds T = 256 S bits, of which K are taps and T - K are
// filling: zero in the activations. A vlmaccr1 for each slice adds T/2 - popcount(activations xor
// weights). The weights' filling has floor((T-K)/2) ones, so that all slices together add
// ceil(K/2) - x, where x is the popcount over the taps.
//
// Weights. For every group of 16 output channels; for every slice; for channel 15 down to 0 of the
// group: 32 bytes. So the ring ends with channel 0 in accumulator 0. Channels that do not exist
// have weights of zero. For float and int8_float every bit is inverted: slices add x - ceil(K/2).
//
// Starts. What the low halves of the ring hold before a pixel: 32 bytes for each group of 16
// channels. With zero padding there is one such table for every class of border, and
// rowStarts[output row] + columnStarts[output column] is the distance in bytes to the table of a
// pixel: a padded tap must add half of its bits to x, but adds the ones of its weights. With z the
// sum over the padded taps of (bits / 2 - ones):
//   bits               clamp(threshold, -1, K) - ceil(K/2)     the ring ends as threshold - x
//   float, int8_float  ceil(K/2) + z                           the ring ends as x (unsigned)
//   int8               -z                                      the ring ends as ceil(K/2) - x
//
// Transform. float, int8_float: for every channel its multiplier and bias, float32. int8: for every
// pair of groups, see Bconv2dInt8Group.
//
// Limits. K <= 32767 for bits, 65534 for the others; batches * rows * columns of the output below
// 2^31.
#pragma once

#include "kernels/window/call.h"

#include <cstddef>

namespace xs3::kernels {

struct Bconv2dArguments {
  Word input, output, weights, starts;
  Word transform; ///< Not used by bits.
  Word rowStarts,
      columnStarts; ///< One word for each output row, column; 0: the first table serves all.
  Word groups;      ///< bits, int8: of 32 channels; float, int8_float: of 16.
  Word channels;    ///< float, int8_float: output channels; bits, int8: a loop of loops.inc, or 0.
  Word outputStep;  ///< Bytes from one output pixel to the next.
  Word low, high;   ///< float, int8_float: clamp of 2 popcount.
  WindowArguments window;

  static constexpr auto kNames =
      namesBeforeWindow<12>({"input", "output", "weights", "starts", "transform", "rowStarts",
                             "columnStarts", "groups", "channels", "outputStep", "low", "high"});
};
static_assert(offsetof(Bconv2dArguments, window) == 12 * sizeof(Word));

/// bconv2d_int8: the constants of 16 channels. The channels of a pair of groups are interleaved:
/// lane i of the first is channel 2i + 1, of the second channel 2i of the 32, and so are their
/// weights and starts. With a = ceil(K/2) - x,
///   y = high byte of saturate(round((start + a * (factor + moreFactor)) / 2^shift))
/// where saturation is at +-32767 and the high byte is the floor of a division by 256.
struct Bconv2dInt8Group {
  std::array<std::int16_t, 16> startHigh; ///< Upper halves of the 32-bit start values.
  std::array<std::uint16_t, 16> startLow; ///< Their lower halves.
  std::array<std::int16_t, 16> factor;
  std::array<std::int16_t, 16> moreFactor; ///< Added to the factor by the _wide kernels.
  std::array<std::uint16_t, 16> shift;
};
static_assert(sizeof(Bconv2dInt8Group) == 160);

} // namespace xs3::kernels
