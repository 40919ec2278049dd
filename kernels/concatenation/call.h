// CONCATENATION: what its kernel concatenation_rows reads. One call copies one part.
//
// Unit of work: a row of the part, which is everything from the axis on. Rows of the part follow
// each other; in the output they are `outputStep` apart. A part of a single row at a word's address
// is left to copy_bytes (kernels/copy).
#pragma once

#include "kernels/call.h"

#include <cstdint>
#include <span>
#include <vector>

namespace xs3::kernels {

struct ConcatenationArguments {
  Word input, output;
  Word rowBytes;   ///< Of the part.
  Word outputStep; ///< Bytes from one row of the output to the next.
  Word byBytes;    ///< 1: not every row of part and output starts at a multiple of 4.

  static constexpr std::array<std::string_view, 5> kNames = {"input", "output", "rowBytes",
                                                             "outputStep", "byBytes"};
};

/// `rows` times a row of each part in turn. Call i reads input i.
std::vector<PackedCall> packConcatenation(std::uint32_t rows,
                                          std::span<const std::uint32_t> rowBytesOfParts);

} // namespace xs3::kernels
