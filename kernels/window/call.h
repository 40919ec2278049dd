// The part of an argument block that tells a convolution kernel how to walk over its output pixels
// and how to bring the window of each into scratch memory.
//
// The window of a pixel is the bytes of its taps in filter order (rows, columns, channels), one
// behind the other, then zeros up to a multiple of 32 bytes. A pixel whose window lies inside the
// image is copied a window row at a time, by overlapping 32-byte stores; at the border, and with
// dilated columns, a tap at a time, where a tap outside of the image becomes copies of the fill
// vector. A window that is one whole piece of memory is read where it is.
#pragma once

#include "kernels/call.h"
#include "kernels/reference/window.h"

#include <algorithm>

namespace xs3::kernels {

/// Distances are bytes (two's complement where negative), of the input unless said otherwise.
struct WindowArguments {
  // How to walk; one window row after another.
  Word copyRows;    ///< Window rows to copy; 0 where the window is read in place.
  Word copyVectors; ///< 32-byte pieces of a window row.
  Word copyBytes;   ///< Bytes of a window row.
  Word copyStep;    ///< From one window row to the next.
  Word tailMask;    ///< Bytes of the last 32 of the window that lie behind it: to be zero.
  Word slices;      ///< 32-byte pieces of the whole window.
  Word columnStep;  ///< From one output column to the next.
  Word rowStep;     ///< From one output row to the next.
  Word imageStep;   ///< From one image to the next.
  Word outputWidth, outputHeight;
  Word origin; ///< From the input's address to the first tap of the first output; negative where
               ///< padded.
  // Which outputs have their whole window inside of the image; none where columns are dilated.
  Word insideRow, insideRows, insideColumn, insideColumns;
  // The border.
  Word inputHeight, inputWidth, strideHeight, strideWidth, top, left;
  Word tapRows, tapColumns;
  Word tapBytes;   ///< Bytes of a tap.
  Word tapVectors; ///< 32-byte pieces of a tap.
  Word tapStep;    ///< From one tap of a window row to the next.
  Word dilationHeight, dilationWidth;

  static constexpr std::array<std::string_view, 29> kNames = {
      "copyRows",     "copyVectors", "copyBytes",    "copyStep",       "tailMask",     "slices",
      "columnStep",   "rowStep",     "imageStep",    "outputWidth",    "outputHeight", "origin",
      "insideRow",    "insideRows",  "insideColumn", "insideColumns",  "inputHeight",  "inputWidth",
      "strideHeight", "strideWidth", "top",          "left",           "tapRows",      "tapColumns",
      "tapBytes",     "tapVectors",  "tapStep",      "dilationHeight", "dilationWidth"};
};
static_assert(sizeof(WindowArguments) == 29 * sizeof(Word));

/// The names of a kernel's own words and, behind them, of the window's: kNames of arguments that
/// end with WindowArguments.
template <std::size_t kOwn>
constexpr std::array<std::string_view, kOwn + WindowArguments::kNames.size()>
namesBeforeWindow(const std::array<std::string_view, kOwn> &own) {
  std::array<std::string_view, kOwn + WindowArguments::kNames.size()> names;
  std::copy(own.begin(), own.end(), names.begin());
  std::copy(WindowArguments::kNames.begin(), WindowArguments::kNames.end(), names.begin() + kOwn);
  return names;
}

/// What packers say about a window. Pixels are `pixelBytes` apart; a window takes `tapBytes` of
/// each, from `firstByte` on.
struct WindowShape {
  Image input; ///< Only its batches, height and width are read.
  Window window;
  std::uint32_t pixelBytes = 0, tapBytes = 0, firstByte = 0;
  /// Whether bytes behind the end of the window may have any value: weights there are zero.
  bool tailIgnored = false;
  /// Whether the kernel takes window rows from the word on in which they begin: weights meet the up
  /// to 3 bytes before and behind them with zeros. Rows are then copyBytes apart, which is whole
  /// words.
  bool wholeWords = false;
};

/// Whether windows of that shape are taken by whole words though their rows begin anywhere: where
/// wholeWords is asked for and window rows are pieces of image rows.
bool takesWholeWords(const WindowShape &shape);

WindowArguments windowArguments(const WindowShape &shape);

/// Scratch for a window that is copied: its slices and what overlapping stores write behind them.
std::uint32_t windowScratchBytes(const WindowArguments &window);

} // namespace xs3::kernels
