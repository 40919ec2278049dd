#include "kernels/reference/broadcast.h"

#include <algorithm>

namespace xs3::kernels {
namespace {

/// The size of a dimension counted from the last one; 1 where there is none.
std::int32_t fromEnd(std::span<const std::int32_t> shape, std::size_t position) {
  return position < shape.size() ? shape[shape.size() - 1 - position] : 1;
}

} // namespace

std::optional<std::vector<std::int32_t>> broadcastShape(std::span<const std::int32_t> a,
                                                        std::span<const std::int32_t> b) {
  std::vector<std::int32_t> result(std::max(a.size(), b.size()));
  for (std::size_t i = 0; i < result.size(); ++i) {
    const std::int32_t sizeA = fromEnd(a, i), sizeB = fromEnd(b, i);
    if (sizeA != sizeB && sizeA != 1 && sizeB != 1)
      return std::nullopt;
    result[result.size() - 1 - i] = sizeA == 1 ? sizeB : sizeA;
  }
  return result;
}

std::vector<std::size_t> broadcastIndices(std::span<const std::int32_t> result,
                                          std::span<const std::int32_t> operand) {
  std::vector<std::size_t> indices{0};
  std::size_t stride = 1; // of the operand, from one place of this dimension to the next
  for (std::size_t i = 0; i < result.size(); ++i) {
    const std::size_t repeats = static_cast<std::size_t>(fromEnd(result, i));
    const std::size_t step = fromEnd(operand, i) == 1 ? 0 : stride;
    const std::size_t inner = indices.size();
    indices.reserve(inner * repeats);
    for (std::size_t place = 1; place < repeats; ++place)
      for (std::size_t k = 0; k < inner; ++k)
        indices.push_back(indices[k] + place * step);
    stride *= static_cast<std::size_t>(fromEnd(operand, i));
  }
  return indices;
}

} // namespace xs3::kernels
