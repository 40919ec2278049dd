// MEAN over some dimensions of a tensor.
#pragma once

#include "kernels/reference/activation.h"
#include "kernels/reference/fixed_point.h"

#include <cstdint>
#include <span>
#include <vector>

namespace xs3::kernels {

struct MeanParameters {
  std::vector<std::int32_t> shape; ///< Of the input.
  std::vector<std::int32_t> axes;  ///< Averaged over; ascending.
};

/// Values that go into one mean.
std::int64_t meanCount(const MeanParameters &parameters);

/// Input scale / output scale / count as one multiplier. The division by the count is a truncated
/// integer division of the multiplier of the scales alone, so a mean of 24.25 can become 25.
Multiplier meanMultiplier(Int8Quantization input, Int8Quantization output, std::int64_t count);

/// (Sum - count * zero point) scaled, plus the output's zero point. output: as many as there are
/// means, in order.
void meanInt8(const MeanParameters &parameters, Int8Quantization inputQuantization,
              Int8Quantization outputQuantization, std::span<const std::int8_t> input,
              std::span<std::int8_t> output);

/// Sum in float32 in order of the input, / count.
void meanFloat(const MeanParameters &parameters, std::span<const float> input,
               std::span<float> output);

} // namespace xs3::kernels
