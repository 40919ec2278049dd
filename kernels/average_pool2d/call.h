// AVERAGE_POOL_2D, int8: the arguments of average_pool2d_int8 (pixels of whole words) and
// average_pool2d_int8_bytes behind PoolArguments.
//
// The sum t over n places becomes (2 |t| + n) / (2 n), rounded down, with the sign of t: n to 2^32
// / (2 n) rounded down, plus 1, multiplies it; the upper 32 bits of the product are exact while n <
// 2890.
#pragma once

#include "kernels/window/pool.h"

namespace xs3::kernels {

struct AveragePool2dArguments {
  Word
      reciprocals; ///< By n, from 0 (not used) up to all of the window: 2^31 / n + 1, rounded down.
  Word ones;       ///< Only words: 32 bytes of 1.
  Word low, high;

  static constexpr std::array<std::string_view, 4> kNames = {"reciprocals", "ones", "low", "high"};
};

} // namespace xs3::kernels
