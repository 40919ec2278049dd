// The lowering: kernel choice, aliases, and what is refused with which words.
#include "kernels/compiler/lower/lower.h"

#include "base/error.h"
#include "kernels/compiler/lower/kernel_table.h"
#include "tests/kernels/model_files.h"
#include "tests/kernels/small_network.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace xs3::test {
namespace {

using compiler::ElementType;
using compiler::OperatorKind;
using compiler::Plan;
using testing::HasSubstr;

constexpr kernels::Int8Quantization kHalf{0.5f, 3}, kQuarter{0.25f, -4};

std::string refusal(const compiler::Network &network) {
  try {
    compiler::lower(network, 1);
  } catch (const Error &error) {
    return error.what();
  }
  return "nothing was refused";
}

TEST(Lower, AnUnknownOperatorIsNamedWithItsPlaceAndWhatIsSupported) {
  SmallNetwork small;
  const auto input = small.input(ElementType::Int8, {1, 8}, kHalf);
  const auto output = small.tensor(ElementType::Int8, {1, 8}, kHalf);
  small.op(OperatorKind::Unknown, "GATHER_ND", {input}, output);
  small.network.outputs = {output};
  const std::string text = refusal(small.network);
  EXPECT_THAT(text, HasSubstr("small.tflite: error: operator 0, GATHER_ND"));
  EXPECT_THAT(text, HasSubstr("output tensor 1 \"t1\", int8 1x8"));
  EXPECT_THAT(text, HasSubstr("not supported; supported are LceQuantize, "));
  for (const compiler::KernelRow &row : compiler::kernelTable())
    EXPECT_THAT(text, HasSubstr(std::string(row.name)));
}

TEST(Lower, AnUnsupportedFormIsRefusedWithTheSupportedOnes) {
  SmallNetwork small;
  const auto input = small.input(ElementType::Float32, {1, 8});
  const auto output = small.tensor(ElementType::Int16, {1, 8});
  small.op(OperatorKind::Quantize, "QUANTIZE", {input}, output);
  small.network.outputs = {output};
  EXPECT_THAT(refusal(small.network),
              HasSubstr("not supported from float32 to int16, only from float32 to int8, int8 to "
                        "int8"));
}

TEST(Lower, OddBytesInAnOperatorNameDoNotReachTheTerminal) {
  SmallNetwork small;
  const auto input = small.input(ElementType::Int8, {1, 8}, kHalf);
  const auto output = small.tensor(ElementType::Int8, {1, 8}, kHalf);
  small.op(OperatorKind::Unknown, "\x1b[31mX\n", {input}, output);
  small.network.outputs = {output};
  EXPECT_THAT(refusal(small.network), HasSubstr("operator 0, ?[31mX? (output"));
}

TEST(Lower, AReshapeIsALayerWithoutWorkInTheSamePlace) {
  SmallNetwork small;
  const auto input = small.input(ElementType::Int8, {1, 2, 2, 4}, kHalf);
  const auto flat = small.tensor(ElementType::Int8, {1, 16}, kHalf);
  small.op(OperatorKind::Reshape, "RESHAPE", {input}, flat);
  small.network.outputs = {flat};
  const Plan plan = compiler::lower(small.network, 1);
  ASSERT_EQ(plan.layers.size(), 1u);
  EXPECT_EQ(plan.layers[0].name, "000_RESHAPE");
  EXPECT_TRUE(plan.layers[0].calls.empty());
  EXPECT_EQ(plan.arena.offsets[0], plan.arena.offsets[1]);
  EXPECT_EQ(plan.arena.bytes, 16u);
}

TEST(Lower, AnElementwiseOperatorWorksInPlaceOnlyWhereItsInputIsNotNeededLater) {
  SmallNetwork small;
  const auto input = small.input(ElementType::Int8, {1, 16}, kHalf);
  const auto first = small.tensor(ElementType::Int8, {1, 16}, kQuarter);
  const auto second = small.tensor(ElementType::Int8, {1, 16}, kHalf);
  small.op(OperatorKind::Quantize, "QUANTIZE", {input}, first);
  small.op(OperatorKind::Quantize, "QUANTIZE", {input}, second);
  small.network.outputs = {first, second};
  const Plan plan = compiler::lower(small.network, 1);
  EXPECT_NE(plan.arena.offsets[0], plan.arena.offsets[1]);
  EXPECT_EQ(plan.arena.offsets[0], plan.arena.offsets[2]);
}

TEST(Lower, DigitsHasTheMacsOfItsListAndTheArenaOfItsFloor) {
  const compiler::Network network = load(bundled("digits_bnn/digits_bnn.tflite"));
  const Plan plan = compiler::lower(network, 1);
  ASSERT_EQ(plan.layers.size(), network.operators.size());
  std::uint64_t binary = 0, int8 = 0;
  for (const compiler::Layer &layer : plan.layers) {
    binary += layer.macsBinary;
    int8 += layer.macsInt8;
  }
  EXPECT_EQ(binary, 3833856u);
  EXPECT_EQ(int8, 23552u);
  EXPECT_EQ(plan.layers[5].macsBinary, 294912u);
  EXPECT_EQ(plan.arena.bytes, 2560u); // tensors 6 and 7: 512 float32 and 512 int8
  EXPECT_EQ(plan.arena.bytes, plan.arena.floor);
}

TEST(Lower, EveryArgumentIsANumberOrAKnownSymbol) {
  const compiler::Network network = load(bundled("digits_bnn/digits_bnn.tflite"));
  const Plan plan = compiler::lower(network, 1);
  std::size_t addresses = 0;
  for (const compiler::Layer &layer : plan.layers)
    for (const compiler::KernelCall &call : layer.calls) {
      EXPECT_GT(call.units, 0u) << layer.name;
      EXPECT_LE(call.scratchBytes, plan.scratchBytes);
      for (const compiler::Argument &argument : call.arguments)
        if (!argument.symbol.empty()) {
          ++addresses;
          const bool isBlob =
              std::any_of(plan.weights.begin(), plan.weights.end(),
                          [&](const auto &blob) { return blob.symbol == argument.symbol; });
          EXPECT_TRUE(isBlob || argument.symbol.starts_with("tensor.")) << argument.symbol;
        }
    }
  EXPECT_GT(addresses, 30u);
}

TEST(Lower, BlobNamesAreUniqueAndRowsNameTheirOperator) {
  const compiler::Network network = load(bundled("digits_bnn/digits_bnn.tflite"));
  const Plan plan = compiler::lower(network, 1);
  std::set<std::string> names;
  for (const compiler::WeightBlob &blob : plan.weights)
    EXPECT_TRUE(names.insert(blob.symbol).second) << blob.symbol;
  const auto known = compiler::knownOperatorNames();
  for (const compiler::KernelRow &row : compiler::kernelTable()) {
    EXPECT_NE(std::find(known.begin(), known.end(), row.name), known.end()) << row.name;
    EXPECT_FALSE(row.limits.empty()) << row.name;
  }
}

} // namespace
} // namespace xs3::test
