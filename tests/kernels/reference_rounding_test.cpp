// Numbers for which one step of the reference arithmetic taken in another precision, or fused with
// the next, would show.
#include "kernels/bconv2d/reference.h"
#include "kernels/mul/reference.h"
#include "kernels/quantize/reference.h"
#include "kernels/reference/requantization.h"
#include "kernels/relu/reference.h"
#include "kernels/softmax/reference.h"

#include <gtest/gtest.h>

#include <vector>

namespace xs3::kernels {
namespace {

TEST(Rounding, BconvRoundsTheProductBeforeItAddsTheBias) {
  // 3 * 0.1f is 0.30000000447; in float32 that is 0.3f, so the sum is 0 and not -7.5e-9.
  const Bconv2dOutputTransform transform{0, 10, {0.1f}, {-0.3f}};
  EXPECT_EQ(transform(3, 0), 0.0f);
}

TEST(Rounding, ConvolutionMultipliesScalesInDouble) {
  const auto made =
      convolutionRequantization({0.1f, 0}, std::vector{0.3f}, {0.7f, 0}, Activation::None, 1);
  EXPECT_EQ(made.multipliers[0].q, 1472560321);
}

TEST(Rounding, FullyConnectedMultipliesScalesInFloat) {
  const auto made =
      fullyConnectedRequantization({0.1f, 0}, std::vector{0.3f}, {0.7f, 0}, Activation::None, 1);
  EXPECT_EQ(made.multipliers[0].q, 1472560299);
}

TEST(Rounding, FullyConnectedByChannelIsAConvolution) {
  const auto made = fullyConnectedRequantization({0.1f, 0}, std::vector{0.3f, 0.7f}, {0.7f, 0},
                                                 Activation::None, 2);
  EXPECT_EQ(made.multipliers[0].q, 1472560321);
  EXPECT_EQ(made.multipliers[1].q, 1717986944);
}

TEST(Rounding, MulMultipliesScalesInFloat) {
  EXPECT_EQ(mulScaling({0.1f, 0}, {0.3f, 0}, {0.7f, 0}, Activation::None).product.q, 1472560299);
}

TEST(Rounding, ReluDividesScalesInFloat) {
  EXPECT_EQ(reluScaling({0.1f, 0}, {0.7f, 0}, Activation::Relu).multiplier.q, 1227133568);
}

TEST(Rounding, QuantizeDividesByTheScale) {
  // The quotient rounds to 2.5 in float32; the product with the reciprocal to just below.
  std::vector<std::int8_t> result(1);
  quantizeFloat({0.00999999978f, 0}, std::vector{0.0249999985f}, result);
  EXPECT_EQ(result[0], 3);
}

TEST(Rounding, SoftmaxTakesTheExponentialInDouble) {
  // A float32 exponential of common C libraries gives 0x1.ec7d26p-2 here.
  EXPECT_EQ(softmaxTable(0.003f, 1.0f)[244], 0x1.ec7d24p-2f);
}

TEST(Rounding, MultipliersOfHugeFactorsStayInRange) {
  const Multiplier huge = quantizeMultiplier(0x1p40);
  EXPECT_EQ(huge.shift, 30);
  EXPECT_EQ(huge.q, INT32_MAX);
}

} // namespace
} // namespace xs3::kernels
