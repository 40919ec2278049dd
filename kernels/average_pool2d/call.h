// AVERAGE_POOL_2D, int8: the arguments of its kernels behind PoolArguments.
//
//   average_pool2d_int8_vector  pixels of whole words, results of the whole range, and numbers of
//                               places for which constants are found (searchAverage)
//   average_pool2d_int8         pixels of whole words
//   average_pool2d_int8_bytes   any pixels
//
// Of the latter two. The sum t over n places becomes (2 |t| + n) / (2 n), rounded down, with the
// sign of t: n to 2^32 / (2 n) rounded down, plus 1, multiplies it; the upper 32 bits of the
// product are exact while n < 2890.
#pragma once

#include "kernels/window/pool.h"

#include <cstdint>
#include <optional>

namespace xs3::kernels {

struct AveragePool2dArguments {
  Word
      reciprocals; ///< By n, from 0 (not used) up to all of the window: 2^31 / n + 1, rounded down.
  Word ones;       ///< Only words: 32 bytes of 1.
  Word low, high;

  static constexpr std::array<std::string_view, 4> kNames = {"reciprocals", "ones", "low", "high"};
};

struct AveragePool2dVectorArguments {
  Word scales;    ///< By n, from 0: 32 bytes of AverageScale::weight, 16 halfwords of its factor.
  Word constants; ///< 16 halfwords of 127.5 * 256 - 1, 32 bytes of -128.

  static constexpr std::array<std::string_view, 2> kNames = {"scales", "constants"};
};

/// With t' = t * weight, within 16 bits, and p = round(t' * factor / 2^14), the average is p / 2^8,
/// rounded, ties away from zero.
struct AverageScale {
  std::int8_t weight;
  std::int16_t factor;
};

/// Constants that are right for every sum of n int8 values; nothing where there are none.
std::optional<AverageScale> searchAverage(std::int32_t n);

} // namespace xs3::kernels
