// ADD, SUB and MUL on the machine against its scalar reference, bit for bit, with operands of all
// shapes that can be broadcast.
#include "kernels/add/call.h"
#include "kernels/add/search_sum.h"
#include "kernels/mul/call.h"
#include "tests/kernels/kernel_broadcasts.h"
#include "tests/kernels/kernel_windows.h"

#include <gtest/gtest.h>

#include <cstdio>

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

/// Every pair of int8 values at an odd and at an even place, in pieces of as many elements, which
/// are no whole number of vectors.
struct AllPairs {
  static constexpr std::size_t kPieces = 16, kPairs = 256 * 256 / kPieces;
  static constexpr std::size_t kElements = 2 * kPairs + 1 + 12;

  static BroadcastShapes shapes() {
    const auto size = static_cast<std::int32_t>(kElements);
    return {{size}, {size}, {size}};
  }

  std::vector<std::int8_t> a, b;

  explicit AllPairs(std::size_t piece) {
    for (std::size_t i = 0; i < kElements; ++i) {
      const std::size_t pair = piece * kPairs + (i < kPairs ? i : i - 1) % kPairs;
      a.push_back(static_cast<std::int8_t>(static_cast<std::uint8_t>(pair >> 8)));
      b.push_back(static_cast<std::int8_t>(static_cast<std::uint8_t>(pair)));
    }
  }
  std::vector<Bytes> inputs() const { return {bytesOf(a), bytesOf(b)}; }
};

struct SumCase {
  const char *name;
  Int8Quantization a, b, output;
  Activation activation;
  Sign sign;
  std::string_view kernel;
  double slots; ///< At most, of a block.
};

class SumOfAllPairs : public testing::TestWithParam<SumCase> {};

TEST_P(SumOfAllPairs, EqualsTheReference) {
  const SumCase &c = GetParam();
  const AddScaling scaling = addScaling(c.a, c.b, c.output, c.activation);
  const auto call = packAddInt8(AllPairs::shapes(), scaling, c.sign);
  EXPECT_EQ(call.kernel, c.kernel);
  for (std::size_t piece = 0; piece < AllPairs::kPieces; ++piece) {
    const AllPairs pairs(piece);
    std::vector<std::int8_t> expected(AllPairs::kElements);
    addInt8(AllPairs::shapes(), scaling, c.sign, pairs.a, pairs.b, expected);

    const auto run = runKernels({&call, 1}, pairs.inputs(), expected.size());

    EXPECT_EQ(run.fault, "");
    EXPECT_LE(static_cast<double>(run.counters.slots()) / call.units, c.slots);
    EXPECT_TRUE(valuesOf<std::int8_t>(run.output) == expected) << piece;
  }
}

constexpr auto kNone = Activation::None;
constexpr auto kPlus = Sign::Plus, kMinus = Sign::Minus;
void PrintTo(const SumCase &c, std::ostream *out) { *out << c.name; }

INSTANTIATE_TEST_SUITE_P(
    Scales, SumOfAllPairs,
    testing::Values(
        SumCase{"Usual",
                {0.04F, -3},
                {0.061F, 14},
                {0.083F, -20},
                kNone,
                kPlus,
                "add_int8_vector",
                42.5},
        SumCase{"Difference",
                {0.04F, -3},
                {0.061F, 14},
                {0.083F, -20},
                kNone,
                kMinus,
                "add_int8_vector",
                42.5},
        SumCase{"Saturating",
                {0.2F, 100},
                {0.13F, -128},
                {0.05F, 127},
                kNone,
                kPlus,
                "add_int8_vector",
                42.5},
        SumCase{"Ties", {0.5F, 0}, {0.5F, 0}, {1, 0}, kNone, kPlus, "add_int8_vector", 42.5},
        SumCase{"Equal", {0.1F, 0}, {0.1F, 0}, {0.1F, 0}, kNone, kPlus, "add_int8_vector", 42.5},
        SumCase{"Relu",
                {0.04F, -3},
                {0.061F, 14},
                {0.04123F, -128},
                Activation::Relu,
                kPlus,
                "add_int8_vector",
                42.5},
        SumCase{"Clamped",
                {0.04F, -3},
                {0.061F, 14},
                {0.083F, -20},
                Activation::Relu6,
                kPlus,
                "add_int8_vector_clamped",
                60},
        SumCase{"NotClampable",
                {0.04F, -3},
                {0.061F, 14},
                {0.083F, 20},
                Activation::Relu,
                kPlus,
                "add_int8",
                900},
        SumCase{"FarScales", {40, -3}, {33, 14}, {1e-4F, 20}, kNone, kPlus, "add_int8", 900}),
    [](const auto &info) { return info.param.name; });

