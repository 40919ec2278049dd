// The reference convolutions on random shapes, against another formulation: an image padded in
// full, signed products, rounding in 128 bits.
#include "kernels/bconv2d/reference.h"
#include "kernels/conv2d/reference.h"
#include "kernels/depthwise_conv2d/reference.h"
#include "kernels/fully_connected/reference.h"
#include "kernels/reference/packing.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <random>
#include <vector>

namespace xs3::kernels {
namespace {

/// Shapes and values from one seed, which every failure prints.
class Draw {
public:
  explicit Draw(std::uint32_t seed) : random_(seed) {}

  std::int32_t number(std::int32_t low, std::int32_t high) {
    return std::uniform_int_distribution<std::int32_t>(low, high)(random_);
  }
  float real(float low, float high) {
    return std::uniform_real_distribution<float>(low, high)(random_);
  }
  bool coin() { return number(0, 1) == 1; }
  Activation activation() { return static_cast<Activation>(number(0, 3)); }

  std::vector<std::int8_t> int8s(std::size_t count) {
    std::vector<std::int8_t> values(count);
    for (auto &value : values)
      value = static_cast<std::int8_t>(number(-128, 127));
    return values;
  }
  std::vector<float> reals(std::size_t count) {
    std::vector<float> values(count);
    for (auto &value : values)
      value = real(-2, 2);
    return values;
  }

private:
  std::mt19937 random_;
};

struct Layer {
  Image input, output;
  Window window;
  std::int32_t groups = 1;
};

/// A layer that fits: one to nine places each way, any stride, dilation, padding.
Layer drawLayer(Draw &draw, std::int32_t inputChannels, std::int32_t outputChannels) {
  const auto axis = [&draw](Padding padding) {
    const std::int32_t taps = draw.number(1, 4), dilation = draw.number(1, 2);
    const std::int32_t span = (taps - 1) * dilation + 1;
    const std::int32_t size = draw.number(padding == Padding::Valid ? span : 1, 9);
    return windowAxis(size, taps, draw.number(1, 3), dilation, padding);
  };
  const Padding padding = draw.coin() ? Padding::Same : Padding::Valid;
  Layer layer;
  layer.window = {axis(padding), axis(padding)};
  layer.input = {draw.number(1, 2), layer.window.rows.size, layer.window.columns.size,
                 inputChannels};
  layer.output = {layer.input.batches, layer.window.rows.outputs, layer.window.columns.outputs,
                  outputChannels};
  return layer;
}

/// The dot product of one output: value(n, row, column, input channel) * weight(output channel, ky,
/// kx, i), summed over the field; `outside` stands for a value beyond the border.
template <typename Value, typename Weight>
std::int64_t dot(const Layer &layer, std::array<std::int32_t, 4> place, std::int32_t perGroup,
                 std::int64_t outside, Value &&value, Weight &&weight) {
  const auto [n, y, x, o] = place;
  const std::int32_t group = o / (layer.output.channels / layer.groups);
  std::int64_t sum = 0;
  for (std::int32_t i = 0; i < perGroup; ++i)
    for (std::int32_t ky = 0; ky < layer.window.rows.taps; ++ky)
      for (std::int32_t kx = 0; kx < layer.window.columns.taps; ++kx) {
        const auto &[rows, columns] = layer.window;
        const std::int32_t row = y * rows.stride - rows.before + ky * rows.dilation;
        const std::int32_t column = x * columns.stride - columns.before + kx * columns.dilation;
        const bool inside =
            row >= 0 && row < layer.input.height && column >= 0 && column < layer.input.width;
        sum +=
            weight(o, ky, kx, i) * (inside ? value(n, row, column, group * perGroup + i) : outside);
      }
  return sum;
}

template <typename Check> void forEach(const Image &output, Check &&check) {
  for (std::int32_t n = 0; n < output.batches; ++n)
    for (std::int32_t y = 0; y < output.height; ++y)
      for (std::int32_t x = 0; x < output.width; ++x)
        for (std::int32_t o = 0; o < output.channels; ++o)
          check(std::array{n, y, x, o}, output.at(n, y, x) + static_cast<std::size_t>(o));
}

// Binary.

struct BinaryLayer {
  Layer layer;
  bool padWithOnes;
  std::vector<std::int8_t> input, filter; ///< +1 and -1.
  std::vector<Word> packedInput, packedFilter;

