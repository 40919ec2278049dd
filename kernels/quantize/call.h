// QUANTIZE: what its kernels read.
//
//   quantize_float   float32 to int8; unit: an element
//   lookup_int8      int8 to int8 by a table of 256 bytes (also the other element-wise functions of
//   one int8 tensor,
//                    kernels/lookup); unit: an element
//
// quantize_float finds the exact result by comparisons: step[k + 128] is the smallest float32 that
// becomes k or more (k = -127 .. 127; -infinity for -128, +infinity for 128). A product with
// `inverse` (about 1 / scale), rounded by adding `magic`, gives k or a neighbour of it; two
// comparisons make it exact. The packer searches the steps over all floats and checks the guess at
// each of them. Not a number becomes -128.
#pragma once

#include "kernels/call.h"

namespace xs3::kernels {

struct QuantizeFloatArguments {
  Word input, output;
  Word steps;       ///< 257 float32.
  Word inverse;     ///< float32
  Word magic;       ///< float32: 1.5 * 2^23 + zero point
  Word first, last; ///< float32: steps of -127 and 127.

  static constexpr std::array<std::string_view, 7> kNames = {"input", "output", "steps", "inverse",
                                                             "magic", "first",  "last"};
};

} // namespace xs3::kernels
