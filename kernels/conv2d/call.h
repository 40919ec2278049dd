// CONV_2D, int8: what its kernels read.
//
//   conv2d_int8                 any channels, each scaled on its own
//   conv2d_int8_vector          groups of 16 channels, scaled eight at a time by constants that are
//   proven to give the same
//   conv2d_int8_vector_signed   the same, where negative accumulators are rounded otherwise
//   conv2d_int8_vector_relu     the same, where outputs end above -128
//   conv2d_int8_vector_clamped  the same, where they end below 127 or with signs
//
// Unit of work: an output pixel, row by row, image by image. The window is copied into scratch
// (where a pixel's bytes are no multiple of 4: byte by byte) with the input's zero point outside of
// the image, unless it is one piece of memory. Bytes behind the window meet weights of zero.
//
// Weights. For every group of 16 output channels; for every slice of 32 bytes of the window; for
// channel 15 down to 0 of the group: 32 bytes. Channels that do not exist, and the filling of the
// last slice, are zero.
//
// Starts. For every group of 16 channels the upper halves (16 halfwords), then the lower halves of
// the 32-bit numbers bias - zero point * sum of the weights.
//
// Multipliers. For every channel Conv2dMultiplier. The result is that of kernels/reference: two
// roundings (bnn/semantics.md section 6.1).
//
// Limits. Of every channel, with a = (|bias| + 256 * sum |weight|) * 2^left: 2 a + 2^right < 2^31.
#pragma once

#include "kernels/window/call.h"

#include <cstddef>

namespace xs3::kernels {

struct Conv2dArguments {
  Word input, output, weights, starts, multipliers;
  Word zeroPoint;  ///< Of the output.
  Word low, high;  ///< Clamp of the output.
  Word channels;   ///< Output channels.
  Word outputStep; ///< Bytes from one output pixel to the next.
  Word fill;       ///< Address of 32 bytes of the input's zero point.
  Word byBytes;    ///< 1: the window is copied byte by byte.
  WindowArguments window;

  static constexpr auto kNames =
      namesBeforeWindow<12>({"input", "output", "weights", "starts", "multipliers", "zeroPoint",
                             "low", "high", "channels", "outputStep", "fill", "byBytes"});
};
static_assert(offsetof(Conv2dArguments, window) == 12 * sizeof(Word));

/// One channel's factor q * 2^(left - right - 31), in the form that the kernel applies:
///   h = (accumulator * 2^left * q + 2^30) >> 31
///   y = (2 h + 2^right - (h < 0)) >> (right + 1)       ties away from zero
struct Conv2dMultiplier {
  Word q;
  Word left;
  Word half; ///< 2^right
  Word down; ///< right + 1
};
static_assert(sizeof(Conv2dMultiplier) == 16);

/// conv2d_int8_vector: groups of 16 channels (the last of a call may have fewer) whose constants
/// are proven.
///
/// A window whose rows begin at addresses that are no multiple of 4 is taken from the words on in
/// which they begin. For each place of the window's first byte in its word there are weights of
/// their own, with zeros before and behind each row; windows at the border are copied as if all
/// rows began with a word. Behind the weights of a group come 32 zeros more.
///
/// Lanes. Lanes 2 i + 1 and 2 i of a group's ring (i = 0 .. 3) have its channels 4 i + 3 and 4 i +
/// 2; lanes 2 i + 9 and 2 i + 8 have channels 4 i + 1 and 4 i.
///
/// Constants. By group: the ring's start values (16 upper halves, then 16 lower ones), then for the
/// odd and for the even lanes vectors of 8 words (VectorScale): start below 2^left as a
/// fraction of 2^32, 32 - left, factor; with signs also zero and sign; with a clamp also the first
/// two or all four of ClampSteps.
struct Conv2dVectorArguments {
  Word input, output, constants;
  Word groups;   ///< Whole groups whose outputs begin at multiples of 4 ...
  Word rest;     ///< ... and the channels behind them, by which outputs are stored otherwise.
  Word weights0; ///< Weights for windows that begin with a word ...
  Word weights1, weights2, weights3; ///< ... and 1 to 3 bytes behind its begin.
  Word outputStep;                   ///< Bytes from one output pixel to the next.
  Word fill;                         ///< As in Conv2dArguments.
  Word borderWeights;                ///< For windows that are copied at the border.
  WindowArguments window;

  static constexpr auto kNames = namesBeforeWindow<12>(
      {"input", "output", "constants", "groups", "rest", "weights0", "weights1", "weights2",
       "weights3", "outputStep", "fill", "borderWeights"});
};
static_assert(offsetof(Conv2dVectorArguments, window) == 12 * sizeof(Word));

} // namespace xs3::kernels
