// PAD: a tensor with a border of one value.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace xs3::kernels {

struct PadParameters {
  std::vector<std::int32_t> shape;         ///< Of the input.
  std::vector<std::int32_t> before, after; ///< Places added to each dimension, 0 or more.
};

/// `fill` is one element: the zero point (int8), 0.0f, or word 0 (packed +1). Its size is the
/// element size.
void pad(const PadParameters &parameters, std::span<const std::uint8_t> fill,
         std::span<const std::uint8_t> input, std::span<std::uint8_t> output);

} // namespace xs3::kernels
