// From the int32 accumulators of an int8 layer with weights to its int8 outputs.
#pragma once

#include "kernels/reference/activation.h"
#include "kernels/reference/fixed_point.h"

#include <cstdint>
#include <span>
#include <vector>

namespace xs3::kernels {

/// output = clamp(accumulator * multiplier + output zero point), by output channel.
struct Requantization {
  std::int32_t inputZeroPoint = 0;     ///< Subtracted from every input before it is weighed.
  std::vector<Multiplier> multipliers; ///< One per output channel.
  std::int32_t outputZeroPoint = 0;
  Int8Range range;

  std::int8_t operator()(std::int64_t accumulator, std::size_t channel) const {
    return toInt8(scaleBy(saturate32(accumulator), multipliers[channel]), outputZeroPoint, range);
  }
};

/// For CONV_2D and DEPTHWISE_CONV_2D: input scale * weight scale / output scale, all in double.
/// `weightScales` holds one scale or one for each of `channels`.
Requantization convolutionRequantization(Int8Quantization input,
                                         std::span<const float> weightScales,
                                         Int8Quantization output, Activation activation,
                                         std::size_t channels);

/// For FULLY_CONNECTED: with a single weight scale the product of input and weight scale is rounded
/// to float32, which can change the multiplier's last bits; with one for each channel it is a
/// convolution's.
Requantization fullyConnectedRequantization(Int8Quantization input,
                                            std::span<const float> weightScales,
                                            Int8Quantization output, Activation activation,
                                            std::size_t channels);

} // namespace xs3::kernels
