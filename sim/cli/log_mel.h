// Log-mel features of a second of sound, as the keyword networks were trained on.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace xs3::cli {

inline constexpr std::size_t kMelFrames = 49, kMelBands = 40;

/// 49 x 40 features of 16,000 samples in -1..1 at 16 kHz (asserted), row by row of time: frames of
/// 640 samples every 320, a Hann window, the power spectrum of 1024 points, 40 triangles even on
/// the mel scale from 60 to 7600 Hz, then (ln(power + 0.0001) + 2) / 8.
std::vector<float> logMel(std::span<const float> samples);

} // namespace xs3::cli
