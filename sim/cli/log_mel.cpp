#include "sim/cli/log_mel.h"

#include "sim/cli/wave_file.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <complex>
#include <numbers>

namespace xs3::cli {
namespace {

constexpr std::size_t kFrame = 640, kHop = 320, kPoints = 1024, kBins = kPoints / 2 + 1;

using Spectrum = std::array<std::complex<double>, kPoints>;

/// The discrete Fourier transform in place: decimation in time, radix 2.
void transform(Spectrum &values) {
  for (std::size_t i = 1, reversed = 0; i < kPoints; ++i) {
    std::size_t bit = kPoints / 2;
    for (; reversed & bit; bit /= 2)
      reversed ^= bit;
    reversed |= bit;
    if (i < reversed)
      std::swap(values[i], values[reversed]);
  }
  for (std::size_t half = 1; half < kPoints; half *= 2)
    for (std::size_t i = 0; i < half; ++i) {
      const auto turn =
          std::polar(1.0, -std::numbers::pi * static_cast<double>(i) / static_cast<double>(half));
      for (std::size_t at = i; at < kPoints; at += 2 * half) {
        const auto even = values[at], odd = turn * values[at + half];
        values[at] = even + odd;
        values[at + half] = even - odd;
      }
    }
}

double mel(double hertz) { return 2595 * std::log10(1 + hertz / 700); }
double hertz(double mel) { return 700 * (std::pow(10.0, mel / 2595) - 1); }

using Filters = std::array<std::array<float, kBins>, kMelBands>;

/// Triangle number b rises from corner b to b + 1 and falls to b + 2; corners in bins.
Filters melFilters() {
  std::array<double, kMelBands + 2> corners;
  const double low = mel(60), high = mel(7600);
  for (std::size_t i = 0; i < corners.size(); ++i)
    corners[i] = hertz(low + (high - low) * static_cast<double>(i) / (kMelBands + 1)) *
                 static_cast<double>(kPoints) / kWaveRate;
  Filters filters;
  for (std::size_t band = 0; band < kMelBands; ++band)
    for (std::size_t bin = 0; bin < kBins; ++bin) {
      const auto k = static_cast<double>(bin);
      const double rise = (k - corners[band]) / (corners[band + 1] - corners[band]);
      const double fall = (corners[band + 2] - k) / (corners[band + 2] - corners[band + 1]);
      filters[band][bin] = static_cast<float>(std::max(0.0, std::min(rise, fall)));
    }
  return filters;
}

std::array<double, kBins> power(std::span<const float> frame) {
  Spectrum values{};
  for (std::size_t i = 0; i < kFrame; ++i) {
    const double window =
        0.5 - 0.5 * std::cos(2 * std::numbers::pi * static_cast<double>(i) / (kFrame - 1));
    values[i] = static_cast<double>(frame[i]) * window;
  }
  transform(values);
  std::array<double, kBins> powers;
  for (std::size_t bin = 0; bin < kBins; ++bin)
    powers[bin] = std::norm(values[bin]);
  return powers;
}

} // namespace

std::vector<float> logMel(std::span<const float> samples) {
  assert(samples.size() == kWaveSamples);
  const Filters filters = melFilters();
  std::vector<float> features;
  for (std::size_t frame = 0; frame < kMelFrames; ++frame) {
    const std::array<double, kBins> powers = power(samples.subspan(frame * kHop, kFrame));
    for (const auto &filter : filters) {
      double sum = 0;
      for (std::size_t bin = 0; bin < kBins; ++bin)
        sum += powers[bin] * static_cast<double>(filter[bin]);
      features.push_back(static_cast<float>((std::log(sum + 1e-4) + 2) / 8));
    }
  }
  return features;
}

} // namespace xs3::cli
