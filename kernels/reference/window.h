// Where the taps of a convolution or pooling window lie in an image.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>

namespace xs3::kernels {

/// How a window meets the border: Same keeps ceil(size / stride) outputs and lets the window hang
/// over the border, Valid keeps only the places where the whole window lies inside.
enum class Padding : std::uint8_t { Same, Valid };

/// An NHWC tensor: `channels` is the last, fastest axis (for packed tensors the true number of
/// channels).
struct Image {
  std::int32_t batches = 1, height = 1, width = 1, channels = 1;

  std::size_t pixels() const {
    return static_cast<std::size_t>(batches) * static_cast<std::size_t>(height) *
           static_cast<std::size_t>(width);
  }
  std::size_t elements() const { return pixels() * static_cast<std::size_t>(channels); }

  /// Index of the first channel of a pixel, in elements.
  std::size_t at(std::int32_t n, std::int32_t y, std::int32_t x) const {
    return pixelAt(n, y, x) * static_cast<std::size_t>(channels);
  }
  /// Index of a pixel, in pixels: for packed tensors, whose pixels are whole words.
  std::size_t pixelAt(std::int32_t n, std::int32_t y, std::int32_t x) const {
    return (static_cast<std::size_t>(n) * static_cast<std::size_t>(height) +
            static_cast<std::size_t>(y)) *
               static_cast<std::size_t>(width) +
           static_cast<std::size_t>(x);
  }
};

/// One dimension (rows or columns) of a sliding window. All members are positive, but `before` >=
/// 0.
struct WindowAxis {
  std::int32_t size;     ///< Places in the image.
  std::int32_t taps;     ///< Places in the window.
  std::int32_t stride;   ///< Image places from one output to the next.
  std::int32_t dilation; ///< Image places from one tap to the next.
  std::int32_t outputs;  ///< Places in the output.
  std::int32_t before;   ///< How far the first window hangs over the border, in image places.

  /// The image place under a tap; outside of 0 .. size-1 it is padding.
  std::int32_t place(std::int32_t output, std::int32_t tap) const {
    return output * stride - before + tap * dilation;
  }
  bool inside(std::int32_t place) const { return 0 <= place && place < size; }
};

/// Output size and padding as TensorFlow Lite defines them (an odd total has its larger half
/// behind). `outputs` is 0 or less when a Valid window is larger than the image.
constexpr WindowAxis windowAxis(std::int32_t size, std::int32_t taps, std::int32_t stride,
                                std::int32_t dilation, Padding padding) {
  const std::int64_t span = (std::int64_t{taps} - 1) * dilation + 1;
  if (padding == Padding::Valid) {
    const std::int64_t slack = size - span;
    const std::int64_t outputs = slack < 0 ? 0 : slack / stride + 1;
    return {size, taps, stride, dilation, static_cast<std::int32_t>(outputs), 0};
  }
  const std::int64_t outputs = (std::int64_t{size} + stride - 1) / stride;
  const std::int64_t total = std::max<std::int64_t>(0, (outputs - 1) * stride + span - size);
  return {size,
          taps,
          stride,
          dilation,
          static_cast<std::int32_t>(outputs),
          static_cast<std::int32_t>(total / 2)};
}

/// A window over an image: its rows and its columns.
struct Window {
  WindowAxis rows, columns;

  /// Calls visit(tapRow, tapColumn, row, column) for every tap of the output at (y, x) that lies
  /// inside the image, in the order of the filter.
  template <typename Visit>
  void forEachTapInside(std::int32_t y, std::int32_t x, Visit &&visit) const {
    for (std::int32_t ky = 0; ky < rows.taps; ++ky)
      for (std::int32_t kx = 0; kx < columns.taps; ++kx) {
        const std::int32_t row = rows.place(y, ky), column = columns.place(x, kx);
        if (rows.inside(row) && columns.inside(column))
          visit(ky, kx, row, column);
      }
  }
};

} // namespace xs3::kernels
