#include "kernels/mul/reference.h"

#include "kernels/reference/broadcast.h"

#include <algorithm>

namespace xs3::kernels {

MulScaling mulScaling(Int8Quantization a, Int8Quantization b, Int8Quantization output,
                      Activation activation) {
  const float product = a.scale * b.scale;
  return {a.zeroPoint, b.zeroPoint, quantizeMultiplier(double{product} / double{output.scale}),
          output.zeroPoint, int8Range(activation, output)};
}

void mulInt8(const BroadcastShapes &shapes, const MulScaling &scaling,
             std::span<const std::int8_t> a, std::span<const std::int8_t> b,
             std::span<std::int8_t> output) {
  const auto fromA = broadcastIndices(shapes.output, shapes.a);
  const auto fromB = broadcastIndices(shapes.output, shapes.b);
  for (std::size_t i = 0; i < output.size(); ++i)
    output[i] = scaling(a[fromA[i]], b[fromB[i]]);
}

void mulFloat(const BroadcastShapes &shapes, FloatRange range, std::span<const float> a,
              std::span<const float> b, std::span<float> output) {
  const auto fromA = broadcastIndices(shapes.output, shapes.a);
  const auto fromB = broadcastIndices(shapes.output, shapes.b);
  for (std::size_t i = 0; i < output.size(); ++i)
    output[i] = std::clamp(a[fromA[i]] * b[fromB[i]], range.low, range.high);
}

} // namespace xs3::kernels
