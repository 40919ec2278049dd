// QUANTIZE: what its kernels read.
//
//   quantize_float   float32 to int8; unit: an element
//   lookup_int8      int8 to int8 by a table of 256 bytes (also the other element-wise functions of
//   one int8 tensor,
//                    kernels/lookup); unit: an element
//
// quantize_float finds the exact result by a comparison: step[k + 128] is the smallest float32 that
// becomes k or more (k = -127 .. 127; -infinity for -128, +infinity for 128). A product with
// `inverse` (about 1 / scale), rounded to a half by adding `magic`, says k or k + 1; the step of
// the larger one makes it exact. The packer searches the steps over all floats and checks the guess
// at each of them. Not a number becomes -128.
#pragma once

#include "kernels/call.h"

namespace xs3::kernels {

struct QuantizeFloatArguments {
  Word input, output;
  Word steps;   ///< 257 float32.
  Word inverse; ///< float32
  Word magic;   ///< float32: 1.5 * 2^22 + zero point + 0.5

  static constexpr std::array<std::string_view, 5> kNames = {"input", "output", "steps", "inverse",
                                                             "magic"};
};

} // namespace xs3::kernels
