// Images as they are in their files: PNG, PGM and PPM, pixel by pixel.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace xs3::cli {

/// What an image must be.
struct ImageSize {
  std::size_t height = 0, width = 0;
  std::size_t channels = 1; ///< 1 = grey, 3 = red, green, blue.
};

struct Image {
  std::vector<std::uint16_t> pixels; ///< By row, column, channel: 0 .. most.
  unsigned most = 255;               ///< White.
};

/// Reads a PNG (grey of 1 to 8 bits, RGB of 8 bits a channel), PGM or PPM (P2, P3, P5, P6, up to 16
/// bits), told apart by their content. The values are the file's own: no gamma, no scaling, no
/// conversion between grey and colour. Throws Error naming the file: no such image, damaged,
/// another size or number of channels, 16-bit, palette or transparent PNG.
Image readImage(const std::string &path, const ImageSize &wanted);

} // namespace xs3::cli