  std::int32_t perGroup() const { return layer.input.channels / layer.groups; }
  std::int64_t field() const {
    return std::int64_t{layer.window.rows.taps} * layer.window.columns.taps * perGroup();
  }
  Bconv2dParameters parameters() const {
    return {layer.input, layer.output, layer.window, layer.groups, padWithOnes};
  }
  std::int64_t dotAt(std::array<std::int32_t, 4> place) const {
    const Image filters{layer.output.channels, layer.window.rows.taps, layer.window.columns.taps,
                        perGroup()};
    return dot(
        layer, place, perGroup(), padWithOnes ? 1 : 0,
        [&](std::int32_t n, std::int32_t row, std::int32_t column, std::int32_t c) {
          return input[layer.input.at(n, row, column) + static_cast<std::size_t>(c)];
        },
        [&](std::int32_t o, std::int32_t ky, std::int32_t kx, std::int32_t i) {
          return std::int64_t{filter[filters.at(o, ky, kx) + static_cast<std::size_t>(i)]};
        });
  }
};

std::vector<Word> packed(const std::vector<std::int8_t> &signs, std::int32_t channels) {
  const std::size_t perPixel = static_cast<std::size_t>(channels);
  std::vector<Word> words(signs.size() / perPixel * wordsFor(channels));
  for (std::size_t i = 0; i < signs.size(); ++i)
    if (signs[i] < 0)
      setBit(std::span(words).subspan(i / perPixel * wordsFor(channels), wordsFor(channels)),
             i % perPixel);
  return words;
}

BinaryLayer drawBinaryLayer(Draw &draw) {
  BinaryLayer binary;
  const std::int32_t groups = draw.number(0, 3) == 0 ? draw.number(2, 3) : 1;
  const std::int32_t inputs = groups > 1 ? 32 * groups * draw.number(1, 2) : draw.number(1, 100);
  binary.layer = drawLayer(draw, inputs, groups * draw.number(1, 40));
  binary.layer.groups = groups;
  binary.padWithOnes = draw.coin();
  const auto signs = [&draw](std::size_t count) {
    std::vector<std::int8_t> values(count);
    for (auto &value : values)
      value = draw.coin() ? 1 : -1;
    return values;
  };
  binary.input = signs(binary.layer.input.elements());
  binary.filter = signs(static_cast<std::size_t>(binary.field() * binary.layer.output.channels));
  binary.packedInput = packed(binary.input, inputs);
  binary.packedFilter = packed(binary.filter, binary.perGroup());
  return binary;
}

class RandomLayers : public testing::TestWithParam<std::uint32_t> {};

TEST_P(RandomLayers, BinaryConvolutionToBitsComparesTheDotProduct) {
  Draw draw(GetParam());
  const BinaryLayer binary = drawBinaryLayer(draw);
  const std::int32_t channels = binary.layer.output.channels;
  std::vector<std::int32_t> threshold(static_cast<std::size_t>(channels));
  for (auto &value : threshold)
    value = draw.number(0, 9) == 0 ? (draw.coin() ? INT32_MAX : INT32_MIN)
                                   : draw.number(0, static_cast<std::int32_t>(binary.field()));
  std::vector<Word> output(binary.layer.output.pixels() * wordsFor(channels), ~Word{0});

  bconv2dBits(binary.parameters(), {binary.packedInput, binary.packedFilter}, threshold, output);

  std::vector<std::int8_t> expected(binary.layer.output.elements());
  forEach(binary.layer.output, [&](std::array<std::int32_t, 4> place, std::size_t index) {
    // popcount = (K - dot) / 2
    const std::int64_t limit = 2 * std::int64_t{threshold[static_cast<std::size_t>(place[3])]};
    expected[index] = binary.field() - binary.dotAt(place) > limit ? -1 : 1;
  });
  EXPECT_EQ(output, packed(expected, channels)) << "seed " << GetParam();
}

TEST_P(RandomLayers, BinaryConvolutionToNumbersScalesTheDotProduct) {
  Draw draw(GetParam());
  const BinaryLayer binary = drawBinaryLayer(draw);
  const std::size_t channels = static_cast<std::size_t>(binary.layer.output.channels);
  const std::vector<float> multiplier = draw.reals(channels), bias = draw.reals(channels);
  const Activation activation = draw.activation();
  const Int8Quantization quantization{draw.real(0.01f, 1), draw.number(-128, 127)};
  const Bconv2dOperands operands{binary.packedInput, binary.packedFilter};
  const auto transform = [&](Int8Quantization output) {
    return bconv2dOutputTransform(binary.field(), activation, multiplier, bias, output);
  };
  std::vector<float> reals(binary.layer.output.elements());
  std::vector<std::int8_t> ints(binary.layer.output.elements());

  bconv2dFloat(binary.parameters(), operands, transform({}), reals);
  bconv2dInt8(binary.parameters(), operands, transform(quantization), ints);

  forEach(binary.layer.output, [&](std::array<std::int32_t, 4> place, std::size_t index) {
    const FloatRange range = floatRange(activation);
    const std::size_t o = static_cast<std::size_t>(place[3]);
    const double dot =
        std::clamp<double>(static_cast<double>(binary.dotAt(place)), range.low, range.high);
    const double real = dot * double{multiplier[o]} + double{bias[o]};
    const double slack = 1e-6 * (1 + 2 * static_cast<double>(binary.field()) * 2);
    EXPECT_NEAR(reals[index], real, slack) << "seed " << GetParam();
    const double scaled = real / double{quantization.scale} + quantization.zeroPoint;
    EXPECT_NEAR(ints[index], std::clamp(scaled, -128.0, 127.0), 0.5 + slack / quantization.scale)
        << "seed " << GetParam();
  });
}

// int8.

/// What the accumulator becomes by the definition: a factor below 1 in two roundings. Right shifts
/// round down.
std::int8_t requantized(std::int64_t sum, const Requantization &by, std::size_t channel) {
  const Multiplier m = by.multipliers[channel];
  EXPECT_LE(m.shift, 0);
  const std::int64_t first = (sum * m.q + (std::int64_t{1} << 30)) >> 31; // ties up
  const std::int64_t divisor = std::int64_t{1} << -m.shift;
  std::int64_t second = (2 * first + divisor) >> (1 - m.shift); // ties up as well
  if (first < 0 && (2 * first + divisor) % (2 * divisor) == 0)
    --second; // ties away
  return static_cast<std::int8_t>(
      std::clamp<std::int64_t>(second + by.outputZeroPoint, by.range.low, by.range.high));
}

struct Int8Layer {
  std::vector<std::int8_t> input, filter;
  std::vector<std::int32_t> bias;
  Requantization requantization;
};

Int8Layer drawInt8Layer(Draw &draw, std::size_t inputs, std::size_t field, std::size_t channels) {
  Int8Layer drawn{draw.int8s(inputs), draw.int8s(field * channels), {}, {}};
  if (draw.coin())
    for (std::size_t i = 0; i < channels; ++i)
      drawn.bias.push_back(draw.number(-20000, 20000));
  std::vector<float> scales(draw.coin() ? 1 : channels);
  for (auto &scale : scales)
    scale = draw.real(0.0005f, 0.01f);
  const Int8Quantization output{draw.real(0.02f, 0.2f), draw.number(-128, 127)};
  drawn.requantization = convolutionRequantization({draw.real(0.01f, 1), draw.number(-128, 127)},
                                                   scales, output, draw.activation(), channels);
  return drawn;
}

TEST_P(RandomLayers, Int8ConvolutionSumsThenScales) {
  Draw draw(GetParam());
  const std::int32_t groups = draw.number(1, 2), perGroup = draw.number(1, 9);
  Layer layer = drawLayer(draw, groups * perGroup, groups * draw.number(1, 9));
  layer.groups = groups;
  const Image filters{layer.output.channels, layer.window.rows.taps, layer.window.columns.taps,
                      perGroup};
  const std::size_t channels = static_cast<std::size_t>(layer.output.channels);
  const Int8Layer drawn =
      drawInt8Layer(draw, layer.input.elements(), filters.elements() / channels, channels);
  std::vector<std::int8_t> output(layer.output.elements());

  conv2dInt8({layer.input, layer.output, layer.window, groups}, drawn.requantization, drawn.input,
             drawn.filter, drawn.bias, output);

  forEach(layer.output, [&](std::array<std::int32_t, 4> place, std::size_t index) {
    const std::int64_t sum = dot(
        layer, place, perGroup, 0,
        [&](std::int32_t n, std::int32_t row, std::int32_t column, std::int32_t c) {
          return drawn.input[layer.input.at(n, row, column) + static_cast<std::size_t>(c)] -
                 drawn.requantization.inputZeroPoint;
        },
        [&](std::int32_t o, std::int32_t ky, std::int32_t kx, std::int32_t i) {
          return std::int64_t{drawn.filter[filters.at(o, ky, kx) + static_cast<std::size_t>(i)]};
        });
    const std::size_t o = static_cast<std::size_t>(place[3]);
    EXPECT_EQ(output[index],
              requantized(sum + (drawn.bias.empty() ? 0 : drawn.bias[o]), drawn.requantization, o))
        << "seed " << GetParam();
  });
}

TEST_P(RandomLayers, DepthwiseConvolutionIsAConvolutionWithOneChannelGroups) {
  Draw draw(GetParam());
  const std::int32_t inputs = draw.number(1, 9), multiplier = draw.number(1, 3);
  Layer layer = drawLayer(draw, inputs, inputs * multiplier);
  const std::size_t taps = static_cast<std::size_t>(layer.window.rows.taps) *
                           static_cast<std::size_t>(layer.window.columns.taps);
  const std::size_t channels = static_cast<std::size_t>(layer.output.channels);
  const Int8Layer drawn = drawInt8Layer(draw, layer.input.elements(), taps, channels);
  std::vector<std::int8_t> turned(drawn.filter.size()); // taps x channels to channels x taps
  for (std::size_t tap = 0; tap < taps; ++tap)
    for (std::size_t o = 0; o < channels; ++o)
      turned[o * taps + tap] = drawn.filter[tap * channels + o];
  std::vector<std::int8_t> output(layer.output.elements()), expected(output.size());

  depthwiseConv2dInt8({layer.input, layer.output, layer.window}, drawn.requantization, drawn.input,
                      drawn.filter, drawn.bias, output);
  conv2dInt8({layer.input, layer.output, layer.window, inputs}, drawn.requantization, drawn.input,
             turned, drawn.bias, expected);

  EXPECT_EQ(output, expected) << "seed " << GetParam();
}

TEST_P(RandomLayers, FullyConnectedIsAConvolutionOfOnePixelImages) {
  Draw draw(GetParam());
  const std::int32_t rows = draw.number(1, 3), depth = draw.number(1, 200);
  const std::int32_t channels = draw.number(1, 20);
  const Image input{rows, 1, 1, depth}, result{rows, 1, 1, channels};
  const Window window{windowAxis(1, 1, 1, 1, Padding::Valid),
                      windowAxis(1, 1, 1, 1, Padding::Valid)};
  const Int8Layer drawn = drawInt8Layer(draw, input.elements(), static_cast<std::size_t>(depth),
                                        static_cast<std::size_t>(channels));
  std::vector<std::int8_t> output(result.elements()), expected(output.size());

  fullyConnectedInt8({static_cast<std::size_t>(rows), static_cast<std::size_t>(depth),
                      static_cast<std::size_t>(channels)},
                     drawn.requantization, drawn.input, drawn.filter, drawn.bias, output);
  conv2dInt8({input, result, window, 1}, drawn.requantization, drawn.input, drawn.filter,
             drawn.bias, expected);

  EXPECT_EQ(output, expected) << "seed " << GetParam();
}

TEST_P(RandomLayers, FloatConvolutionIsCloseToDouble) {
  Draw draw(GetParam());
  const std::int32_t groups = draw.number(1, 2), perGroup = draw.number(1, 9);
  Layer layer = drawLayer(draw, groups * perGroup, groups * draw.number(1, 9));
  layer.groups = groups;
  const Image filters{layer.output.channels, layer.window.rows.taps, layer.window.columns.taps,
                      perGroup};
  const std::size_t channels = static_cast<std::size_t>(layer.output.channels);
  const std::vector<float> input = draw.reals(layer.input.elements()),
                           filter = draw.reals(filters.elements()),
                           bias = draw.coin() ? draw.reals(channels) : std::vector<float>();
  const FloatRange range = floatRange(draw.activation());
  std::vector<float> output(layer.output.elements());

  conv2dFloat({layer.input, layer.output, layer.window, groups}, range, input, filter, bias,
              output);

  // In units of 2^-20, so that the same integer sum serves.
  forEach(layer.output, [&](std::array<std::int32_t, 4> place, std::size_t index) {
    const std::int64_t sum = dot(
        layer, place, perGroup, 0,
        [&](std::int32_t n, std::int32_t row, std::int32_t column, std::int32_t c) {
          return std::llround(
              double{input[layer.input.at(n, row, column) + static_cast<std::size_t>(c)]} * 0x1p20);
        },
        [&](std::int32_t o, std::int32_t ky, std::int32_t kx, std::int32_t i) {
          return std::llround(double{filter[filters.at(o, ky, kx) + static_cast<std::size_t>(i)]} *
                              0x1p20);
        });
    const double real = static_cast<double>(sum) * 0x1p-40 +
                        (bias.empty() ? 0.0 : double{bias[static_cast<std::size_t>(place[3])]});
    EXPECT_NEAR(output[index], std::clamp<double>(real, range.low, range.high), 1e-3)
        << "seed " << GetParam();
  });
}

INSTANTIATE_TEST_SUITE_P(Seeds, RandomLayers, testing::Range(1u, 201u));

} // namespace
} // namespace xs3::kernels
