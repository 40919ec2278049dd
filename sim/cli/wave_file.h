// Sound files (WAV).
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace xs3::cli {

inline constexpr unsigned kWaveRate = 16'000;          ///< Samples a second.
inline constexpr std::size_t kWaveSamples = kWaveRate; ///< One second.

/// The samples of a WAV file, sample / 32768: one second of 16-bit PCM, one channel, 16 kHz. Throws
/// Error naming the file and saying what it is, for any other.
std::vector<float> readWave(const std::string &path);

} // namespace xs3::cli
