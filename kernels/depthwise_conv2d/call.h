// DEPTHWISE_CONV_2D, int8: what its kernels read.
//
//   depthwise_conv2d_int8                 any channels, each scaled on its own
//   depthwise_conv2d_int8_vector          whole words of channels, scaled sixteen at a time by
//   constants
//                                         that are proven to give the same (kernels/halves)
//   depthwise_conv2d_int8_vector_clamped  the same, for outputs with a range of their own
//
// Unit of work: an output pixel, row by row, image by image. 16 output channels a turn: one vlmacc
// for each tap. Where every input channel has one output and pixels are whole words, taps are read
// in place; those outside of the image from `fill`. Else the pixel's window is expanded into
// scratch first: every byte as often as it has outputs, taps a multiple of 16 bytes apart.
//
// Offsets. Word 0 is not used; word k + 1 is where tap k (by rows, then columns) lies behind the
// first one.
//
// Weights of depthwise_conv2d_int8. For every group of 16 output channels: the upper halves (16
// halfwords), then the lower halves of the 32-bit numbers bias - zero point * sum of the weights;
// for the last tap down to the first 16 bytes; 16 Conv2dMultiplier. Channels that do not exist have
// zero weights.
//
// Of the others. For every group the same start values and weights; then what halves.inc reads
// (kernels/halves/pack_halves.h).
//
// Limits. Those of conv2d_int8 (kernels/conv2d/call.h).
#pragma once

#include "kernels/conv2d/call.h"

#include <cstddef>

namespace xs3::kernels {

struct DepthwiseConv2dArguments {
  Word input, output, weights, offsets;
  Word taps;
  Word zeroPoint;  ///< Of the output.
  Word low, high;  ///< Clamp of the output.
  Word channels;   ///< Output channels.
  Word outputStep; ///< Bytes from one output pixel to the next.
  Word fill;       ///< Address of a pixel of the input's zero point, rounded up to whole groups.
  Word repeats;    ///< Outputs of an input channel where the window is expanded, else 0.
  /// tapBytes is from one tap to the next of what the kernel makes in scratch: expanded taps, or
  /// words.
  WindowArguments window;

  static constexpr auto kNames =
      namesBeforeWindow<12>({"input", "output", "weights", "offsets", "taps", "zeroPoint", "low",
                             "high", "channels", "outputStep", "fill", "repeats"});
};
static_assert(offsetof(DepthwiseConv2dArguments, window) == 12 * sizeof(Word));

struct DepthwiseConv2dVectorArguments {
  Word input, output, weights, offsets;
  Word taps;
  Word lastTap; ///< Of a 3x3 window: its last tap behind its first. 0 for other windows.
  Word minusColumn, minusRow; ///< From a tap to the one before, in its row and at the row's begin.
  Word channels, outputStep, fill, repeats;
  WindowArguments window;

  static constexpr auto kNames = [] {
    auto names = DepthwiseConv2dArguments::kNames;
    names[5] = "lastTap";
    names[6] = "minusColumn";
    names[7] = "minusRow";
    return names;
  }();
};
static_assert(sizeof(DepthwiseConv2dVectorArguments) == sizeof(DepthwiseConv2dArguments));

} // namespace xs3::kernels
