// CONV_2D, int8: what its kernels read.
//
//   conv2d_int8         any channels, each scaled on its own
//   conv2d_int8_vector  blocks of 32 channels, scaled eight at a time by constants that are proven
//   to give the same
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

  static constexpr auto kNames = [] {
    std::array<std::string_view, 12 + WindowArguments::kNames.size()> names = {
        "input", "output", "weights",  "starts",     "multipliers", "zeroPoint",
        "low",   "high",   "channels", "outputStep", "fill",        "byBytes"};
    for (std::size_t i = 0; i < WindowArguments::kNames.size(); ++i)
      names[12 + i] = WindowArguments::kNames[i];
    return names;
  }();
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

/// conv2d_int8_vector: whole blocks of 32 channels whose constants are proven. The channels of a
/// block lie in the lanes of its two rings so that lane 2j + 1 and 2j of the first are channel 4j +
/// 3 and 4j + 2, of the second 4j + 1 and 4j; weights and starts are in the order of lanes.
struct Conv2dVectorArguments {
  Word input, output, weights, starts;
  Word scales;     ///< By block, by channel modulo 4 = 3, 2, 1, 0: Conv2dVectorScale.
  Word left;       ///< What accumulators are shifted by first, in bits.
  Word clamps;     ///< 0, or 8 words each: -low, high - low, high, all times 2^23.
  Word blocks;     ///< Of 32 channels.
  Word zeros;      ///< 32 bytes of zero.
  Word outputStep; ///< Bytes from one output pixel to the next: a multiple of 4.
  Word fill, byBytes;
  WindowArguments window;

  static constexpr auto kNames = [] {
    std::array<std::string_view, 12 + WindowArguments::kNames.size()> names = {
        "input",  "output", "weights", "starts",     "scales", "left",
        "clamps", "blocks", "zeros",   "outputStep", "fill",   "byBytes"};
    for (std::size_t i = 0; i < WindowArguments::kNames.size(); ++i)
      names[12 + i] = WindowArguments::kNames[i];
    return names;
  }();
};
static_assert(offsetof(Conv2dVectorArguments, window) == 12 * sizeof(Word));

/// Eight channels: see VectorScale (search_scale.h). The start value is split into 32 and the bits
/// above.
struct Conv2dVectorScale {
  std::array<std::int32_t, 8> startHigh;
  std::array<std::uint32_t, 8> startLow;
  std::array<std::int32_t, 8> factor, sign;
  std::array<std::uint32_t, 8> shift;
};
static_assert(sizeof(Conv2dVectorScale) == 160);

} // namespace xs3::kernels
