// CONV_2D, int8: the ways in which its vector kernel takes windows and stores outputs, each by a
// shape that needs it. Random shapes are in kernel_int8_test.cpp.
#include "kernels/conv2d/pack.h"
#include "tests/kernels/kernel_int8.h"
#include "tests/kernels/kernel_windows.h"

#include <gtest/gtest.h>

namespace xs3::kernels {
namespace {

using namespace xs3::test;

struct ConvolutionShape {
  const char *name;
  std::int32_t height, width, input, output;
  std::int32_t taps, stride, dilation;
  Padding padding;
};

class ConvolutionShapes : public testing::TestWithParam<ConvolutionShape> {};

TEST_P(ConvolutionShapes, EqualTheReferenceOnTheVectorUnit) {
  const ConvolutionShape &shape = GetParam();
  const Activation kActivations[] = {Activation::None, Activation::Relu, Activation::Relu6};
  for (std::uint32_t seed = 1; seed <= 6; ++seed) {
    Random random(seed);
    Conv2dParameters p;
    p.input = {2, shape.height, shape.width, shape.input};
    const auto axis = [&](std::int32_t size) {
      return windowAxis(size, shape.taps, shape.stride, shape.dilation, shape.padding);
    };
    p.window = {axis(shape.height), axis(shape.width)};
    p.output = {2, p.window.rows.outputs, p.window.columns.outputs, shape.output};
    const auto field = static_cast<std::size_t>(shape.taps * shape.taps * shape.input);
    const auto channels = static_cast<std::size_t>(shape.output);
    std::vector<float> scales(channels);
    for (float &scale : scales)
      scale = random.real(0.2F, 8.0F) / static_cast<float>(field);
    const Int8Quantization in{0.05F, random.in(-128, 127)}, out{0.1F, random.in(-59, -1)};
    const Requantization requantization =
        convolutionRequantization(in, scales, out, kActivations[seed % 3], channels);
    const auto input = random.int8s(p.input.elements());
    const auto filter = random.int8s(channels * field);
    const auto bias = randomBias(random, channels);
    std::vector<std::int8_t> expected(p.output.elements());
    conv2dInt8(p, requantization, input, filter, bias, expected);

    const auto calls = packConv2dInt8(p, requantization, filter, bias);
    const std::vector<Bytes> inputs = {bytesOf(input)};
    const auto run =
        runKernels(calls, inputs, expected.size(), randomOptions(random, calls[0].units, seed));

    EXPECT_EQ(calls.size(), 1U) << "seed " << seed;
    EXPECT_TRUE(calls[0].kernel.starts_with("conv2d_int8_vector")) << calls[0].kernel;
    EXPECT_EQ(run.fault, "") << "seed " << seed;
    EXPECT_EQ(valuesOf<std::int8_t>(run.output), expected) << "seed " << seed;
  }
}

constexpr Padding kSame = Padding::Same, kValid = Padding::Valid;

INSTANTIATE_TEST_SUITE_P(
    All, ConvolutionShapes,
    testing::Values(ConvolutionShape{"ThreeChannelsTwoPhases", 9, 12, 3, 16, 3, 2, 1, kSame},
                    ConvolutionShape{"ThreeChannelsFourPhases", 7, 8, 3, 16, 3, 1, 1, kSame},
                    ConvolutionShape{"RowsOfUnevenLength", 7, 9, 3, 32, 3, 1, 1, kValid},
                    ConvolutionShape{"SevenTaps", 11, 12, 3, 64, 7, 2, 1, kSame},
                    ConvolutionShape{"LongUnevenRows", 9, 11, 5, 16, 7, 1, 1, kValid},
                    ConvolutionShape{"DilatedBytes", 9, 9, 3, 16, 3, 1, 2, kSame},
                    ConvolutionShape{"DilatedWords", 9, 9, 8, 16, 3, 1, 2, kSame},
                    ConvolutionShape{"BytesInPlace", 3, 5, 10, 32, 1, 1, 1, kValid},
                    ConvolutionShape{"BytesInPlaceStrided", 5, 7, 5, 16, 1, 2, 1, kValid},
                    ConvolutionShape{"OneSlice", 3, 4, 16, 64, 1, 1, 1, kValid},
                    ConvolutionShape{"TwoSlices", 3, 4, 64, 32, 1, 1, 1, kValid},
                    ConvolutionShape{"ThreeSlices", 3, 4, 96, 32, 1, 1, 1, kValid},
                    ConvolutionShape{"FourSlices", 3, 4, 128, 48, 1, 1, 1, kValid},
                    ConvolutionShape{"RowsOfTriplesInPlace", 6, 7, 32, 32, 3, 1, 1, kSame},
                    ConvolutionShape{"RowsOfTwoTriplesInPlace", 5, 6, 64, 16, 3, 2, 1, kSame},
                    ConvolutionShape{"RowsOfTriplesWithARest", 5, 6, 32, 20, 3, 1, 1, kSame},
                    ConvolutionShape{"EightOutputs", 5, 6, 4, 8, 3, 1, 1, kSame},
                    ConvolutionShape{"TenOutputs", 5, 6, 4, 10, 3, 1, 1, kSame},
                    ConvolutionShape{"TwentyFourOutputs", 5, 6, 3, 24, 3, 1, 1, kSame},
                    ConvolutionShape{"OneOutput", 5, 6, 7, 1, 3, 1, 1, kSame},
                    ConvolutionShape{"ThirtyThreeOutputs", 4, 4, 12, 33, 1, 1, 1, kValid}),
    [](const auto &info) { return info.param.name; });

} // namespace
} // namespace xs3::kernels
