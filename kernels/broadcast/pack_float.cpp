#include "kernels/broadcast/float_call.h"

#include <bit>

namespace xs3::kernels {

PackedCall packFloatPairs(FloatPairOperation operation, const BroadcastShapes &shapes,
                          FloatRange range) {
  constexpr std::array<std::string_view, 4> kKernels = {"add_float", "sub_float", "mul_float",
                                                        "prelu_float"};
  return packBroadcast(kKernels[static_cast<std::size_t>(operation)], shapes, sizeof(float),
                       argumentWords(FloatPairArguments{std::bit_cast<Word>(range.low),
                                                        std::bit_cast<Word>(range.high)}));
}

} // namespace xs3::kernels
