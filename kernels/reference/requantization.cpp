#include "kernels/reference/requantization.h"

namespace xs3::kernels {

Requantization convolutionRequantization(Int8Quantization input,
                                         std::span<const float> weightScales,
                                         Int8Quantization output, Activation activation,
                                         std::size_t channels) {
  Requantization result{input.zeroPoint, {}, output.zeroPoint, int8Range(activation, output)};
  for (std::size_t i = 0; i < channels; ++i) {
    const double weightScale = weightScales[weightScales.size() == 1 ? 0 : i];
    result.multipliers.push_back(
        quantizeMultiplier(double{input.scale} * weightScale / double{output.scale}));
  }
  return result;
}

Requantization fullyConnectedRequantization(Int8Quantization input,
                                            std::span<const float> weightScales,
                                            Int8Quantization output, Activation activation,
                                            std::size_t channels) {
  if (weightScales.size() > 1)
    return convolutionRequantization(input, weightScales, output, activation, channels);
  const float product = input.scale * weightScales[0];
  const Multiplier multiplier = quantizeMultiplier(double{product} / double{output.scale});
  return {input.zeroPoint, std::vector<Multiplier>(channels, multiplier), output.zeroPoint,
          int8Range(activation, output)};
}

} // namespace xs3::kernels
