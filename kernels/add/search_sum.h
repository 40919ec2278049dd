// Constants for the exact int8 ADD and SUB on the vector unit, searched and proven over all pairs
// of operands.
#pragma once

#include "kernels/add/reference.h"

#include <cstdint>
#include <optional>

namespace xs3::kernels {

/// y = clamp(floor((start + weightA * a + weightB * b) / 2^(8 + shift)), low, high) for int8 a, b.
struct SumWeights {
  std::int32_t weightA = 0, weightB = 0;
  std::int32_t start = 0; ///< |start| + 128 (|weightA| + |weightB|) is below 2^31 - 2^25.
  std::uint32_t shift = 0;
};

/// A weight as a product: factor 1 .. 255, other within 16 bits.
struct FactoredWeight {
  std::int32_t factor, other;
};
std::optional<FactoredWeight> factored(std::int32_t weight);

enum class SumForm : std::uint8_t {
  Factored, ///< Both weights are products.
  Any,
};

/// Constants that give the reference's result for every pair; nothing where none are found.
std::optional<SumWeights> searchSum(const AddScaling &scaling, Sign sign, SumForm form);

} // namespace xs3::kernels
