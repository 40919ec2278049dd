#include "kernels/logistic/reference.h"

#include "kernels/reference/exponential.h"
#include "kernels/reference/fixed_point.h"

#include <algorithm>
#include <cmath>

namespace xs3::kernels {
namespace {

float logistic(float x) {
  constexpr float kOneAbove = 16.619047164916992188f, kExponentialBelow = -9;
  if (x > kOneAbove)
    return 1;
  if (x < kExponentialBelow)
    return exponential(x);
  return 1.0f / (1.0f + exponential(-x));
}

} // namespace

std::array<std::int8_t, 256> logisticTable(Int8Quantization input, Int8Quantization output) {
  std::array<std::int8_t, 256> table;
  const float inverse = 1.0f / output.scale;
  for (int value = -128; value < 128; ++value) {
    const float real = input.scale * static_cast<float>(value - input.zeroPoint);
    const float y = 1.0f / (1.0f + std::exp(-real));
    table[static_cast<std::size_t>(value + 128)] = toInt8(roundAway(y * inverse), output.zeroPoint);
  }
  return table;
}

void logisticInt8(const std::array<std::int8_t, 256> &table, std::span<const std::int8_t> input,
                  std::span<std::int8_t> output) {
  std::transform(input.begin(), input.end(), output.begin(), [&table](std::int8_t value) {
    return table[static_cast<std::size_t>(value + 128)];
  });
}

void logisticFloat(std::span<const float> input, std::span<float> output) {
  std::transform(input.begin(), input.end(), output.begin(), logistic);
}

} // namespace xs3::kernels
