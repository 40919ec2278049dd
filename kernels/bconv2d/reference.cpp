#include "kernels/bconv2d/reference.h"

#include "kernels/reference/fixed_point.h"
#include "kernels/reference/packing.h"

#include <algorithm>
#include <bit>

namespace xs3::kernels {
namespace {

/// 2x of one output channel at one place. Twice, because a tap outside of a zero-padded image adds
/// nothing to the dot product K - 2x, and so half a channel's worth to x.
std::int64_t twicePopcount(const Bconv2dParameters &p, const Bconv2dOperands &operands,
                           std::int32_t n, std::int32_t y, std::int32_t x, std::int32_t channel) {
  const std::int32_t channelsPerGroup = p.input.channels / p.groups;
  const std::size_t pixelWords = wordsFor(p.input.channels);
  const std::size_t words = p.groups == 1 ? pixelWords : wordsFor(channelsPerGroup);
  const std::size_t group = static_cast<std::size_t>(channel / (p.output.channels / p.groups));
  const Word *weights = &operands.filter[static_cast<std::size_t>(channel) *
                                         static_cast<std::size_t>(p.window.rows.taps) *
                                         static_cast<std::size_t>(p.window.columns.taps) * words];
  std::int64_t twice = 0;
  for (std::int32_t ky = 0; ky < p.window.rows.taps; ++ky)
    for (std::int32_t kx = 0; kx < p.window.columns.taps; ++kx, weights += words) {
      const std::int32_t row = p.window.rows.place(y, ky);
      const std::int32_t column = p.window.columns.place(x, kx);
      if (p.window.rows.inside(row) && p.window.columns.inside(column)) {
        const Word *pixel =
            &operands.input[p.input.pixelAt(n, row, column) * pixelWords + group * words];
        for (std::size_t i = 0; i < words; ++i)
          twice += 2 * std::popcount(pixel[i] ^ weights[i]);
      } else if (p.padWithOnes) {
        for (std::size_t i = 0; i < words; ++i)
          twice += 2 * std::popcount(weights[i]);
      } else {
        twice += channelsPerGroup;
      }
    }
  return twice;
}

/// Calls store(pixel, channel, 2x) for every element of the output.
template <typename Store>
void forEachOutput(const Bconv2dParameters &p, const Bconv2dOperands &operands, Store &&store) {
  for (std::int32_t n = 0; n < p.output.batches; ++n)
    for (std::int32_t y = 0; y < p.output.height; ++y)
      for (std::int32_t x = 0; x < p.output.width; ++x)
        for (std::int32_t channel = 0; channel < p.output.channels; ++channel)
          store(p.output.pixelAt(n, y, x), static_cast<std::size_t>(channel),
                twicePopcount(p, operands, n, y, x, channel));
}

} // namespace

std::int64_t fieldBits(const Bconv2dParameters &p) {
  return std::int64_t{p.window.rows.taps} * p.window.columns.taps * (p.input.channels / p.groups);
}

float Bconv2dOutputTransform::operator()(std::int64_t twice, std::size_t channel) const {
  const float product = static_cast<float>(std::clamp(twice, low, high)) * multiplier[channel];
  return product + bias[channel];
}

Bconv2dOutputTransform bconv2dOutputTransform(std::int64_t fieldBits, Activation activation,
                                              std::span<const float> multiplier,
                                              std::span<const float> bias,
                                              Int8Quantization output) {
  const FloatRange dot = floatRange(activation);
  const double k = static_cast<double>(fieldBits);
  Bconv2dOutputTransform transform;
  transform.low = fieldBits - static_cast<std::int64_t>(std::min<double>(dot.high, k));
  transform.high = fieldBits - static_cast<std::int64_t>(std::max<double>(dot.low, -k));
  for (std::size_t i = 0; i < multiplier.size(); ++i) {
    const double m = multiplier[i], b = bias[i], scale = output.scale;
    transform.multiplier.push_back(static_cast<float>(-m / scale));
    transform.bias.push_back(static_cast<float>((b + k * m) / scale + output.zeroPoint));
  }
  return transform;
}

void bconv2dBits(const Bconv2dParameters &parameters, const Bconv2dOperands &operands,
                 std::span<const std::int32_t> threshold, std::span<Word> output) {
  const std::size_t words = wordsFor(parameters.output.channels);
  std::fill(output.begin(), output.end(), 0);
  forEachOutput(parameters, operands,
                [&](std::size_t pixel, std::size_t channel, std::int64_t twice) {
                  if (twice > 2 * std::int64_t{threshold[channel]})
                    setBit(output.subspan(pixel * words, words), channel);
                });
}

void bconv2dFloat(const Bconv2dParameters &parameters, const Bconv2dOperands &operands,
                  const Bconv2dOutputTransform &transform, std::span<float> output) {
  const std::size_t channels = static_cast<std::size_t>(parameters.output.channels);
  forEachOutput(parameters, operands,
                [&](std::size_t pixel, std::size_t channel, std::int64_t twice) {
                  output[pixel * channels + channel] = transform(twice, channel);
                });
}

void bconv2dInt8(const Bconv2dParameters &parameters, const Bconv2dOperands &operands,
                 const Bconv2dOutputTransform &transform, std::span<std::int8_t> output) {
  const std::size_t channels = static_cast<std::size_t>(parameters.output.channels);
  forEachOutput(
      parameters, operands, [&](std::size_t pixel, std::size_t channel, std::int64_t twice) {
        output[pixel * channels + channel] = toInt8(roundAway(transform(twice, channel)), 0);
      });
}

} // namespace xs3::kernels
