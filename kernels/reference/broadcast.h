// Two tensors of different shape against each other, as numpy does it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace xs3::kernels {

/// The shape of the result: aligned at the last dimension, a missing dimension or one of size 1 is
/// repeated. Nothing where two sizes disagree.
std::optional<std::vector<std::int32_t>> broadcastShape(std::span<const std::int32_t> a,
                                                        std::span<const std::int32_t> b);

/// For every element of a tensor of shape `result`, in order, the index of the element that an
/// operand of shape `operand` gives to it.
std::vector<std::size_t> broadcastIndices(std::span<const std::int32_t> result,
                                          std::span<const std::int32_t> operand);

} // namespace xs3::kernels
