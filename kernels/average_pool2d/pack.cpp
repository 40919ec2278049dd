#include "kernels/average_pool2d/pack.h"

#include "base/error.h"
#include "kernels/little_endian.h"

namespace xs3::kernels {

PackedCall packAveragePool2dInt8(const Image &input, const Image &output, const Window &window,
                                 Int8Range range) {
  constexpr std::int64_t kMostTaps = 2889;
  const std::int64_t taps = std::int64_t{window.rows.taps} * window.columns.taps;
  if (taps > kMostTaps)
    throw Error("an average over " + std::to_string(taps) + " places is beyond the limit of " +
                std::to_string(kMostTaps));
  const bool words = input.channels % 4 == 0;
  const AveragePool2dArguments own{0, 0, static_cast<Word>(range.low),
                                   static_cast<Word>(range.high)};
  PackedCall call =
      packPool(words ? "average_pool2d_int8" : "average_pool2d_int8_bytes", output, window,
               static_cast<std::uint32_t>(input.channels), argumentWords(own));
  call.scratchBytes = 64;
  std::vector<std::uint32_t> reciprocals = {0};
  for (std::uint32_t n = 1; n <= taps; ++n)
    reciprocals.push_back((std::uint32_t{1} << 31) / n + 1);
  addConstant(call,
              {"reciprocals", "by number of places n: 2^31 / n + 1", littleEndian(reciprocals)});
  addConstant(call, {"ones", "32 bytes of 1", std::vector<std::uint8_t>(32, 1)});
  return call;
}

} // namespace xs3::kernels
