// LceBconv2d on the machine against its scalar reference: random shapes and values, bit for bit.
#include "kernels/bconv2d/pack.h"
#include "kernels/reference/packing.h"
#include "tests/kernels/kernel_windows.h"

#include <gtest/gtest.h>

#include <functional>

namespace xs3::kernels {
namespace {

using namespace xs3::test;

/// A random operator that fits the machine.
struct BinaryCase {
  Bconv2dParameters parameters;
  std::vector<Word> input, filter;
};

std::vector<Word> packedPixels(Random &random, std::size_t pixels, std::int32_t channels) {
  std::vector<Word> words;
  const std::size_t perPixel = wordsFor(channels);
  const std::int32_t rest = channels % 32;
  for (std::size_t i = 0; i < pixels * perPixel; ++i) {
    const bool last = i % perPixel == perPixel - 1;
    words.push_back(random.word() & (last && rest != 0 ? (Word{1} << rest) - 1 : ~Word{0}));
  }
  return words;
}

struct Freedom {
  std::int32_t outputMultiple = 1;
  bool groups = true;
  bool evenChannels = false;
};

BinaryCase randomCase(Random &random, Freedom freedom = {}) {
  BinaryCase c;
  Bconv2dParameters &p = c.parameters;
  p.groups = freedom.groups && random.once(5) ? random.in(2, 3) : 1;
  const std::int32_t perGroup = p.groups > 1 || random.once(2) ? 32 * random.in(1, 5)
                                : random.once(8)               ? 256 * random.in(1, 2)
                                                               : random.in(1, 80);
  p.input = {random.once(6) ? 2 : 1, random.in(1, 9), random.in(1, 9),
             (perGroup + (freedom.evenChannels ? perGroup % 2 : 0)) * p.groups};
  const std::int32_t multiple = p.groups > 1 ? 32 : freedom.outputMultiple;
  const std::int32_t outputs = (random.in(1, 70) + multiple - 1) / multiple * multiple * p.groups;
  p.window = randomWindow(random, p.input);
  p.output = {p.input.batches, p.window.rows.outputs, p.window.columns.outputs, outputs};
  p.padWithOnes = !freedom.evenChannels;
  c.input = packedPixels(random, p.input.pixels(), p.input.channels);
  const auto taps = static_cast<std::size_t>(p.window.rows.taps * p.window.columns.taps);
  c.filter =
      packedPixels(random, taps * static_cast<std::size_t>(outputs), p.input.channels / p.groups);
  return c;
}

std::string describe(const Bconv2dParameters &p) {
  return test::describe(p.window) + ", channels " + std::to_string(p.input.channels) + " to " +
         std::to_string(p.output.channels) + ", groups " + std::to_string(p.groups);
}

Bconv2dOutputTransform randomTransform(Random &random, const Bconv2dParameters &p, bool toInt8) {
  const Activation kActivations[] = {Activation::None, Activation::Relu, Activation::ReluN1To1,
                                     Activation::Relu6};
  const auto channels = static_cast<std::size_t>(p.output.channels);
  const auto k = static_cast<float>(fieldBits(p));
  std::vector<float> multiplier(channels), bias(channels);
  for (std::size_t i = 0; i < channels; ++i) {
    multiplier[i] = random.real(0.2F, 3.0F) / k * (random.once(5) ? -1.0F : 1.0F);
    bias[i] = random.real(-1.0F, 1.0F);
  }
  const Int8Quantization output =
      toInt8 ? Int8Quantization{0.02F, random.in(-20, 20)} : Int8Quantization{1, 0};
  return bconv2dOutputTransform(fieldBits(p), kActivations[random.in(0, 5) % 4], multiplier, bias,
                                output);
}

/// The calls of an operator without groups, cut at a random multiple of 32 channels.
std::vector<PackedCall>
cutByChannels(Random &random, const Bconv2dParameters &p,
              const std::function<std::vector<PackedCall>(ChannelRange)> &pack) {
  const auto cut = static_cast<std::uint32_t>(32 * random.in(1, (p.output.channels - 1) / 32));
  std::vector<PackedCall> calls = pack({0, cut});
  for (PackedCall &call : pack({.first = cut}))
    calls.push_back(std::move(call));
  return calls;
}

class Bconv2dKernel : public testing::TestWithParam<std::uint32_t> {};

TEST_P(Bconv2dKernel, BitsEqualTheReference) {
  Random random(GetParam());
  const BinaryCase c = randomCase(random);
  const Bconv2dParameters &p = c.parameters;
  std::vector<std::int32_t> threshold(static_cast<std::size_t>(p.output.channels));
  const auto k = static_cast<std::int32_t>(fieldBits(p));
  for (auto &t : threshold)
    t = random.once(8) ? (random.once(2) ? INT32_MIN : INT32_MAX) : random.in(k / 3, k - k / 3);
  std::vector<Word> expected(p.output.pixels() * wordsFor(p.output.channels));
  bconv2dBits(p, {c.input, c.filter}, threshold, expected);

  const auto calls = packBconv2dBits(p, c.filter, threshold);
  const std::vector<Bytes> inputs = {bytesOf(c.input)};
  const auto run = runKernels(calls, inputs, 4 * expected.size(),
                              randomOptions(random, calls[0].units, GetParam()));

  EXPECT_EQ(run.fault, "") << describe(p);
  EXPECT_EQ(valuesOf<Word>(run.output), expected) << describe(p);
}

TEST_P(Bconv2dKernel, FloatEqualsTheReference) {
  Random random(GetParam() + 1000);
  const BinaryCase c = randomCase(random, {.evenChannels = random.once(2)});
  const Bconv2dParameters &p = c.parameters;
  const auto transform = randomTransform(random, p, false);
  std::vector<float> expected(p.output.elements());
  bconv2dFloat(p, {c.input, c.filter}, transform, expected);

  const auto calls = packBconv2dFloat(p, c.filter, transform);
  const std::vector<Bytes> inputs = {bytesOf(c.input)};
  const auto run = runKernels(calls, inputs, 4 * expected.size(),
                              randomOptions(random, calls[0].units, GetParam()));

  EXPECT_EQ(run.fault, "") << describe(p);
  EXPECT_EQ(run.output, bytesOf(expected)) << describe(p);
}

TEST_P(Bconv2dKernel, Int8EqualsTheReference) {
  Random random(GetParam() + 2000);
  const std::int32_t multiple = random.once(2) ? 32 : 1;
  const BinaryCase c =
      randomCase(random, {.outputMultiple = multiple, .evenChannels = random.once(2)});
  const Bconv2dParameters &p = c.parameters;
  const auto transform = randomTransform(random, p, true);
  std::vector<std::int8_t> expected(p.output.elements());
  bconv2dInt8(p, {c.input, c.filter}, transform, expected);

  const auto calls = packBconv2dInt8(p, c.filter, transform);
  const std::vector<Bytes> inputs = {bytesOf(c.input)};
  const auto run =
      runKernels(calls, inputs, expected.size(), randomOptions(random, calls[0].units, GetParam()));

  EXPECT_EQ(run.fault, "") << describe(p);
  EXPECT_EQ(valuesOf<std::int8_t>(run.output), expected) << calls[0].kernel << " " << describe(p);
}

TEST_P(Bconv2dKernel, RangesOfChannelsTogetherGiveTheWholeOperator) {
  Random random(GetParam() + 3000);
  BinaryCase c = randomCase(random, {.groups = false});
  while (c.parameters.output.channels <= 32)
    c = randomCase(random, {.groups = false});
  const Bconv2dParameters &p = c.parameters;
  std::vector<std::int32_t> threshold(static_cast<std::size_t>(p.output.channels));
  for (auto &t : threshold)
    t = static_cast<std::int32_t>(fieldBits(p) / 2) + random.in(-3, 3);
  const auto transform = randomTransform(random, p, true);
  const auto toFloat = randomTransform(random, p, false);
  struct {
    std::function<std::vector<PackedCall>(ChannelRange)> pack;
    std::size_t bytes;
  } const outputs[] = {
      {[&](ChannelRange range) { return packBconv2dBits(p, c.filter, threshold, range); },
       4 * p.output.pixels() * wordsFor(p.output.channels)},
      {[&](ChannelRange range) { return packBconv2dInt8(p, c.filter, transform, range); },
       p.output.elements()},
      {[&](ChannelRange range) { return packBconv2dFloat(p, c.filter, toFloat, range); },
       4 * p.output.elements()}};
  const std::vector<Bytes> inputs = {bytesOf(c.input)};
  for (const auto &[pack, bytes] : outputs) {
    const auto whole = runKernels(pack({}), inputs, bytes, {{}, false, GetParam()});
    const auto parts =
        runKernels(cutByChannels(random, p, pack), inputs, bytes, {{}, true, GetParam() + 1});

    EXPECT_EQ(parts.fault, "") << describe(p);
    EXPECT_EQ(parts.output, whole.output) << describe(p);
  }
}

struct LoopShape {
  std::int32_t taps, channels;
};

class Bconv2dLoops : public testing::TestWithParam<LoopShape> {};

TEST_P(Bconv2dLoops, EqualTheReferenceInsideAndAtTheBorder) {
  Random random(1);
  const auto [taps, channels] = GetParam();
  Bconv2dParameters p;
  p.input = {2, 6, 7, channels};
  p.window = {windowAxis(6, taps, 1, 1, Padding::Same), windowAxis(7, taps, 1, 1, Padding::Same)};
  p.output = {2, p.window.rows.outputs, p.window.columns.outputs, 64};
  p.padWithOnes = channels % 128 == 0;
  const auto input = packedPixels(random, p.input.pixels(), channels);
  const auto filter = packedPixels(random, static_cast<std::size_t>(taps * taps * 64), channels);
  std::vector<std::int32_t> threshold(64);
  for (auto &t : threshold)
    t = static_cast<std::int32_t>(fieldBits(p) / 2) + random.in(-9, 9);
  std::vector<float> multiplier(64), bias(64);
  for (std::size_t i = 0; i < 64; ++i) {
    multiplier[i] = random.real(0.5F, 2.0F) / 16;
    bias[i] = random.real(-1, 1);
  }
  const std::vector<Bytes> inputs = {bytesOf(input)};
  std::vector<Word> bits(p.output.pixels() * 2);
  bconv2dBits(p, {input, filter}, threshold, bits);
  for (const ChannelRange range : {ChannelRange{}, ChannelRange{32, 32}}) {
    const auto calls = packBconv2dBits(p, filter, threshold, range);
    const auto run = runKernels(calls, inputs, 4 * bits.size(), {{11}, false, 3});
    EXPECT_EQ(run.fault, "");
    const auto words = valuesOf<Word>(run.output);
    for (std::size_t i = range.first / 32; i < bits.size(); i += range.first == 0 ? 1 : 2)
      ASSERT_EQ(words[i], bits[i]) << i;
  }
  for (const Activation activation : {Activation::Relu, Activation::None}) {
    const auto transform =
        bconv2dOutputTransform(fieldBits(p), activation, multiplier, bias, {0.03F, -100});
    std::vector<std::int8_t> expected(p.output.elements());
    bconv2dInt8(p, {input, filter}, transform, expected);
    const auto run = runKernels(packBconv2dInt8(p, filter, transform), inputs, expected.size(),
                                {{11}, false, 4});
    EXPECT_EQ(run.fault, "");
    EXPECT_EQ(valuesOf<std::int8_t>(run.output), expected);
  }
}

INSTANTIATE_TEST_SUITE_P(Shape, Bconv2dLoops,
                         testing::Values(LoopShape{1, 256}, LoopShape{1, 64}, LoopShape{1, 512},
                                         LoopShape{1, 384}, LoopShape{3, 32}, LoopShape{3, 64},
                                         LoopShape{5, 32}, LoopShape{3, 128}, LoopShape{3, 192},
                                         LoopShape{5, 64}, LoopShape{3, 256}, LoopShape{5, 128},
                                         LoopShape{3, 384}, LoopShape{3, 512}, LoopShape{5, 256}),
                         [](const auto &info) {
                           return std::to_string(info.param.taps) + "x" +
                                  std::to_string(info.param.channels);
                         });

INSTANTIATE_TEST_SUITE_P(Seed, Bconv2dKernel, testing::Range(1U, 61U));

} // namespace
} // namespace xs3::kernels
