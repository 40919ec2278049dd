#include "kernels/relu/float_call.h"

namespace xs3::kernels {

PackedCall packClampFloat(std::size_t elements, FloatRange range) {
  PackedCall call;
  call.kernel = "clamp_float";
  call.arguments = argumentWords(
      ClampFloatArguments{0, 0, std::bit_cast<Word>(range.low), std::bit_cast<Word>(range.high)});
  call.units = static_cast<std::uint32_t>(elements);
  pointTo(call, "input", ArgumentWord::Kind::Input);
  pointTo(call, "output", ArgumentWord::Kind::Output);
  return call;
}

} // namespace xs3::kernels
