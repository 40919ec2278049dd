// ADD and SUB of two tensors, broadcast against each other.
#pragma once

#include "kernels/reference/activation.h"
#include "kernels/reference/fixed_point.h"

#include <cstdint>
#include <span>
#include <vector>

namespace xs3::kernels {

enum class Sign : std::uint8_t { Plus, Minus }; ///< Of the second term.

/// Shapes of two operands and of the result (broadcastShape of the two).
struct BroadcastShapes {
  std::vector<std::int32_t> a, b, output;
};

/// The terms come to a common scale with 20 more bits, are added there, and the sum is scaled back:
/// both as (value - zero point) * 2^20 * s / t with t = twice the larger scale; the sum * t / (2^20
/// * output scale).
struct AddScaling {
  std::int32_t zeroPointA, zeroPointB;
  Multiplier a, b, sum;
  std::int32_t outputZeroPoint;
  Int8Range range;

  std::int32_t termA(std::int32_t value) const;
  std::int32_t termB(std::int32_t value) const;
  std::int8_t result(std::int32_t termA, std::int32_t termB, Sign sign) const;

  std::int8_t operator()(std::int8_t valueA, std::int8_t valueB, Sign sign) const {
    return result(termA(valueA), termB(valueB), sign);
  }
};
AddScaling addScaling(Int8Quantization a, Int8Quantization b, Int8Quantization output,
                      Activation activation);

void addInt8(const BroadcastShapes &shapes, const AddScaling &scaling, Sign sign,
             std::span<const std::int8_t> a, std::span<const std::int8_t> b,
             std::span<std::int8_t> output);

void addFloat(const BroadcastShapes &shapes, FloatRange range, Sign sign, std::span<const float> a,
              std::span<const float> b, std::span<float> output);

} // namespace xs3::kernels
