// Files of other programs, made by hand: zip and npz, PNG, WAV.
#pragma once

#include "sim/cli/npy.h"

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace xs3::cli::test {

/// A zip file of members (name, content), deflated or stored, by Python's zipfile's layout.
std::string zipFile(const std::vector<std::pair<std::string, std::string>> &members, bool deflated);

/// An .npz file of arrays (name without .npy).
std::string npzFile(const std::vector<std::pair<std::string, Array>> &arrays, bool deflated = true);

/// An array of numbers.
template <typename T>
Array arrayOf(const std::string &dtype, std::vector<std::size_t> shape,
              const std::vector<T> &values) {
  const auto *bytes = reinterpret_cast<const std::uint8_t *>(values.data());
  return {dtype, std::move(shape), {bytes, bytes + values.size() * sizeof(T)}};
}

/// The kinds of PNG (its specification, section 11.2.1).
enum class PngColour { Grey = 0, Rgb = 2, Palette = 3, GreyAlpha = 4 };

/// A PNG of packed rows; a palette of two entries where it needs one.
std::string pngFile(std::uint32_t width, std::uint32_t height, unsigned depth, PngColour colour,
                    const std::vector<std::string> &rows);

/// A WAV file of 16-bit samples.
struct WaveKind {
  unsigned encoding = 1, channels = 1, rate = 16'000, bits = 16;
};
std::string waveFile(const std::vector<std::int16_t> &samples, const WaveKind &kind = {});

} // namespace xs3::cli::test
