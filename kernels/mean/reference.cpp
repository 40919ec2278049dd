#include "kernels/mean/reference.h"

#include "kernels/reference/broadcast.h"

#include <algorithm>
#include <bit>

namespace xs3::kernels {
namespace {

/// Sums of the input by mean, each in order. The place of an input's mean is where the tensor of
/// means would give its element in a broadcast back to the input's shape.
template <typename Sum, typename T>
std::vector<Sum> sums(const MeanParameters &p, std::span<const T> input, std::size_t means) {
  std::vector<std::int32_t> kept = p.shape;
  for (const std::int32_t axis : p.axes)
    kept[static_cast<std::size_t>(axis)] = 1;
  const std::vector<std::size_t> place = broadcastIndices(p.shape, kept);
  std::vector<Sum> total(means, 0);
  for (std::size_t i = 0; i < input.size(); ++i)
    total[place[i]] += input[i];
  return total;
}

} // namespace

std::int64_t meanCount(const MeanParameters &p) {
  std::int64_t count = 1;
  for (const std::int32_t axis : p.axes)
    count *= p.shape[static_cast<std::size_t>(axis)];
  return count;
}

Multiplier meanMultiplier(Int8Quantization input, Int8Quantization output, std::int64_t count) {
  const Multiplier scales = quantizeMultiplier(double{input.scale} / double{output.scale});
  const int log2 = static_cast<int>(std::bit_width(static_cast<std::uint64_t>(count))) - 1;
  const int bits = std::min({log2, 32, 31 + scales.shift});
  const std::int64_t q = (std::int64_t{scales.q} << bits) / count;
  return {static_cast<std::int32_t>(q), scales.shift - bits};
}

void meanInt8(const MeanParameters &parameters, Int8Quantization inputQuantization,
              Int8Quantization outputQuantization, std::span<const std::int8_t> input,
              std::span<std::int8_t> output) {
  const std::int64_t count = meanCount(parameters);
  const Multiplier multiplier = meanMultiplier(inputQuantization, outputQuantization, count);
  const auto total = sums<std::int64_t>(parameters, input, output.size());
  for (std::size_t i = 0; i < output.size(); ++i)
    output[i] =
        toInt8(scaleBy(saturate32(total[i] - count * inputQuantization.zeroPoint), multiplier),
               outputQuantization.zeroPoint);
}

void meanFloat(const MeanParameters &parameters, std::span<const float> input,
               std::span<float> output) {
  const float count = static_cast<float>(meanCount(parameters));
  const auto total = sums<float>(parameters, input, output.size());
  for (std::size_t i = 0; i < output.size(); ++i)
    output[i] = total[i] / count;
}

} // namespace xs3::kernels
