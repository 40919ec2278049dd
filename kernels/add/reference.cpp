#include "kernels/add/reference.h"

#include "kernels/reference/broadcast.h"

#include <algorithm>

namespace xs3::kernels {

namespace {
constexpr int kExtraBits = 20;
}

AddScaling addScaling(Int8Quantization a, Int8Quantization b, Int8Quantization output,
                      Activation activation) {
  const double common = 2.0 * double{std::max(a.scale, b.scale)};
  return {a.zeroPoint,
          b.zeroPoint,
          quantizeMultiplier(double{a.scale} / common),
          quantizeMultiplier(double{b.scale} / common),
          quantizeMultiplier(common / ((1 << kExtraBits) * double{output.scale})),
          output.zeroPoint,
          int8Range(activation, output)};
}

std::int32_t AddScaling::termA(std::int32_t value) const {
  return scaleBy((value - zeroPointA) * (1 << kExtraBits), a);
}

std::int32_t AddScaling::termB(std::int32_t value) const {
  return scaleBy((value - zeroPointB) * (1 << kExtraBits), b);
}

std::int8_t AddScaling::result(std::int32_t termA, std::int32_t termB, Sign sign) const {
  return toInt8(scaleBy(sign == Sign::Plus ? termA + termB : termA - termB, sum), outputZeroPoint,
                range);
}

void addInt8(const BroadcastShapes &shapes, const AddScaling &scaling, Sign sign,
             std::span<const std::int8_t> a, std::span<const std::int8_t> b,
             std::span<std::int8_t> output) {
  const auto fromA = broadcastIndices(shapes.output, shapes.a);
  const auto fromB = broadcastIndices(shapes.output, shapes.b);
  for (std::size_t i = 0; i < output.size(); ++i)
    output[i] = scaling(a[fromA[i]], b[fromB[i]], sign);
}

void addFloat(const BroadcastShapes &shapes, FloatRange range, Sign sign, std::span<const float> a,
              std::span<const float> b, std::span<float> output) {
  const auto fromA = broadcastIndices(shapes.output, shapes.a);
  const auto fromB = broadcastIndices(shapes.output, shapes.b);
  for (std::size_t i = 0; i < output.size(); ++i) {
    const float first = a[fromA[i]], second = b[fromB[i]];
    output[i] =
        std::clamp(sign == Sign::Plus ? first + second : first - second, range.low, range.high);
  }
}

} // namespace xs3::kernels
