// CONCATENATION: a copy, for parts of one type and one scale.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace xs3::kernels {

struct ConcatenationPart {
  std::vector<std::int32_t> shape; ///< The same in all parts but for the axis.
  std::span<const std::uint8_t> bytes;
};

/// Joins the parts along `axis` (0 .. rank-1). Elements of any size, as bytes.
void concatenation(std::span<const ConcatenationPart> parts, std::int32_t axis,
                   std::size_t elementBytes, std::span<std::uint8_t> output);

} // namespace xs3::kernels
