// PAD: what its kernel pad_rows reads.
//
// The packer joins every dimension without padding to the one before it; the last dimension that
// remains makes the rows, those before it are the levels. A row of the output is either all fill or
// `beforeBytes` of fill, a row of the input, and `afterBytes` of fill. Unit of work: a row of the
// output. A tensor of a single row is left to copy_bytes and fill_words.
#pragma once

#include "kernels/call.h"
#include "kernels/pad/reference.h"

#include <cstdint>
#include <vector>

namespace xs3::kernels {

struct PadArguments {
  Word input, output;
  Word levels;     ///< PadLevel of every dimension before the last, from the inner to the outer.
  Word levelCount; ///< May be 0.
  Word fill;       ///< Address of 32 bytes.
  Word beforeBytes, rowBytes, afterBytes;
  Word byBytes; ///< 1: one of these three is no multiple of 4.

  static constexpr std::array<std::string_view, 9> kNames = {
      "input",       "output",   "levels",     "levelCount", "fill",
      "beforeBytes", "rowBytes", "afterBytes", "byBytes"};
};

struct PadLevel {
  Word outputSize;
  Word before;
  Word inputSize;
  Word inputStep; ///< Bytes of the input from one place of the dimension to the next.
};

/// `fill` is the bytes of one element, repeated to a word.
std::vector<PackedCall> packPad(const PadParameters &parameters, std::uint32_t elementBytes,
                                Word fill);

} // namespace xs3::kernels
