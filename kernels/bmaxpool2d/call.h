// LceBMaxPool2d: what its kernel bmaxpool2d reads. Unit of work: an output pixel, row by row, image
// by image.
#pragma once

#include "kernels/call.h"

namespace xs3::kernels {

struct Bmaxpool2dArguments {
  Word input, output;
  Word words; ///< Of a pixel.
  Word outputHeight, outputWidth;
  Word inputHeight, inputWidth;
  Word strideHeight, strideWidth;
  Word top, left; ///< How far the first window hangs over the border.
  Word tapRows, tapColumns;

  static constexpr std::array<std::string_view, 13> kNames = {
      "input",       "output",     "words",        "outputHeight", "outputWidth",
      "inputHeight", "inputWidth", "strideHeight", "strideWidth",  "top",
      "left",        "tapRows",    "tapColumns"};
};

} // namespace xs3::kernels
