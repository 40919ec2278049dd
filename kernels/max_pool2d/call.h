// MAX_POOL_2D, int8: the arguments of max_pool2d_int8 (pixels of whole words) and
// max_pool2d_int8_bytes behind PoolArguments.
#pragma once

#include "kernels/window/pool.h"

namespace xs3::kernels {

struct MaxPool2dArguments {
  Word clamps; ///< Only words: 0, or 32 bytes of the range's low and 32 bytes of its high end.
  Word low, high;

  static constexpr std::array<std::string_view, 3> kNames = {"clamps", "low", "high"};
};

} // namespace xs3::kernels