class ProductOfAllPairs : public testing::TestWithParam<SumCase> {};

TEST_P(ProductOfAllPairs, EqualsTheReference) {
  const SumCase &c = GetParam();
  const MulScaling scaling = mulScaling(c.a, c.b, c.output, c.activation);
  const auto call = packMulInt8(AllPairs::shapes(), scaling);
  EXPECT_EQ(call.kernel, c.kernel);
  for (std::size_t piece = 0; piece < AllPairs::kPieces; ++piece) {
    const AllPairs pairs(piece);
    std::vector<std::int8_t> expected(AllPairs::kElements);
    mulInt8(AllPairs::shapes(), scaling, pairs.a, pairs.b, expected);

    const auto run = runKernels({&call, 1}, pairs.inputs(), expected.size());

    EXPECT_EQ(run.fault, "");
    EXPECT_LE(static_cast<double>(run.counters.slots()) / call.units, c.slots);
    EXPECT_TRUE(valuesOf<std::int8_t>(run.output) == expected) << piece;
  }
}

INSTANTIATE_TEST_SUITE_P(
    Scales, ProductOfAllPairs,
    testing::Values(
        SumCase{
            "Usual", {0.04F, -3}, {0.061F, 14}, {0.083F, -20}, kNone, kPlus, "mul_int8_vector", 64},
        SumCase{"LowZeroPoints",
                {0.04F, -128},
                {0.061F, -128},
                {0.41F, -128},
                kNone,
                kPlus,
                "mul_int8_vector",
                64},
        SumCase{"Steep", {0.4F, 5}, {0.61F, 127}, {0.005F, 3}, kNone, kPlus, "mul_int8", 900},
        SumCase{"Clamped",
                {0.04F, -3},
                {0.061F, 14},
                {0.083F, -20},
                Activation::Relu6,
                kPlus,
                "mul_int8_vector_clamped",
                70},
        SumCase{"NotClampable",
                {0.04F, -3},
                {0.061F, 14},
                {0.083F, 20},
                Activation::Relu,
                kPlus,
                "mul_int8",
                900}),
    [](const auto &info) { return info.param.name; });

TEST(SumSearch, FindsConstantsForNearlyAllScales) {
  Random random(5);
  constexpr int kCount = 40;
  int found = 0, products = 0;
  for (int i = 0; i < kCount; ++i) {
    const Int8Quantization a{random.real(0.02F, 0.2F), random.in(-128, 127)};
    const Int8Quantization b{a.scale * random.real(0.3F, 3), random.in(-128, 127)};
    const Int8Quantization output{(a.scale + b.scale) * random.real(0.3F, 1), random.in(-128, 127)};
    const AddScaling scaling = addScaling(a, b, output, kNone);
    found += searchSum(scaling, kPlus, SumForm::Any).has_value() ? 1 : 0;
    products += searchSum(scaling, kPlus, SumForm::Factored).has_value() ? 1 : 0;
  }
  std::printf("%d of %d scales, %d as products\n", found, kCount, products);
  EXPECT_GE(found, kCount - 1);
  EXPECT_GE(products, kCount * 9 / 10);
}

} // namespace
} // namespace xs3::kernels
