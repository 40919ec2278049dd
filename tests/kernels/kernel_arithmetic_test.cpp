// ADD, SUB and MUL on the machine against its scalar reference, bit for bit, with operands of all
// shapes that can be broadcast.
#include "kernels/add/call.h"
#include "kernels/mul/call.h"
#include "tests/kernels/kernel_broadcasts.h"
#include "tests/kernels/kernel_windows.h"

#include <gtest/gtest.h>

namespace xs3::kernels {
namespace {

using namespace xs3::test;

class ArithmeticKernel : public testing::TestWithParam<std::uint32_t> {};

TEST_P(ArithmeticKernel, MulInt8EqualsTheReference) {
  Random random(GetParam());
  const BroadcastShapes shapes = drawShapes(random);
  const auto drawQuantization = [&] {
    return Int8Quantization{random.real(0.005F, 0.2F), random.in(-128, 127)};
  };
  const MulScaling scaling = mulScaling(drawQuantization(), drawQuantization(), drawQuantization(),
                                        static_cast<Activation>(random.in(0, 3)));
  const auto a = random.int8s(elements(shapes.a)), b = random.int8s(elements(shapes.b));
  std::vector<std::int8_t> expected(elements(shapes.output));
  mulInt8(shapes, scaling, a, b, expected);

  const auto call = packMulInt8(shapes, scaling);
  const std::vector<Bytes> inputs = {bytesOf(a), bytesOf(b)};
  const auto run = runKernels({&call, 1}, inputs, expected.size(),
                              randomOptions(random, call.units, GetParam()));

  EXPECT_EQ(run.fault, "") << describe(shapes);
  EXPECT_EQ(valuesOf<std::int8_t>(run.output), expected) << describe(shapes);
}

TEST_P(ArithmeticKernel, AddInt8EqualsTheReference) {
  Random random(GetParam() + 1000);
  const BroadcastShapes shapes = drawShapes(random);
  const auto drawQuantization = [&] {
    return Int8Quantization{random.real(0.005F, 0.2F), random.in(-128, 127)};
  };
  const AddScaling scaling = addScaling(drawQuantization(), drawQuantization(), drawQuantization(),
                                        static_cast<Activation>(random.in(0, 3)));
  const Sign sign = random.once(2) ? Sign::Plus : Sign::Minus;
  const auto a = random.int8s(elements(shapes.a)), b = random.int8s(elements(shapes.b));
  std::vector<std::int8_t> expected(elements(shapes.output));
  addInt8(shapes, scaling, sign, a, b, expected);

  const auto call = packAddInt8(shapes, scaling, sign);
  const std::vector<Bytes> inputs = {bytesOf(a), bytesOf(b)};
  const auto run = runKernels({&call, 1}, inputs, expected.size(),
                              randomOptions(random, call.units, GetParam()));

  EXPECT_EQ(run.fault, "") << describe(shapes);
  EXPECT_EQ(valuesOf<std::int8_t>(run.output), expected) << describe(shapes);
}

INSTANTIATE_TEST_SUITE_P(Seed, ArithmeticKernel, testing::Range(1U, 101U));

} // namespace
} // namespace xs3::kernels
