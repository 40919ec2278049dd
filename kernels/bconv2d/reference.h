// Binary convolution: popcounts of XOR, then thresholds to bits or an affine map to float32 or
// int8.
#pragma once

#include "base/types.h"
#include "kernels/reference/activation.h"
#include "kernels/reference/window.h"

#include <cstdint>
#include <span>
#include <vector>

namespace xs3::kernels {

/// Packed tensors hold 32 channels a word, channel c in bit c % 32 of word c / 32 of its pixel; bit
/// 0 is +1, bit 1 is -1; bits beyond the last channel are 0.
struct Bconv2dParameters {
  Image input, output; ///< With their true channels.
  Window window;
  std::int32_t groups = 1;  ///< Above 1, channels of a group are whole words.
  bool padWithOnes = false; ///< Outside of the image: +1, or nothing at all.
};

/// K: the taps of one output, in bits.
std::int64_t fieldBits(const Bconv2dParameters &parameters);

/// From twice the popcount, 2x = K - dot product, to a real number: y = float(clamp(2x)) *
/// multiplier + bias, in float32 with a rounding after each step. The activation acts on the dot
/// product, so it is the clamp.
struct Bconv2dOutputTransform {
  std::int64_t low, high;              ///< Clamp of 2x.
  std::vector<float> multiplier, bias; ///< By output channel.

  float operator()(std::int64_t twicePopcount, std::size_t channel) const;
};

/// The transform for multiplier and bias as in the file, computed in double and stored as float32.
/// For int8 output, to the quantized value before its rounding; for float32 output, `output` is {1,
/// 0}.
Bconv2dOutputTransform bconv2dOutputTransform(std::int64_t fieldBits, Activation activation,
                                              std::span<const float> multiplier,
                                              std::span<const float> bias, Int8Quantization output);

/// filter: [output channels][rows][columns][words of a group].
struct Bconv2dOperands {
  std::span<const Word> input, filter;
};

/// bit = (popcount > threshold of the channel).
void bconv2dBits(const Bconv2dParameters &parameters, const Bconv2dOperands &operands,
                 std::span<const std::int32_t> threshold, std::span<Word> output);

void bconv2dFloat(const Bconv2dParameters &parameters, const Bconv2dOperands &operands,
                  const Bconv2dOutputTransform &transform, std::span<float> output);

void bconv2dInt8(const Bconv2dParameters &parameters, const Bconv2dOperands &operands,
                 const Bconv2dOutputTransform &transform, std::span<std::int8_t> output);

} // namespace xs3::kernels
