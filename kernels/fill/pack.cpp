#include "kernels/fill/call.h"

namespace xs3::kernels {

PackedCall packFillWords(std::uint32_t words, Word value) {
  PackedCall call;
  call.kernel = "fill_words";
  call.arguments = argumentWords(FillArguments{0, value});
  call.units = words;
  pointTo(call, "output", ArgumentWord::Kind::Output);
  return call;
}

} // namespace xs3::kernels
