#include "kernels/softmax/reference.h"

#include "kernels/reference/exponential.h"
#include "kernels/reference/fixed_point.h"

#include <algorithm>
#include <cmath>

namespace xs3::kernels {

std::array<float, 256> softmaxTable(float scale, float beta) {
  const float step = -scale * beta;
  std::array<float, 256> table;
  for (std::size_t d = 0; d < table.size(); ++d) {
    const float exponent = step * static_cast<float>(d);
    table[d] = exponential(exponent);
  }
  return table;
}

void softmaxInt8(std::size_t classes, const std::array<float, 256> &table, Int8Quantization output,
                 std::span<const std::int8_t> input, std::span<std::int8_t> result) {
  for (std::size_t row = 0; row < input.size(); row += classes) {
    const auto values = input.subspan(row, classes);
    const int largest = *std::max_element(values.begin(), values.end());
    const auto exponential = [&](std::int8_t value) {
      return table[static_cast<std::size_t>(largest - value)];
    };
    float sum = 0;
    for (const std::int8_t value : values)
      sum += exponential(value);
    const float factor = 1.0f / (sum * output.scale);
    for (std::size_t i = 0; i < classes; ++i)
      result[row + i] = toInt8(roundAway(exponential(values[i]) * factor), output.zeroPoint);
  }
}

void softmaxFloat(std::size_t classes, float beta, std::span<const float> input,
                  std::span<float> result) {
  for (std::size_t row = 0; row < input.size(); row += classes) {
    const auto values = input.subspan(row, classes);
    const float largest = *std::max_element(values.begin(), values.end());
    float sum = 0;
    for (std::size_t i = 0; i < classes; ++i) {
      result[row + i] = exponential((values[i] - largest) * beta);
      sum += result[row + i];
    }
    for (std::size_t i = 0; i < classes; ++i)
      result[row + i] = result[row + i] / sum;
  }
}

} // namespace xs3::kernels
