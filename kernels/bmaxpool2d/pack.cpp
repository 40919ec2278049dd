#include "kernels/bmaxpool2d/pack.h"

#include "kernels/reference/packing.h"

namespace xs3::kernels {

PackedCall packBmaxpool2d(const Image &input, const Image &output, const Window &window) {
  return packPool("bmaxpool2d", output, window,
                  static_cast<std::uint32_t>(4 * wordsFor(input.channels)));
}

} // namespace xs3::kernels
