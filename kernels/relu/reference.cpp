#include "kernels/relu/reference.h"

#include "kernels/reference/broadcast.h"

#include <algorithm>

namespace xs3::kernels {

ReluScaling reluScaling(Int8Quantization input, Int8Quantization output, Activation activation) {
  const float quotient = input.scale / output.scale;
  return {input.zeroPoint, quantizeMultiplier(double{quotient}), output.zeroPoint,
          int8Range(activation, output)};
}

void reluInt8(const ReluScaling &scaling, std::span<const std::int8_t> input,
              std::span<std::int8_t> output) {
  std::transform(input.begin(), input.end(), output.begin(), scaling);
}

void reluFloat(FloatRange range, std::span<const float> input, std::span<float> output) {
  std::transform(input.begin(), input.end(), output.begin(),
                 [range](float value) { return std::clamp(value, range.low, range.high); });
}

void preluFloat(std::span<const std::int32_t> shape, std::span<const std::int32_t> alphaShape,
                std::span<const float> input, std::span<const float> alpha,
                std::span<float> output) {
  const auto place = broadcastIndices(shape, alphaShape);
  for (std::size_t i = 0; i < output.size(); ++i)
    output[i] = input[i] >= 0 ? input[i] : input[i] * alpha[place[i]];
}

} // namespace xs3::kernels
