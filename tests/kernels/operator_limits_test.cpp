// Every limit that `xs3 ops` names, at its edge: just inside runs and equals the reference, just
// outside is refused with a sentence that names the limit.
#include "base/error.h"
#include "kernels/compiler/compile.h"
#include "kernels/compiler/import/evaluate.h"
#include "kernels/compiler/lower/kernel_table.h"
#include "tests/kernels/model_files.h"
#include "tests/kernels/network_run.h"
#include "tests/kernels/random_operators.h"
#include "tests/kernels/small_network.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <set>

namespace xs3::test {
namespace {

using compiler::Bytes;
using compiler::ElementType;
using compiler::Network;
using compiler::OperatorKind;
using compiler::Padding;
using kernels::Int8Quantization;
using testing::HasSubstr;

using Shape = std::vector<std::int32_t>;

const sim::MachineDescription &machine() {
  static const std::vector<std::string> settings = {"architecture.sram.bytes=8388608"};
  static const sim::MachineDescription big = sim::loadMachine("xu316-big", settings);
  return big;
}

/// A binary convolution: one window over an image of its own size, or one that reaches over it.
struct BinaryCase {
  ElementType output = ElementType::Int8;
  std::int32_t height = 1, width = 1, channels = 32, groups = 1, outputs = 4;
  bool zeroPadding = false;
};

Network binary(const BinaryCase &c) {
  SmallNetwork made;
  const std::int32_t words = (c.channels + 31) / 32;
  compiler::Bconv2dOptions options;
  options.channelsIn = c.channels;
  options.padding = c.zeroPadding ? Padding::Same : Padding::Valid;
  const std::int32_t perGroup = c.channels / c.groups, wordsPerGroup = (perGroup + 31) / 32;
  const Shape image = {1, c.height, c.width, words};
  const Shape filter = {c.outputs, c.height, c.width, wordsPerGroup};
  const auto count = static_cast<std::size_t>(c.outputs);
  std::vector<Word> weights(count * static_cast<std::size_t>(c.height * c.width * wordsPerGroup));
  const Word mask = perGroup % 32 == 0 ? ~Word{0} : (Word{1} << (perGroup % 32)) - 1;
  for (std::size_t i = 0; i < weights.size(); ++i)
    weights[i] = static_cast<Word>(i * 2654435761U) &
                 ((i + 1) % static_cast<std::size_t>(wordsPerGroup) == 0 ? mask : ~Word{0});
  const bool bits = c.output == ElementType::Int32;
  const auto input = made.input(ElementType::Int32, image);
  const auto filterIndex = made.constant(ElementType::Int32, filter, weights);
  const Shape out = {1, c.zeroPadding ? c.height : 1, c.zeroPadding ? c.width : 1,
                     bits ? (c.outputs + 31) / 32 : c.outputs};
  const std::int32_t field = c.height * c.width * perGroup;
  if (bits) {
    const auto threshold =
        made.constant(ElementType::Int32, {c.outputs}, std::vector<std::int32_t>(count, field / 2));
    made.op(OperatorKind::LceBconv2d, "LceBconv2d", {input, filterIndex, -1, -1, threshold},
            made.tensor(c.output, out), options);
  } else {
    const auto multiplier =
        made.constant(ElementType::Float32, {c.outputs}, std::vector<float>(count, 0.125F));
    const auto bias = made.constant(ElementType::Float32, {c.outputs}, std::vector<float>(count));
    const auto scale =
        c.output == ElementType::Int8 ? std::optional(Int8Quantization{1.0F, 0}) : std::nullopt;
    made.op(OperatorKind::LceBconv2d, "LceBconv2d", {input, filterIndex, multiplier, bias, -1},
            made.tensor(c.output, out, scale), options);
  }
  made.network.outputs = {made.network.operators[0].outputs[0]};
  return std::move(made.network);
}

constexpr std::int64_t kSumLimit = std::int64_t{1} << 30;
constexpr int kShift = 23;

/// A layer of one output: 8,192 weights of 127, whose sums reach `most`. A scale of 0.75 / 2^23
/// makes results of them that differ, and rounds by 2^22.
Network weighted(OperatorKind kind, std::string_view name, std::int64_t most) {
  constexpr std::int32_t kDepth = 8192, kWidth = 64;
  SmallNetwork made;
  const bool dense = kind == OperatorKind::FullyConnected;
  const bool deep = kind == OperatorKind::Conv2d;
  const Shape field = dense  ? Shape{1, kDepth}
                      : deep ? Shape{1, 1, 1, kDepth}
                             : Shape{1, kDepth / kWidth, kWidth, 1};
  const auto input = made.input(ElementType::Int8, field, Int8Quantization{1.0F, 0});
  const auto filter =
      made.constant(ElementType::Int8, field, std::vector<std::int8_t>(kDepth, 127));
  made.network.tensors.back().quantization = compiler::Quantization{{1.0F}, {0}};
  const auto bias = made.constant(
      ElementType::Int32, {1},
      std::vector<std::int32_t>{static_cast<std::int32_t>(most - 256 * 127 * kDepth)});
  compiler::Options options = compiler::Conv2dOptions{};
  if (dense)
    options = compiler::FullyConnectedOptions{};
  const Int8Quantization scale{std::ldexp(1.0F, kShift) / 0.75F, 0};
  made.op(kind, std::string(name), {input, filter, bias},
          made.tensor(ElementType::Int8, dense ? Shape{1, 1} : Shape{1, 1, 1, 1}, scale), options);
  made.network.outputs = {made.network.operators[0].outputs[0]};
  return std::move(made.network);
}

/// Two operands of scale 1 to a result of that scale.
Network arithmetic(OperatorKind kind, std::string_view name, int exponent) {
  SmallNetwork made;
  const Int8Quantization one{1.0F, -128};
  const auto a = made.input(ElementType::Int8, {1, 40}, one);
  const auto b = made.input(ElementType::Int8, {1, 40}, one);
  made.op(kind, std::string(name), {a, b},
          made.tensor(ElementType::Int8, {1, 40}, Int8Quantization{std::ldexp(1.0F, exponent), 0}),
          compiler::ArithmeticOptions{});
  made.network.outputs = {made.network.operators[0].outputs[0]};
  return std::move(made.network);
}

/// Mean over all places.
Network mean(std::int32_t places) {
  SmallNetwork made;
  const auto input = made.input(ElementType::Int8, {places, 1}, Int8Quantization{0.75F, 0});
  const auto axes = made.constant(ElementType::Int32, {1}, std::vector<std::int32_t>{0});
  made.op(OperatorKind::Mean, "MEAN", {input, axes},
          made.tensor(ElementType::Int8, {1}, Int8Quantization{1.0F, 0}),
          compiler::MeanOptions{{0}});
  made.network.outputs = {made.network.operators[0].outputs[0]};
  return std::move(made.network);
}

Network averagePool(std::int32_t height, std::int32_t width) {
  SmallNetwork made;
  const Int8Quantization scale{0.5F, 3};
  const auto input = made.input(ElementType::Int8, {1, height, width, 4}, scale);
  compiler::Pool2dOptions options;
  options.filterHeight = height;
  options.filterWidth = width;
  made.op(OperatorKind::AveragePool2d, "AVERAGE_POOL_2D", {input},
          made.tensor(ElementType::Int8, {1, 1, 1, 4}, scale), options);
  made.network.outputs = {made.network.operators[0].outputs[0]};
  return std::move(made.network);
}

Network quantize(float scale) {
  SmallNetwork made;
  const auto input = made.input(ElementType::Float32, {1, 40});
  made.op(OperatorKind::Quantize, "QUANTIZE", {input},
          made.tensor(ElementType::Int8, {1, 40}, Int8Quantization{scale, -128}));
  made.network.outputs = {made.network.operators[0].outputs[0]};
  return std::move(made.network);
}

/// One side of a limit of a row and the other.
struct Edge {
  OperatorKind kind;
  ElementType output;
  std::string_view limit; ///< As the row of the kernel table has it.
  Network inside, outside;
  std::string_view says; ///< Part of the refusal.
};

std::vector<Edge> bconv2dEdges() {
  constexpr auto kKind = OperatorKind::LceBconv2d;
  std::vector<Edge> edges;
  for (const ElementType output : {ElementType::Int32, ElementType::Float32, ElementType::Int8}) {
    edges.push_back({kKind, output, "with zero padding, an even number of input channels",
                     binary({output, 3, 3, 34, 1, 4, true}), binary({output, 3, 3, 33, 1, 4, true}),
                     "needs an even number of input channels"});
    if (output != ElementType::Int32) // 7 * 151 * 62 and 17 * 257 * 15
      edges.push_back({kKind, output, "at most 65534 bits in a window",
                       binary({output, 7, 151, 62}), binary({output, 17, 257, 15}),
                       "over 65535 bits is beyond the 16-bit accumulators: at most 65534"});
  }
  constexpr auto kBits = ElementType::Int32;
  edges.push_back({kKind, kBits, "at most 32767 bits in a window", binary({kBits, 7, 151, 31}),
                   binary({kBits, 32, 32, 32}),
                   "over 32768 bits is beyond the 16-bit accumulators: at most 32767"});
  edges.push_back({kKind, kBits, "with groups, whole 32 output channels each",
                   binary({kBits, 2, 2, 64, 2, 64}), binary({kBits, 2, 2, 64, 2, 96}),
                   "needs groups of whole words: this one's have 48 output channels"});
  return edges;
}

std::vector<Edge> sumEdges() {
  constexpr std::string_view kLimit = "sums with their rounding below 2^30", kSays = "30 bits";
  constexpr auto kInt8 = ElementType::Int8;
  const auto layer = [&](OperatorKind kind, std::string_view name) {
    constexpr std::int64_t kMost = kSumLimit - (std::int64_t{1} << (kShift - 1));
    return Edge{kind, kInt8, kLimit, weighted(kind, name, kMost - 1), weighted(kind, name, kMost),
                kSays};
  };
  const auto sum = [&](OperatorKind kind, std::string_view name, int exponent) {
    return Edge{
        kind, kInt8, kLimit, arithmetic(kind, name, exponent), arithmetic(kind, name, exponent - 1),
        kSays};
  };
  return {layer(OperatorKind::Conv2d, "CONV_2D"),
          layer(OperatorKind::DepthwiseConv2d, "DEPTHWISE_CONV_2D"),
          layer(OperatorKind::FullyConnected, "FULLY_CONNECTED"),
          // 255 * 2^20 * 2^2 is below 2^30; 255 * 255 * 2^14 too.
          sum(OperatorKind::Add, "ADD", -20),
          sum(OperatorKind::Sub, "SUB", -20),
          sum(OperatorKind::Mul, "MUL", -13),
          // 256 * 4190207 + 2^20 is the last below 2^30.
          {OperatorKind::Mean, kInt8, kLimit, mean(4190207), mean(4190208), kSays}};
}

std::vector<Edge> otherEdges() {
  constexpr std::string_view kScales = "scales of 2^-127 to 2^120";
  constexpr auto kInt8 = ElementType::Int8;
  return {{OperatorKind::AveragePool2d, kInt8, "at most 2889 places in a window",
           averagePool(27, 107), averagePool(34, 85),
           "an average over 2890 places is beyond the limit of 2889"},
          {OperatorKind::Quantize, kInt8, kScales, quantize(std::ldexp(1.0F, -127)),
           quantize(std::ldexp(1.0F, -128)), "beyond the range of float32 arithmetic"},
          {OperatorKind::Quantize, kInt8, kScales, quantize(std::ldexp(1.0F, 120)),
           quantize(std::ldexp(1.0F, 121)), "beyond the range of float32 arithmetic"}};
}

std::vector<Edge> allEdges() {
  std::vector<Edge> edges = bconv2dEdges();
  for (const auto &more : {sumEdges(), otherEdges()})
    edges.insert(edges.end(), more.begin(), more.end());
  return edges;
}

/// The sentence with which the compiler refuses a network; empty where it takes it.
std::string refusalOf(const Network &network) {
  try {
    compiler::compile(network, "", machine());
  } catch (const Error &error) {
    return error.what();
  }
  return {};
}

TEST(OperatorLimits, JustInsideEqualsTheReferenceAndJustOutsideIsRefusedByName) {
  std::mt19937 random(7);
  for (const Edge &edge : allEdges()) {
    const compiler::Operator &op = edge.inside.operators[0];
    SCOPED_TRACE(op.name + " to " + describe(edge.inside.output(op)) + ": " +
                 std::string(edge.limit));
    EXPECT_EQ(refusalOf(edge.inside), "");
    EXPECT_THAT(refusalOf(edge.outside), HasSubstr(std::string(edge.says)));
    const auto inputs = randomInputs(edge.inside, random);
    const auto expected = compiler::evaluate(edge.inside, inputs);
    const auto compiled = compiler::compile(edge.inside, "", machine());
    const NetworkRun run = runNetwork(compiled.program, inputs, machine());
    ASSERT_EQ(run.outcome.kind, sim::Outcome::Kind::Exit)
        << describeOutcome(run.outcome, compiled.program);
    EXPECT_EQ(firstDifference(run.outputs[0], expected[static_cast<std::size_t>(op.outputs[0])],
                              edge.inside.output(op).type),
              "");
  }
}

/// "any shape; LIMIT; LIMIT": what is taken, then the limits.
std::set<std::string> limitsOf(const compiler::KernelRow &row) {
  std::set<std::string> limits;
  std::string_view text = row.limits;
  for (std::size_t at = text.find("; "); at != std::string_view::npos; at = text.find("; ")) {
    text.remove_prefix(at + 2);
    limits.emplace(text.substr(0, text.find("; ")));
  }
  return limits;
}

TEST(OperatorLimits, EveryLimitOfEveryRowHasItsEdgeAndNoOther) {
  const std::vector<Edge> edges = allEdges();
  for (const compiler::KernelRow &row : compiler::kernelTable()) {
    std::set<std::string> tested;
    for (const Edge &edge : edges) {
      const Network &network = edge.inside;
      if (&compiler::kernelRow(network, network.operators[0]) == &row)
        tested.emplace(edge.limit);
    }
    EXPECT_EQ(tested, limitsOf(row)) << row.name << " " << describeForm(row);
  }
}

} // namespace
} // namespace xs3::test
