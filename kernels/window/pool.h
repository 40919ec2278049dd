// The part of an argument block by which the pools walk: output pixels, row by row, image by image,
// each with its window cut to the image.
#pragma once

#include "kernels/call.h"
#include "kernels/reference/window.h"

namespace xs3::kernels {

struct PoolArguments {
  Word input, output;
  Word pixelBytes;
  Word outputHeight, outputWidth;
  Word inputHeight, inputWidth;
  Word strideHeight, strideWidth;
  Word top, left; ///< How far the first window hangs over the border.
  Word tapRows, tapColumns;
  Word insideEnd; ///< Output columns before the first whose window hangs over the right border.

  static constexpr std::array<std::string_view, 14> kNames = {
      "input",       "output",     "pixelBytes",   "outputHeight", "outputWidth",
      "inputHeight", "inputWidth", "strideHeight", "strideWidth",  "top",
      "left",        "tapRows",    "tapColumns",   "insideEnd"};
};

/// A call with these arguments in front of its kernel's own: a unit is an output pixel.
PackedCall packPool(std::string_view kernel, const Image &output, const Window &window,
                    std::uint32_t pixelBytes, const std::vector<ArgumentWord> &own = {});

} // namespace xs3::kernels
