#include "kernels/max_pool2d/pack.h"

namespace xs3::kernels {

PackedCall packMaxPool2dInt8(const Image &input, const Image &output, const Window &window,
                             Int8Range range) {
  const bool words = input.channels % 4 == 0;
  const MaxPool2dArguments own{0, static_cast<Word>(range.low), static_cast<Word>(range.high)};
  PackedCall call = packPool(words ? "max_pool2d_int8" : "max_pool2d_int8_bytes", output, window,
                             static_cast<std::uint32_t>(input.channels), argumentWords(own));
  call.scratchBytes = 32;
  if (words && (range.low > -128 || range.high < 127)) {
    std::vector<std::uint8_t> clamps(32, static_cast<std::uint8_t>(range.low));
    clamps.insert(clamps.end(), 32, static_cast<std::uint8_t>(range.high));
    addConstant(call, {"clamps", "32 bytes of the lowest and of the highest result", clamps});
  }
  return call;
}

} // namespace xs3::kernels
