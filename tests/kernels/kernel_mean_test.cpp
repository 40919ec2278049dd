// MEAN on the machine against its scalar reference, bit for bit.
#include "kernels/mean/pack.h"
#include "tests/kernels/kernel_windows.h"

#include <gtest/gtest.h>
#include <sstream>

namespace xs3::kernels {
namespace {

using namespace xs3::test;

struct DrawnMean {
  MeanParameters parameters;
  std::size_t inputs = 1, outputs = 1;
};

DrawnMean drawMean(Random &random) {
  DrawnMean drawn;
  for (std::int32_t rank = random.in(1, 6), i = 0; i < rank; ++i) {
    const bool last = i + 1 == rank;
    const std::int32_t size = last && random.once(2) ? 4 * random.in(1, 20) : random.in(1, 6);
    drawn.parameters.shape.push_back(size);
    drawn.inputs *= static_cast<std::size_t>(size);
    if (random.once(2))
      drawn.parameters.axes.push_back(i);
    else
      drawn.outputs *= static_cast<std::size_t>(size);
  }
  return drawn;
}

std::string describe(const MeanParameters &parameters) {
  std::ostringstream out;
  for (const std::int32_t size : parameters.shape)
    out << size << ' ';
  out << "over";
  for (const std::int32_t axis : parameters.axes)
    out << ' ' << axis;
  return out.str();
}

class MeanKernel : public testing::TestWithParam<std::uint32_t> {};

TEST_P(MeanKernel, Int8EqualsTheReference) {
  Random random(GetParam());
  const DrawnMean drawn = drawMean(random);
  const Int8Quantization in{random.real(0.01F, 1.0F), random.in(-128, 127)};
  const Int8Quantization out{random.once(8) ? 0.0001F : random.real(0.01F, 1.0F),
                             random.in(-128, 127)};
  const auto input = random.int8s(drawn.inputs);
  std::vector<std::int8_t> expected(drawn.outputs);
  meanInt8(drawn.parameters, in, out, input, expected);

  const auto call = packMeanInt8(drawn.parameters, in, out);
  const std::vector<Bytes> inputs = {bytesOf(input)};
  const auto run = runKernels({&call, 1}, inputs, expected.size(),
                              randomOptions(random, call.units, GetParam()));

  EXPECT_EQ(run.fault, "") << describe(drawn.parameters);
  EXPECT_EQ(valuesOf<std::int8_t>(run.output), expected) << describe(drawn.parameters);
}

TEST(MeanOnVectors, OfAnImageReachesBothEndsOfTheRange) {
  Random random(3);
  const MeanParameters parameters{{1, 9, 5, 40}, {1, 2}};
  const Int8Quantization in{0.05F, -128}, out{0.049F, -128};
  auto input = random.int8s(9 * 5 * 40);
  for (std::size_t i = 0; i < input.size(); ++i)
    if (i % 40 < 4)
      input[i] = i % 2 == 0 ? -128 : 127;
  std::vector<std::int8_t> expected(40);
  meanInt8(parameters, in, out, input, expected);

  const auto call = packMeanInt8(parameters, in, out);
  const std::vector<Bytes> inputs = {bytesOf(input)};
  const auto run = runKernels({&call, 1}, inputs, expected.size());

  EXPECT_EQ(call.kernel, "mean_int8_vector");
  EXPECT_EQ(run.fault, "");
  EXPECT_EQ(valuesOf<std::int8_t>(run.output), expected);
  EXPECT_EQ(expected[0], -128);
  EXPECT_EQ(expected[1], 127);
}

INSTANTIATE_TEST_SUITE_P(Seed, MeanKernel, testing::Range(1U, 101U));

} // namespace
} // namespace xs3::kernels
