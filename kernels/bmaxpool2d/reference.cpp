#include "kernels/bmaxpool2d/reference.h"

#include "kernels/reference/packing.h"

namespace xs3::kernels {

void bmaxpool2d(const Image &input, const Image &output, const Window &window,
                std::span<const Word> inputWords, std::span<Word> outputWords) {
  const std::size_t words = wordsFor(input.channels);
  for (std::int32_t n = 0; n < output.batches; ++n)
    for (std::int32_t y = 0; y < output.height; ++y)
      for (std::int32_t x = 0; x < output.width; ++x)
        for (std::size_t i = 0; i < words; ++i) {
          Word all = ~Word{0};
          window.forEachTapInside(
              y, x, [&](std::int32_t, std::int32_t, std::int32_t row, std::int32_t column) {
                all &= inputWords[input.pixelAt(n, row, column) * words + i];
              });
          outputWords[output.pixelAt(n, y, x) * words + i] = all;
        }
}

} // namespace xs3::kernels
