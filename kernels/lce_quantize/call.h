// LceQuantize: what its kernels read.
//
//   lce_quantize_int8         channels a multiple of 32; unit: an output word
//   lce_quantize_int8_pixels  any number of channels;    unit: a pixel
//   lce_quantize_float_words  channels a multiple of 32; unit: an output word
//   lce_quantize_float        any number of channels;    unit: a pixel
//   lce_quantize_bool         any number of channels;    unit: a pixel
//
// An int8 zero point of -128 leaves no value below it: the packer calls `fill_words` instead
// (kernels/fill).
#pragma once

#include "kernels/call.h"

namespace xs3::kernels {

struct LceQuantizeArguments {
  Word input, output;
  Word constants; ///< int8: 32 bytes of the zero point. float: 8 words 0, then 8 words 0x7fffff.
  Word zeroPoint; ///< int8.
  Word channels;  ///< Of a pixel.
  Word words;     ///< Of an output pixel.

  static constexpr std::array<std::string_view, 6> kNames = {"input",     "output",   "constants",
                                                             "zeroPoint", "channels", "words"};
};

} // namespace xs3::kernels
