#include "kernels/broadcast/float_call.h"

#include <bit>
#include <cassert>
#include <limits>

namespace xs3::kernels {

PackedCall packFloatPairs(FloatPairOperation operation, const BroadcastShapes &shapes,
                          FloatRange range) {
  constexpr std::array<std::string_view, 4> kKernels = {"add_float", "sub_float", "mul_float",
                                                        "prelu_float"};
  constexpr float kInfinity = std::numeric_limits<float>::infinity();
  const Word clamp = (range.low == -kInfinity ? Word{0} : 1) + (range.high == kInfinity ? 0 : 1);
  assert(range.low != -kInfinity || range.high == kInfinity);
  assert(clamp == 0 || operation != FloatPairOperation::Prelu);
  return packBroadcast(kKernels[static_cast<std::size_t>(operation)], shapes, sizeof(float),
                       argumentWords(FloatPairArguments{std::bit_cast<Word>(range.low),
                                                        std::bit_cast<Word>(range.high), clamp}));
}

} // namespace xs3::kernels
