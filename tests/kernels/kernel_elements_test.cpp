// Element-wise kernels, pools and SOFTMAX on the machine against their scalar references, bit for
// bit.
#include "kernels/average_pool2d/pack.h"
#include "kernels/average_pool2d/reference.h"
#include "kernels/bmaxpool2d/pack.h"
#include "kernels/bmaxpool2d/reference.h"
#include "kernels/copy/call.h"
#include "kernels/fill/call.h"
#include "kernels/lce_dequantize/call.h"
#include "kernels/lce_dequantize/reference.h"
#include "kernels/lce_quantize/pack.h"
#include "kernels/lce_quantize/reference.h"
#include "kernels/lookup/call.h"
#include "kernels/max_pool2d/pack.h"
#include "kernels/max_pool2d/reference.h"
#include "kernels/quantize/pack.h"
#include "kernels/quantize/reference.h"
#include "kernels/reference/packing.h"
#include "kernels/softmax/call.h"
#include "kernels/softmax/reference.h"
#include "tests/kernels/kernel_windows.h"

#include <bit>
#include <cmath>
#include <gtest/gtest.h>
#include <limits>

namespace xs3::kernels {
namespace {

using namespace xs3::test;

KernelRun runOne(const PackedCall &call, const Bytes &input, std::size_t outputBytes,
                 const KernelOptions &options) {
  const std::vector<Bytes> inputs = {input};
  return runKernels({&call, 1}, inputs, outputBytes, options);
}

constexpr float kInfinity = std::numeric_limits<float>::infinity();
const float kOddFloats[] = {0.0F,          -0.0F,          kInfinity, -kInfinity,
                            std::nanf(""), -std::nanf(""), 0x1p-149F, -0x1p-149F,
                            0x1p-126F,     -0x1p-126F,     3.4e38F,   -3.4e38F};

class ElementKernel : public testing::TestWithParam<std::uint32_t> {};

TEST_P(ElementKernel, LceQuantizeInt8EqualsTheReference) {
  Random random(GetParam());
  const std::int32_t channels = random.once(2) ? 32 * random.in(1, 4) : random.in(1, 70);
  const auto pixels = static_cast<std::uint32_t>(random.in(1, 20));
  const std::int32_t zeroPoint =
      random.once(6) ? (random.once(2) ? -128 : 127) : random.in(-128, 127);
  const auto input = random.int8s(pixels * static_cast<std::size_t>(channels));
  std::vector<Word> expected(pixels * wordsFor(channels));
  lceQuantizeInt8(channels, zeroPoint, input, expected);

  const auto call = packLceQuantizeInt8(pixels, static_cast<std::uint32_t>(channels), zeroPoint);
  const auto run = runOne(call, bytesOf(input), 4 * expected.size(),
                          randomOptions(random, call.units, GetParam()));

  EXPECT_EQ(run.fault, "");
  EXPECT_EQ(valuesOf<Word>(run.output), expected) << channels << " channels, zero " << zeroPoint;
}

TEST_P(ElementKernel, LceDequantizeEqualsTheReference) {
  Random random(GetParam());
  const std::int32_t channels = random.in(1, 100);
  const auto pixels = static_cast<std::uint32_t>(random.in(1, 9));
  const std::size_t count = pixels * static_cast<std::size_t>(channels);
  const auto words = valuesOf<Word>(random.bytes(4 * pixels * wordsFor(channels)));
  const auto perPixel = static_cast<std::uint32_t>(channels);
  const Int8Quantization quantization{random.real(0.005F, 2.0F), random.in(-128, 127)};
  std::vector<float> floats(count);
  std::vector<std::int8_t> int8s(count);
  std::vector<std::uint8_t> bools(count);
  lceDequantizeFloat(channels, words, floats);
  lceDequantizeInt8(channels, quantization, words, int8s);
  lceDequantizeBool(channels, words, bools);

  const auto check = [&](const PackedCall &call, const Bytes &expected) {
    const auto run = runOne(call, bytesOf(words), expected.size(),
                            randomOptions(random, call.units, GetParam()));
    EXPECT_EQ(run.fault, "") << channels << " channels";
    EXPECT_EQ(run.output, expected) << channels << " channels";
  };
  check(packLceDequantizeFloat(pixels, perPixel), bytesOf(floats));
  check(packLceDequantizeInt8(pixels, perPixel, quantization), bytesOf(int8s));
  check(packLceDequantizeBool(pixels, perPixel), bytesOf(bools));
}

TEST_P(ElementKernel, LceQuantizeFloatEqualsTheReference) {
  Random random(GetParam());
  const std::int32_t channels = random.once(2) ? 32 * random.in(1, 3) : random.in(1, 70);
  const auto pixels = static_cast<std::uint32_t>(random.in(1, 9));
  std::vector<float> input(pixels * static_cast<std::size_t>(channels));
  for (auto &value : input)
    value = random.once(4) ? kOddFloats[random.in(0, 11)] : random.real(-1, 1);
  std::vector<Word> expected(pixels * wordsFor(channels));
  lceQuantizeFloat(channels, input, expected);

  const auto call = packLceQuantizeFloat(pixels, static_cast<std::uint32_t>(channels));
  const auto run = runOne(call, bytesOf(input), 4 * expected.size(),
                          randomOptions(random, call.units, GetParam()));

  EXPECT_EQ(run.fault, "");
  EXPECT_EQ(valuesOf<Word>(run.output), expected) << channels << " channels";
}

TEST_P(ElementKernel, LceQuantizeBoolEqualsTheReference) {
  Random random(GetParam());
  const std::int32_t channels = random.in(1, 70);
  const auto pixels = static_cast<std::uint32_t>(random.in(1, 9));
  Bytes input = random.bytes(pixels * static_cast<std::size_t>(channels));
  for (auto &value : input)
    value &= 1;
  std::vector<Word> expected(pixels * wordsFor(channels));
  lceQuantizeBool(channels, input, expected);

  const auto call = packLceQuantizeBool(pixels, static_cast<std::uint32_t>(channels));
  const auto run =
      runOne(call, input, 4 * expected.size(), randomOptions(random, call.units, GetParam()));

  EXPECT_EQ(run.fault, "");
  EXPECT_EQ(valuesOf<Word>(run.output), expected) << channels << " channels";
}

TEST_P(ElementKernel, Bmaxpool2dEqualsTheReference) {
  Random random(GetParam());
  const Image input{random.once(4) ? 2 : 1, random.in(1, 9), random.in(1, 9), random.in(1, 140)};
  Window window = randomWindow(random, input);
  for (WindowAxis *axis : {&window.rows, &window.columns})
    if (axis->dilation > 1)
      *axis = windowAxis(axis->size, axis->taps, axis->stride, 1, Padding::Same);
  const Image output{input.batches, window.rows.outputs, window.columns.outputs, input.channels};
  const std::size_t words = wordsFor(input.channels);
  std::vector<Word> values(input.pixels() * words), expected(output.pixels() * words);
  for (auto &word : values)
    word = random.word() | random.word();
  bmaxpool2d(input, output, window, values, expected);

  const auto call = packBmaxpool2d(input, output, window);
  const auto run = runOne(call, bytesOf(values), 4 * expected.size(),
                          randomOptions(random, call.units, GetParam()));

  EXPECT_EQ(run.fault, "") << describe(window);
  EXPECT_EQ(valuesOf<Word>(run.output), expected) << describe(window) << ", " << words << " words";
}

/// A pool without dilation over an image of int8.
struct PoolCase {
  Image input, output;
  Window window;
  Int8Range range;
  std::vector<std::int8_t> values;
};

PoolCase randomPool(Random &random) {
  PoolCase c;
  c.input = {random.once(4) ? 2 : 1, random.in(1, 9), random.in(1, 9),
             random.once(2) ? 4 * random.in(1, 20) : random.in(1, 40)};
  c.window = randomWindow(random, c.input);
  for (WindowAxis *axis : {&c.window.rows, &c.window.columns})
    if (axis->dilation > 1)
      *axis = windowAxis(axis->size, axis->taps, axis->stride, 1, Padding::Same);
  c.output = {c.input.batches, c.window.rows.outputs, c.window.columns.outputs, c.input.channels};
  if (random.once(2))
    c.range = {random.in(-128, 0), random.in(0, 127)};
  c.values = random.int8s(c.input.elements());
  for (auto &value : c.values)
    if (random.once(6))
      value = random.once(2) ? -128 : -127;
  return c;
}

/// A pool of the seed, packed and by reference.
template <typename Pack, typename Reference>
void expectPoolEqualsTheReference(std::uint32_t seed, Pack pack, Reference reference) {
  Random random(seed);
  const PoolCase c = randomPool(random);
  std::vector<std::int8_t> expected(c.output.elements());
  reference(c.input, c.output, c.window, c.range, c.values, expected);

  const auto call = pack(c.input, c.output, c.window, c.range);
  const auto run =
      runOne(call, bytesOf(c.values), expected.size(), randomOptions(random, call.units, seed));

  EXPECT_EQ(run.fault, "") << describe(c.window);
  EXPECT_EQ(valuesOf<std::int8_t>(run.output), expected)
      << describe(c.window) << ", " << c.input.channels << " channels";
}

TEST_P(ElementKernel, MaxPool2dEqualsTheReference) {
  expectPoolEqualsTheReference(GetParam(), packMaxPool2dInt8, maxPool2dInt8);
}

TEST_P(ElementKernel, AveragePool2dEqualsTheReference) {
  expectPoolEqualsTheReference(GetParam(), packAveragePool2dInt8, averagePool2dInt8);
}

struct AverageCase {
  std::int32_t size, taps, stride, channels;
  Padding padding;
  double slots; ///< At most, of 16 channels of a pixel.
};

void PrintTo(const AverageCase &c, std::ostream *out) {
  *out << c.taps << 'x' << c.taps << '/' << c.stride << " of " << c.size << ", " << c.channels;
}

class AverageOnVectors : public testing::TestWithParam<AverageCase> {};

TEST_P(AverageOnVectors, EqualsTheReferenceDownToTheLowestValue) {
  const AverageCase &c = GetParam();
  Random random(static_cast<std::uint32_t>(c.size));
  const WindowAxis axis = windowAxis(c.size, c.taps, c.stride, 1, c.padding);
  const Image input{1, c.size, c.size, c.channels};
  const Image output{1, axis.outputs, axis.outputs, c.channels};
  std::vector<std::int8_t> values = random.int8s(input.elements());
  for (std::size_t i = 0; i < values.size(); ++i) // a few channels are one value, or nearly so
    if (const std::size_t channel = i % static_cast<std::size_t>(c.channels); channel % 5 == 1)
      values[i] = static_cast<std::int8_t>((channel % 2 == 0 ? 127 : -128) +
                                           (channel % 10 == 1 && random.once(3) ? 1 : 0));
  std::vector<std::int8_t> expected(output.elements());
  averagePool2dInt8(input, output, {axis, axis}, {}, values, expected);

  const auto call = packAveragePool2dInt8(input, output, {axis, axis}, {});
  const auto run = runOne(call, bytesOf(values), expected.size(), {});

  EXPECT_EQ(call.kernel, "average_pool2d_int8_vector");
  EXPECT_EQ(run.fault, "");
  EXPECT_EQ(valuesOf<std::int8_t>(run.output), expected);
  EXPECT_LE(static_cast<double>(run.counters.slots()) * 16 / static_cast<double>(expected.size()),
            c.slots);
}

INSTANTIATE_TEST_SUITE_P(Windows, AverageOnVectors,
                         testing::Values(AverageCase{8, 2, 2, 256, Padding::Valid, 36},
                                         AverageCase{7, 7, 1, 512, Padding::Valid, 96},
                                         AverageCase{9, 3, 2, 64, Padding::Same, 80},
                                         AverageCase{6, 5, 1, 36, Padding::Same, 136}));

/// Values on both sides of every step, far away ones, and some in between.
std::vector<float> valuesAround(Random &random, Int8Quantization output) {
  std::vector<float> values(std::begin(kOddFloats), std::end(kOddFloats));
  for (std::int32_t level = -130; level <= 130; ++level) {
    const float step = (static_cast<float>(level - output.zeroPoint) - 0.5F) * output.scale;
    for (float value : {step, std::nextafter(step, kInfinity), std::nextafter(step, -kInfinity),
                        step + output.scale * random.real(0, 1)})
      values.push_back(value);
  }
  return values;
}

TEST_P(ElementKernel, QuantizeFloatEqualsTheReference) {
  Random random(GetParam());
  const Int8Quantization output{std::exp(random.real(-12, 8)), random.in(-128, 127)};
  const std::vector<float> input = valuesAround(random, output);
  std::vector<std::int8_t> expected(input.size());
  quantizeFloat(output, input, expected);

  const auto call = packQuantizeFloat(static_cast<std::uint32_t>(input.size()), output);
  const auto run =
      runOne(call, bytesOf(input), expected.size(), randomOptions(random, call.units, GetParam()));

  EXPECT_EQ(run.fault, "");
  EXPECT_EQ(valuesOf<std::int8_t>(run.output), expected)
      << "scale " << output.scale << ", zero point " << output.zeroPoint;
}

TEST_P(ElementKernel, RequantizeEqualsTheReference) {
  Random random(GetParam());
  const Int8Quantization from{random.real(0.01F, 1), random.in(-128, 127)};
  const Int8Quantization to{random.real(0.01F, 1), random.in(-128, 127)};
  const auto input = random.int8s(static_cast<std::size_t>(random.in(1, 300)));
  std::vector<std::int8_t> expected(input.size());
  quantizeInt8(from, to, input, expected);

  const auto call = packRequantize(static_cast<std::uint32_t>(input.size()), from, to);
  const auto run =
      runOne(call, bytesOf(input), expected.size(), randomOptions(random, call.units, GetParam()));

  EXPECT_EQ(run.fault, "");
  EXPECT_EQ(valuesOf<std::int8_t>(run.output), expected);
}

TEST_P(ElementKernel, LookupOfWordsGivesTheTable) {
  Random random(GetParam());
  const auto input = random.int8s(static_cast<std::size_t>(random.in(1, 300)));
  const auto function = [](std::int8_t value) { return 0.37F * static_cast<float>(value - 11); };
  std::vector<float> expected;
  for (const std::int8_t value : input)
    expected.push_back(function(value));

  const auto call = packLookupFloat(static_cast<std::uint32_t>(input.size()), function);
  const auto run = runOne(call, bytesOf(input), 4 * expected.size(),
                          randomOptions(random, call.units, GetParam()));

  EXPECT_EQ(run.fault, "");
  EXPECT_EQ(run.output, bytesOf(expected));
}

TEST_P(ElementKernel, SoftmaxEqualsTheReference) {
  Random random(GetParam());
  const auto classes = static_cast<std::uint32_t>(random.in(1, 40));
  const auto rows = static_cast<std::uint32_t>(random.in(1, 6));
  const float scale = random.real(0.001F, 0.4F),
              beta = random.once(2) ? 1.0F : random.real(0.1F, 2);
  const Int8Quantization output =
      random.once(4) ? Int8Quantization{random.real(0.002F, 0.01F), random.in(-128, 0)}
                     : Int8Quantization{1.0F / 256, -128};
  auto input = random.int8s(rows * static_cast<std::size_t>(classes));
  std::vector<std::int8_t> expected(input.size());
  softmaxInt8(classes, softmaxTable(scale, beta), output, input, expected);

  const auto call = packSoftmax(rows, classes, scale, beta, output.scale, output.zeroPoint);
  const auto run =
      runOne(call, bytesOf(input), expected.size(), randomOptions(random, call.units, GetParam()));

  EXPECT_EQ(run.fault, "");
  EXPECT_EQ(valuesOf<std::int8_t>(run.output), expected);
}

TEST_P(ElementKernel, CopyMovesTheBytesAndNoOther) {
  Random random(GetParam());
  const Bytes input = random.bytes(static_cast<std::size_t>(random.in(1, 400)));

  const auto call = packCopy(static_cast<std::uint32_t>(input.size()));
  const auto run = runOne(call, input, input.size(), randomOptions(random, call.units, GetParam()));

  EXPECT_EQ(run.fault, "");
  EXPECT_EQ(run.output, input);
}

TEST_P(ElementKernel, FillWritesTheWords) {
  Random random(GetParam());
  const std::vector<Word> expected(static_cast<std::size_t>(random.in(1, 50)), random.word());

  const auto call = packFillWords(static_cast<std::uint32_t>(expected.size()), expected[0]);
  const auto run =
      runOne(call, {}, 4 * expected.size(), randomOptions(random, call.units, GetParam()));

  EXPECT_EQ(run.fault, "");
  EXPECT_EQ(valuesOf<Word>(run.output), expected);
}

INSTANTIATE_TEST_SUITE_P(Seed, ElementKernel, testing::Range(1U, 41U));

} // namespace
} // namespace xs3::kernels
