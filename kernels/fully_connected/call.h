// FULLY_CONNECTED, int8: what its kernels fully_connected_int8 and fully_connected_int8_pairs read.
//
// Unit of work: a group of 16 output channels of an input row, so that threads share a layer with
// one row; of few channels a pair. The input is read in place. Weights and starts:
//
//   groups  those of conv2d_int8 (kernels/conv2d/call.h) with the depth as the window
//   pairs   by pair, by 32 bytes of the row, the second channel's weights, then the first's; by
//           channel a start value
//
// Multipliers are those of conv2d_int8.
//
// Limits. Those of conv2d_int8; the depth is a multiple of 4 where there is more than one row.
#pragma once

#include "kernels/conv2d/call.h"

namespace xs3::kernels {

struct FullyConnectedArguments {
  Word input, output, weights, starts, multipliers;
  Word zeroPoint; ///< Of the output.
  Word low, high; ///< Clamp of the output.
  Word channels;
  Word depth;      ///< Bytes of an input row.
  Word slices;     ///< 32-byte pieces of an input row.
  Word groups;     ///< Of 16 channels, or pairs.
  Word outputStep; ///< Bytes from one output row to the next.

  static constexpr std::array<std::string_view, 13> kNames = {
      "input", "output",   "weights", "starts", "multipliers", "zeroPoint", "low",
      "high",  "channels", "depth",   "slices", "groups",      "outputStep"};
};

} // namespace xs3::kernels
