// The scalar reference operators on values worked out by hand.
#include "kernels/add/reference.h"
#include "kernels/average_pool2d/reference.h"
#include "kernels/bconv2d/reference.h"
#include "kernels/bmaxpool2d/reference.h"
#include "kernels/concatenation/reference.h"
#include "kernels/dequantize/reference.h"
#include "kernels/lce_dequantize/reference.h"
#include "kernels/lce_quantize/reference.h"
#include "kernels/logistic/reference.h"
#include "kernels/max_pool2d/reference.h"
#include "kernels/mean/reference.h"
#include "kernels/mul/reference.h"
#include "kernels/pad/reference.h"
#include "kernels/quantize/reference.h"
#include "kernels/reference/broadcast.h"
#include "kernels/reference/fixed_point.h"
#include "kernels/relu/reference.h"
#include "kernels/softmax/reference.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <vector>

namespace xs3::kernels {
namespace {

using testing::Each;
using testing::ElementsAre;

constexpr float kInfinity = std::numeric_limits<float>::infinity();
constexpr float kNan = std::numeric_limits<float>::quiet_NaN();
using Int8s = std::vector<std::int8_t>;
using Floats = std::vector<float>;
using Words = std::vector<Word>;

// Windows.

TEST(Window, SamePutsTheOddPlaceBehind) {
  const WindowAxis axis = windowAxis(8, 2, 1, 1, Padding::Same);
  EXPECT_EQ(axis.outputs, 8);
  EXPECT_EQ(axis.before, 0);
}

TEST(Window, SameWithStrideAndDilation) {
  const WindowAxis axis = windowAxis(10, 3, 2, 2, Padding::Same);
  EXPECT_EQ(axis.outputs, 5);
  EXPECT_EQ(axis.before, 1); // (5 - 1) * 2 + 5 - 10 = 3 in all
  EXPECT_EQ(axis.place(4, 2), 11);
  EXPECT_FALSE(axis.inside(11));
}

TEST(Window, SameNeverHangsOverByLessThanNothing) {
  EXPECT_EQ(windowAxis(7, 1, 3, 1, Padding::Same).before, 0);
}

TEST(Window, ValidKeepsWholeWindows) {
  EXPECT_EQ(windowAxis(7, 3, 2, 1, Padding::Valid).outputs, 3);
  EXPECT_EQ(windowAxis(6, 3, 2, 1, Padding::Valid).outputs, 2);
  EXPECT_EQ(windowAxis(4, 3, 1, 2, Padding::Valid).outputs, 0);
}

// Fixed point.

TEST(FixedPoint, MultipliersAreNormalised) {
  EXPECT_EQ(quantizeMultiplier(1.0).q, 1 << 30);
  EXPECT_EQ(quantizeMultiplier(1.0).shift, 1);
  EXPECT_EQ(quantizeMultiplier(0.75).q, 0x60000000);
  EXPECT_EQ(quantizeMultiplier(0.75).shift, 0);
}

TEST(FixedPoint, AMultiplierThatRoundsUpToAPowerOfTwoMovesOn) {
  const Multiplier almostOne = quantizeMultiplier(1.0 - 0x1p-40);
  EXPECT_EQ(almostOne.q, 1 << 30);
  EXPECT_EQ(almostOne.shift, 1);
}

TEST(FixedPoint, AbsurdMultipliersSaturate) {
  EXPECT_EQ(quantizeMultiplier(1e-30).q, 0);
  EXPECT_EQ(quantizeMultiplier(1e30).q, INT32_MAX);
  EXPECT_EQ(scaleBy(INT32_MIN, quantizeMultiplier(1e30)), -INT32_MAX);
  EXPECT_EQ(scaleBy(12345, quantizeMultiplier(1e-30)), 0);
}

TEST(FixedPoint, HighMultiplyRoundsTiesUp) {
  EXPECT_EQ(highMultiply(1, 1 << 30), 1);  //  0.5
  EXPECT_EQ(highMultiply(-1, 1 << 30), 0); // -0.5
  EXPECT_EQ(highMultiply(-3, 1 << 30), -1);
}

TEST(FixedPoint, RoundingShiftRoundsTiesAway) {
  EXPECT_EQ(roundingShift(3, 1), 2);
  EXPECT_EQ(roundingShift(-3, 1), -2);
  EXPECT_EQ(roundingShift(-5, 2), -1);
  EXPECT_EQ(roundingShift(-7, 0), -7);
  EXPECT_EQ(roundingShift(INT32_MIN, 31), -1);
}

TEST(FixedPoint, TwoRoundingsCanReachTheNextInteger) {
  // -0.49978: the first rounding makes -1023.54 of it -1024, / 2^11 is a tie, the second makes it
  // -1.
  EXPECT_EQ(scaleBy(-1024, quantizeMultiplier(0.99955 / 2048)), -1);
}

TEST(FixedPoint, ToInt8ClampsAndTakesNotANumber) {
  EXPECT_EQ(toInt8(kInfinity, 0), 127);
  EXPECT_EQ(toInt8(-kInfinity, 100), -128);
  EXPECT_EQ(toInt8(kNan, 5), -128);
  EXPECT_EQ(toInt8(300, -128, {-10, 50}), 50);
  EXPECT_EQ(toInt8(-3.0f, 1, {-10, 50}), -2);
}

TEST(Activation, BecomesAClampOfInt8) {
  const Int8Quantization output{0.05f, -10};
  EXPECT_EQ(int8Range(Activation::None, output).low, -128);
  EXPECT_EQ(int8Range(Activation::Relu, output).low, -10);
  EXPECT_EQ(int8Range(Activation::Relu, output).high, 127);
  EXPECT_EQ(int8Range(Activation::Relu6, output).high, 110);
  EXPECT_EQ(int8Range(Activation::ReluN1To1, output).low, -30);
  EXPECT_EQ(int8Range(Activation::ReluN1To1, output).high, 10);
}

TEST(Broadcast, AlignsAtTheLastDimension) {
  EXPECT_EQ(broadcastShape(std::vector{2, 1, 3}, std::vector{4, 1}), (std::vector{2, 4, 3}));
  EXPECT_FALSE(broadcastShape(std::vector{2, 3}, std::vector{2}));
  EXPECT_THAT(broadcastIndices(std::vector{2, 2, 3}, std::vector{2, 1, 3}),
              ElementsAre(0, 1, 2, 0, 1, 2, 3, 4, 5, 3, 4, 5));
  EXPECT_THAT(broadcastIndices(std::vector{2, 2}, std::vector{2}), ElementsAre(0, 1, 0, 1));
}

// Binary operators.

TEST(LceQuantize, PacksSignsAndLeavesSpareBitsClear) {
  Floats values(2 * 33, 1.0f); // two pixels of 33 channels
  values[0] = -1.0f;
  values[1] = -0.0f;
  values[2] = kNan;
  values[32] = -3.0f;
  values[33 + 31] = -1e-30f;
  Words words(4, 0xdeadbeef);
  lceQuantizeFloat(33, values, words);
  EXPECT_THAT(words, ElementsAre(1u, 1u, 0x80000000u, 0u));
}

TEST(LceQuantize, ComparesInt8WithTheZeroPoint) {
  const Int8s values{-128, -5, -4, 127};
  Words words(1);
  lceQuantizeInt8(4, -4, values, words);
  EXPECT_EQ(words[0], 0b0011u);
  lceQuantizeInt8(4, -128, values, words);
  EXPECT_EQ(words[0], 0u);
}

TEST(LceQuantize, TakesFalseForMinusOne) {
  Words words(1);
  lceQuantizeBool(3, std::vector<std::uint8_t>{1, 0, 1}, words);
  EXPECT_EQ(words[0], 0b010u);
}

TEST(LceDequantize, GivesOnesOfEitherSign) {
  const Words words{0b01, 0b1};
  Floats floats(2 * 2);
  lceDequantizeFloat(2, words, floats);
  EXPECT_THAT(floats, ElementsAre(-1.0f, 1.0f, -1.0f, 1.0f));
  std::vector<std::uint8_t> bools(2);
  lceDequantizeBool(2, Words{0b01}, bools);
  EXPECT_THAT(bools, ElementsAre(0, 1));
}

TEST(LceDequantize, RoundsAndClampsTheInt8ValuesOfOne) {
  Int8s values(2);
  lceDequantizeInt8(2, {0.4f, 3}, Words{0b01}, values); // 1 / 0.4 = 2.5 -> 3
  EXPECT_THAT(values, ElementsAre(0, 6));
  lceDequantizeInt8(2, {0.001f, 0}, Words{0b01}, values);
  EXPECT_THAT(values, ElementsAre(-128, 127));
}

TEST(Bconv2d, TransformIsAClampThenTwoRoundedSteps) {
  // RELU on a field of 9: dot 0 .. 9, so 2x = 0 .. 9.
  const auto transform =
      bconv2dOutputTransform(9, Activation::Relu, Floats{2.0f}, Floats{1.0f}, {});
  EXPECT_EQ(transform.low, 0);
  EXPECT_EQ(transform.high, 9);
  EXPECT_EQ(transform(18, 0), 1.0f); // dot -9 -> 0
  EXPECT_EQ(transform(4, 0), 11.0f); // dot 5
  const auto six = bconv2dOutputTransform(9, Activation::Relu6, Floats{2.0f}, Floats{1.0f}, {});
  EXPECT_EQ(six(0, 0), 13.0f); // dot 9 -> 6
  const auto one = bconv2dOutputTransform(9, Activation::ReluN1To1, Floats{1}, Floats{0}, {});
  EXPECT_EQ(one(0, 0), 1.0f);
  EXPECT_EQ(one(18, 0), -1.0f);
}

TEST(Bconv2d, TransformScalesToTheQuantizedOutput) {
  const auto transform =
      bconv2dOutputTransform(4, Activation::None, Floats{-1.0f}, Floats{0.5f}, {0.25f, 3});
  EXPECT_EQ(transform(8, 0), 21.0f); // dot -4: (4 + 0.5) / 0.25 + 3
}

TEST(BMaxPool2d, IsAnAndThatSkipsTheBorder) {
  const Image input{1, 2, 2, 32}, output{1, 1, 1, 32};
  const Window window{windowAxis(2, 3, 2, 1, Padding::Same), windowAxis(2, 3, 2, 1, Padding::Same)};
  Words result(1);
  bmaxpool2d(input, output, window, Words{0xff, 0x0f, 0x3f, 0xfe}, result);
  EXPECT_EQ(result[0], 0x0eu);
}

// Pools and means.

TEST(MaxPool2d, SkipsTheBorderAndClamps) {
  const Image input{1, 2, 1, 2}, output{1, 1, 1, 2};
  const Window window{windowAxis(2, 3, 2, 1, Padding::Same), windowAxis(1, 3, 1, 1, Padding::Same)};
  Int8s result(2);
  maxPool2dInt8(input, output, window, {-128, 20}, Int8s{-100, 30, -90, 25}, result);
  EXPECT_THAT(result, ElementsAre(-90, 20));
  Floats floats(2);
  maxPool2dFloat(input, output, window, {0, kInfinity}, Floats{-1, 3, -2, 4}, floats);
  EXPECT_THAT(floats, ElementsAre(0.0f, 4.0f));
}

TEST(AveragePool2d, RoundsTiesAwayAndCountsOnlyTheImage) {
  const Image input{1, 2, 1, 2}, output{1, 1, 1, 2};
  const Window window{windowAxis(2, 3, 2, 1, Padding::Same), windowAxis(1, 3, 1, 1, Padding::Same)};
  Int8s result(2);
  averagePool2dInt8(input, output, window, {}, Int8s{1, -1, 2, -2}, result);
  EXPECT_THAT(result, ElementsAre(2, -2)); // 1.5 and -1.5
  Floats floats(2);
  averagePool2dFloat(input, output, window, floatRange(Activation::None), Floats{1, -1, 2, -2},
                     floats);
  EXPECT_THAT(floats, ElementsAre(1.5f, -1.5f));
}

TEST(Mean, ReducesAnyDimensions) {
  const MeanParameters outer{{2, 3}, {0}}, inner{{2, 3}, {1}};
  Floats columns(3), rows(2);
  meanFloat(outer, Floats{1, 2, 3, 5, 6, 7}, columns);
  EXPECT_THAT(columns, ElementsAre(3.0f, 4.0f, 5.0f));
  meanFloat(inner, Floats{1, 2, 3, 5, 6, 7}, rows);
  EXPECT_THAT(rows, ElementsAre(2.0f, 6.0f));
}

TEST(Mean, DividesTheMultiplierAndDropsItsRest) {
  // 2^30 * 2^1 / 3 without its rest, for scales that are equal.
  const Multiplier third = meanMultiplier({1, 0}, {1, 0}, 3);
  EXPECT_EQ(third.q, 715827882);
  EXPECT_EQ(third.shift, 0);
  Int8s result(1);
  meanInt8({{3}, {0}}, {0.5f, 2}, {1.0f, -7}, Int8s{4, 6, 8}, result);
  EXPECT_EQ(result[0], -5); // (2 + 4 + 6) / 3 * 0.5 = 2
}

// Arithmetic.

TEST(Add, BringsBothTermsToOneScale) {
  const AddScaling scaling = addScaling({0.5f, 10}, {0.25f, -20}, {1.0f, 3}, Activation::None);
  EXPECT_EQ(scaling(18, 4, Sign::Plus), 13);    // 4 + 6 + zero point 3
  EXPECT_EQ(scaling(18, 4, Sign::Minus), 1);    // 4 - 6
  EXPECT_EQ(scaling(13, -20, Sign::Plus), 5);   // 1.5 -> 2
  EXPECT_EQ(scaling(7, -20, Sign::Plus), 1);    // -1.5 -> -2
  EXPECT_EQ(scaling(127, 127, Sign::Plus), 98); // 58.5 + 36.75 = 95.25
}

TEST(Add, AppliesTheFusedActivation) {
  const AddScaling scaling = addScaling({1, 0}, {1, 0}, {1, -100}, Activation::Relu);
  EXPECT_EQ(scaling(-5, 2, Sign::Plus), -100);
  EXPECT_EQ(scaling(100, 127, Sign::Plus), 127);
}

TEST(Add, BroadcastsEitherSide) {
  const BroadcastShapes shapes{{2, 1}, {2}, {2, 2}};
  Floats result(4);
  addFloat(shapes, floatRange(Activation::None), Sign::Minus, Floats{10, 20}, Floats{1, 2}, result);
  EXPECT_THAT(result, ElementsAre(9.0f, 8.0f, 19.0f, 18.0f));
  addFloat(shapes, floatRange(Activation::Relu6), Sign::Plus, Floats{-10, 4}, Floats{1, 2}, result);
  EXPECT_THAT(result, ElementsAre(0.0f, 0.0f, 5.0f, 6.0f));
}

TEST(Mul, MultipliesDistancesFromTheZeroPoints) {
  const MulScaling scaling = mulScaling({0.5f, 1}, {0.25f, -1}, {0.125f, 4}, Activation::None);
  EXPECT_EQ(scaling(5, 6), 32); // 2 * 1.75 = 3.5, / 0.125 + 4
  EXPECT_EQ(scaling(-3, 6), -24);
  Floats result(2);
  mulFloat({{2}, {1}, {2}}, floatRange(Activation::Relu), Floats{3, -3}, Floats{2}, result);
  EXPECT_THAT(result, ElementsAre(6.0f, 0.0f));
}

// Moves.

TEST(Concatenation, JoinsAlongAnyDimension) {
  const std::vector<std::uint8_t> a{1, 2, 3, 4}, b{5, 6};
  const ConcatenationPart inner[]{{{2, 2}, a}, {{2, 1}, b}};
  std::vector<std::uint8_t> result(6);
  concatenation(inner, 1, 1, result);
  EXPECT_THAT(result, ElementsAre(1, 2, 5, 3, 4, 6));
  const ConcatenationPart outer[]{{{1, 2}, b}, {{2, 2}, a}};
  concatenation(outer, 0, 1, result);
  EXPECT_THAT(result, ElementsAre(5, 6, 1, 2, 3, 4));
}

TEST(Concatenation, MovesWholeElements) {
  const std::vector<std::uint8_t> a{1, 1, 2, 2}, b{3, 3};
  const ConcatenationPart parts[]{{{2, 1}, a}, {{2, 0}, {}}, {{1}, {}}};
  std::vector<std::uint8_t> result(4);
  concatenation(std::span(parts).first(2), 1, 2, result);
  EXPECT_THAT(result, ElementsAre(1, 1, 2, 2));
}

TEST(Pad, PutsTheFillAround) {
  const std::vector<std::uint8_t> values{1, 2, 3, 4};
  std::vector<std::uint8_t> result(12);
  pad({{2, 2}, {1, 0}, {0, 2}}, std::vector<std::uint8_t>{9}, values, result);
  EXPECT_THAT(result, ElementsAre(9, 9, 9, 9, 1, 2, 9, 9, 3, 4, 9, 9));
}

// Element by element.

TEST(Relu, ChangesTheScale) {
  const ReluScaling scaling = reluScaling({0.5f, -10}, {0.25f, -128}, Activation::Relu);
  EXPECT_EQ(scaling(-11), -128);
  EXPECT_EQ(scaling(10), -88);
  EXPECT_EQ(reluScaling({0.5f, 0}, {0.25f, 0}, Activation::Relu6)(100), 24);
}

TEST(Relu, FloatAndPrelu) {
  Floats result(3);
  reluFloat(floatRange(Activation::ReluN1To1), Floats{-3, 0.5f, 3}, result);
  EXPECT_THAT(result, ElementsAre(-1.0f, 0.5f, 1.0f));
  preluFloat(std::vector{1, 3}, std::vector{3}, Floats{-2, -2, 2}, Floats{0.5f, 0.25f, 9}, result);
  EXPECT_THAT(result, ElementsAre(-1.0f, -0.5f, 2.0f));
}

TEST(Softmax, EqualInputsShareEqually) {
  Int8s result(4);
  softmaxInt8(4, softmaxTable(0.1f, 1.0f), {1.0f / 256, -128}, Int8s(4, 17), result);
  EXPECT_THAT(result, Each(-64));
}

TEST(Softmax, FollowsTheExponentialInEachRow) {
  Int8s result(4); // e^(0.5 * 2) : 1 = 0.731 : 0.269
  softmaxInt8(2, softmaxTable(0.5f, 1.0f), {1.0f / 256, -128}, Int8s{3, 1, -128, 127}, result);
  EXPECT_THAT(result, ElementsAre(59, -59, -128, 127));
  Floats floats(2);
  softmaxFloat(2, 0.5f, Floats{1002, 1000}, floats);
  EXPECT_NEAR(floats[0], 0.7310586, 1e-6);
  EXPECT_NEAR(floats[1], 0.2689414, 1e-6);
}

TEST(Logistic, TableIsRoundedAndSaturates) {
  const auto table = logisticTable({0.1f, 0}, {1.0f / 256, -128});
  EXPECT_EQ(table[128], 0);       // 0.5
  EXPECT_EQ(table[128 + 10], 59); // 0.731 * 256 - 128
  EXPECT_EQ(table[255], 127);
  EXPECT_EQ(table[0], -128);
}

TEST(Logistic, FloatHasTheReferencesTwoTails) {
  Floats result(4);
  logisticFloat(Floats{0, 17, -10, -8}, result);
  EXPECT_EQ(result[0], 0.5f);
  EXPECT_EQ(result[1], 1.0f);
  EXPECT_EQ(result[2], std::exp(-10.0f));
  EXPECT_EQ(result[3], 1.0f / (1.0f + std::exp(8.0f)));
}

TEST(Quantize, RoundsTiesAwayAndClamps) {
  Int8s result(6);
  quantizeFloat({0.5f, 3}, Floats{0.25f, -0.25f, 1000, -1000, kNan, 0.24f}, result);
  EXPECT_THAT(result, ElementsAre(4, 2, 127, -128, -128, 3));
}

TEST(Quantize, MovesInt8ToAnotherScale) {
  Int8s result(3);
  quantizeInt8({0.5f, 1}, {1.0f, -2}, Int8s{4, -2, 127}, result);
  EXPECT_THAT(result, ElementsAre(0, -3, 61)); // 1.5 -> 2, -1.5 -> -1 (ties up), 63
}

TEST(Dequantize, ScalesTheDistanceFromTheZeroPoint) {
  Floats result(2);
  dequantizeInt8({0.25f, -4}, Int8s{-4, 127}, result);
  EXPECT_THAT(result, ElementsAre(0.0f, 32.75f));
}

} // namespace
} // namespace xs3::kernels
