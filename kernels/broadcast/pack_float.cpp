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
  const bool plain = range.low == -kInfinity && range.high == kInfinity;
  assert(plain || operation != FloatPairOperation::Prelu);
  return packBroadcast(kKernels[static_cast<std::size_t>(operation)], shapes, sizeof(float),
                       argumentWords(FloatPairArguments{std::bit_cast<Word>(range.low),
                                                        std::bit_cast<Word>(range.high),
                                                        plain ? Word{1} : Word{0}}));
}

} // namespace xs3::kernels
