// The tensors of a profile: inputs from files or made up, outputs to files or held against others.
#pragma once

#include "asm/link/network_note.h"
#include "sim/cli/npy.h"

#include <optional>
#include <string>
#include <vector>

namespace xs3::cli {

/// The network's tensor as an array's shape.
std::vector<std::size_t> arrayShape(const assembler::NetworkTensor &tensor);

/// The fixed input that is used when none is given: Marsaglia's xorshift32 (shifts 13, 17, 5) from
/// 2463534242, restarted for every tensor, one step an element. An integer or a bool is the upper
/// bits of the state, as many as it has (64-bit ones: two steps, low half first); a float is
/// (state >> 8) / 2^23 - 1, in [-1, 1).
Array pseudoRandomInput(const assembler::NetworkTensor &tensor);

/// The first element at which the arrays, which have the same kind, differ; nothing when there is
/// none. Floats may differ by `tolerance`, relative to the expected value.
struct Difference {
  std::size_t index = 0;
  std::string expected, got;
  std::size_t count = 0; ///< Of all elements that differ.
};
std::optional<Difference> firstDifference(const Array &expected, const Array &got,
                                          double tolerance);

/// "[0, 3, 1]": the position of a flat index.
std::string describePosition(std::size_t index, std::span<const std::size_t> shape);

} // namespace xs3::cli
