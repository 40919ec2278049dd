#include "kernels/conv2d/pack.h"
#include "kernels/mul/call.h"

namespace xs3::kernels {

PackedCall packMulInt8(const BroadcastShapes &shapes, const MulScaling &scaling) {
  const Conv2dMultiplier multiplier = conv2dMultiplier(scaling.product, 255 * 255);
  const auto word = [](std::int32_t value) { return static_cast<Word>(value); };
  return packBroadcast(
      "mul_int8", shapes, 1,
      argumentWords(MulArguments{word(scaling.zeroPointA), word(scaling.zeroPointB),
                                 word(scaling.outputZeroPoint), word(scaling.range.low),
                                 word(scaling.range.high), multiplier.q, multiplier.left,
                                 multiplier.half, multiplier.down}));
}

} // namespace xs3::kernels
