// LceDequantize: what its kernels read. Unit of work: a pixel, of any number of channels.
//
//   lce_dequantize_words   float32
//   lce_dequantize_bytes   int8, bool
#pragma once

#include "kernels/call.h"
#include "kernels/reference/activation.h"

namespace xs3::kernels {

struct LceDequantizeArguments {
  Word input, output;
  Word values;   ///< Address of two words: what +1 and what -1 becomes.
  Word channels; ///< Of a pixel.
  Word words;    ///< Of an input pixel.

  static constexpr std::array<std::string_view, 5> kNames = {"input", "output", "values",
                                                             "channels", "words"};
};

PackedCall packLceDequantizeFloat(std::uint32_t pixels, std::uint32_t channels);
PackedCall packLceDequantizeInt8(std::uint32_t pixels, std::uint32_t channels,
                                 Int8Quantization output);
PackedCall packLceDequantizeBool(std::uint32_t pixels, std::uint32_t channels);

} // namespace xs3::kernels
