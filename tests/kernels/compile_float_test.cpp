// Float32 networks compiled and run on the machine: every tensor bit for bit as the reference gives
// it, on one to eight threads.
#include "kernels/compiler/compile.h"
#include "kernels/compiler/import/evaluate.h"
#include "kernels/compiler/lower/kernel_table.h"
#include "tests/kernels/model_files.h"
#include "tests/kernels/network_run.h"
#include "tests/kernels/small_network.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>
#include <set>

namespace xs3::test {
namespace {

using compiler::Activation;
using compiler::Bytes;
using compiler::ElementType;
using compiler::Network;
using compiler::OperatorKind;
using compiler::Padding;

using Shape = std::vector<std::int32_t>;

std::int32_t outputs(std::int32_t size, std::int32_t taps, std::int32_t stride, Padding padding) {
  return kernels::windowAxis(size, taps, stride, 1, padding).outputs;
}

/// Adds layers one behind the other, with random weights; each gives back its output tensor.
class FloatNetwork {
public:
  explicit FloatNetwork(std::uint32_t seed) : random_(seed) {}

  std::int32_t input(const Shape &shape) { return small_.input(ElementType::Float32, shape); }

  Network finish(std::int32_t output) {
    small_.network.outputs = {output};
    return std::move(small_.network);
  }

  std::int32_t same(OperatorKind kind, const std::string &name, std::int32_t input,
                    compiler::Options options = {}) {
    return layer(kind, name, {input}, shapeOf(input), std::move(options));
  }

  std::int32_t conv2d(std::int32_t input, std::int32_t channels, std::int32_t taps,
                      std::int32_t stride, Activation activation) {
    const Shape in = shapeOf(input);
    compiler::Conv2dOptions options;
    options.padding = Padding::Same;
    options.strideHeight = options.strideWidth = stride;
    options.activation = activation;
    return layer(OperatorKind::Conv2d, "CONV_2D",
                 {input, weights({channels, taps, taps, in[3]}), weights({channels})},
                 windowed(in, taps, stride, Padding::Same, channels), options);
  }

  std::int32_t depthwise(std::int32_t input, std::int32_t multiplier, std::int32_t taps) {
    const Shape in = shapeOf(input);
    compiler::Conv2dOptions options;
    options.padding = Padding::Same;
    options.depthMultiplier = multiplier;
    const std::int32_t channels = in[3] * multiplier;
    return layer(OperatorKind::DepthwiseConv2d, "DEPTHWISE_CONV_2D",
                 {input, weights({1, taps, taps, channels}), weights({channels})},
                 windowed(in, taps, 1, Padding::Same, channels), options);
  }

  std::int32_t pool(OperatorKind kind, const std::string &name, std::int32_t input,
                    std::int32_t taps, std::int32_t stride, Padding padding) {
    const Shape in = shapeOf(input);
    compiler::Pool2dOptions options;
    options.padding = padding;
    options.strideHeight = options.strideWidth = stride;
    options.filterHeight = options.filterWidth = taps;
    return layer(kind, name, {input}, windowed(in, taps, stride, padding, in[3]), options);
  }

  std::int32_t dense(std::int32_t input, std::int32_t channels, Activation activation) {
    const Shape in = shapeOf(input);
    return layer(OperatorKind::FullyConnected, "FULLY_CONNECTED",
                 {input, weights({channels, in[1]}), weights({channels})}, {in[0], channels},
                 compiler::FullyConnectedOptions{activation});
  }

  /// Over rows and columns of an image.
  std::int32_t globalMean(std::int32_t input) {
    const Shape in = shapeOf(input);
    const auto axes = small_.constant<std::int32_t>(ElementType::Int32, {2}, {1, 2});
    return layer(OperatorKind::Mean, "MEAN", {input, axes}, {in[0], in[3]},
                 compiler::MeanOptions{{1, 2}});
  }

  std::int32_t pair(OperatorKind kind, const std::string &name, std::int32_t a, std::int32_t b,
                    Activation activation = Activation::None) {
    return layer(kind, name, {a, b}, shapeOf(a), compiler::ArithmeticOptions{activation});
  }

  std::int32_t prelu(std::int32_t input) {
    return layer(OperatorKind::Prelu, "PRELU", {input, weights({1, 1, shapeOf(input)[3]})},
                 shapeOf(input), {});
  }

  std::int32_t reshape(std::int32_t input, const Shape &shape) {
    return layer(OperatorKind::Reshape, "RESHAPE", {input}, shape, {});
  }

  /// The sign of the input, then a binary 3x3 convolution with float output.
  std::int32_t binaryConv2d(std::int32_t input, std::int32_t channels, std::int32_t stride) {
    const Shape in = shapeOf(input);
    const auto bits = small_.tensor(ElementType::Int32, {in[0], in[1], in[2], in[3] / 32});
    small_.op(OperatorKind::LceQuantize, "LceQuantize", {input}, bits);
    std::vector<std::uint32_t> filter(static_cast<std::size_t>(channels * 9 * in[3] / 32));
    for (std::uint32_t &word : filter)
      word = static_cast<std::uint32_t>(random_());
    compiler::Bconv2dOptions options;
    options.channelsIn = in[3];
    options.strideHeight = options.strideWidth = stride;
    options.padding = Padding::Same;
    options.padWithOnes = true;
    const auto packed = small_.constant(ElementType::Int32, {channels, 3, 3, in[3] / 32}, filter);
    return layer(OperatorKind::LceBconv2d, "LceBconv2d",
                 {bits, packed, weights({channels}, 0.05f), weights({channels}), -1},
                 windowed(in, 3, stride, Padding::Same, channels), options);
  }

  Shape shapeOf(std::int32_t tensor) const { return small_.network.tensor(tensor).shape; }
  std::int32_t weights(const Shape &shape, float most = 0.5f) {
    std::size_t count = 1;
    for (const std::int32_t size : shape)
      count *= static_cast<std::size_t>(size);
    std::vector<float> values(count);
    for (float &value : values)
      value = std::uniform_real_distribution<float>(-most, most)(random_);
    return small_.constant(ElementType::Float32, shape, values);
  }

private:
  std::int32_t layer(OperatorKind kind, const std::string &name, std::vector<std::int32_t> inputs,
                     const Shape &shape, compiler::Options options) {
    const auto output = small_.tensor(ElementType::Float32, shape);
    small_.op(kind, name, std::move(inputs), output, std::move(options));
    return output;
  }

  static Shape windowed(const Shape &in, std::int32_t taps, std::int32_t stride, Padding padding,
                        std::int32_t channels) {
    return {in[0], outputs(in[1], taps, stride, padding), outputs(in[2], taps, stride, padding),
            channels};
  }

  std::mt19937 random_;
  SmallNetwork small_;
};

Bytes randomImage(const Network &network, std::uint32_t seed) {
  std::mt19937 random(seed);
  Bytes bytes(network.tensor(network.inputs.at(0)).bytes());
  for (std::size_t i = 0; i < bytes.size(); i += sizeof(float)) {
    const float value = std::normal_distribution<float>()(random);
    std::memcpy(&bytes[i], &value, sizeof value);
  }
  return bytes;
}

void expectEveryTensor(const Network &network, const Bytes &input) {
  const sim::MachineDescription machine = sim::loadMachine("xu316");
  const auto expected = compiler::evaluate(network, std::vector<Bytes>{input});
  for (const unsigned threads : {1u, 2u, 5u, 8u}) {
    const auto compiled = compiler::compile(network, "", machine, {threads});
    const NetworkRun run = runNetwork(compiled.program, {input}, machine);
    ASSERT_EQ(run.outcome.kind, sim::Outcome::Kind::Exit)
        << describeOutcome(run.outcome, compiled.program);
    for (std::size_t i = 0; i < network.operators.size(); ++i) {
      const compiler::Operator &op = network.operators[i];
      EXPECT_EQ(firstDifference(run.layers[i], expected[static_cast<std::size_t>(op.outputs[0])],
                                network.output(op).type),
                "")
          << layerName(op) << " on " << threads << " threads";
    }
  }
}

/// One layer at least of every float operator of the kernel table that computes.
Network everyFloatOperator() {
  using enum OperatorKind;
  FloatNetwork net(1);
  const auto image = net.input({1, 11, 9, 5});
  auto x = net.conv2d(image, 10, 3, 2, Activation::Relu6);
  x = net.depthwise(x, 1, 3);
  x = net.same(Relu, "RELU", x);
  x = net.pool(MaxPool2d, "MAX_POOL_2D", x, 2, 1, Padding::Valid);
  x = net.depthwise(x, 3, 3);
  x = net.same(ReluN1To1, "RELU_N1_TO_1", x);
  x = net.pool(AveragePool2d, "AVERAGE_POOL_2D", x, 3, 1, Padding::Same);
  x = net.pair(Sub, "SUB", x, net.weights({30}));
  x = net.prelu(x);
  x = net.pair(Mul, "MUL", x, x);
  x = net.pair(Add, "ADD", x, x, Activation::Relu);
  x = net.same(Relu6, "RELU6", x);
  x = net.globalMean(x);
  x = net.dense(x, 21, Activation::None);
  x = net.same(Logistic, "LOGISTIC", x);
  return net.finish(net.same(Softmax, "SOFTMAX", x, compiler::SoftmaxOptions{3.0f}));
}

TEST(FloatNetworks, EveryFloatOperatorIsExactOnAnyNumberOfThreads) {
  const Network network = everyFloatOperator();

  expectEveryTensor(network, randomImage(network, 2));
}

TEST(FloatNetworks, InfinitiesAndNoNumbersSpreadAsInTheReference) {
  const Network network = everyFloatOperator();
  Bytes input = randomImage(network, 3);
  const float special[] = {INFINITY, -INFINITY, NAN, 1e-42f, -0.0f, 3e38f};
  for (std::size_t i = 0; i < std::size(special); ++i)
    std::memcpy(&input[sizeof(float) * (1 + 71 * i)], &special[i], sizeof(float));

  expectEveryTensor(network, input);
}

TEST(FloatNetworks, EveryFloatRowOfTheKernelTableThatComputesIsAmongThem) {
  const Network network = everyFloatOperator();
  std::set<OperatorKind> used;
  for (const compiler::Operator &op : network.operators)
    used.insert(op.kind);
  for (const compiler::KernelRow &row : compiler::kernelTable()) {
    const bool moves = row.kind == OperatorKind::Concatenation || row.kind == OperatorKind::Pad ||
                       row.kind == OperatorKind::Reshape;
    const bool isFloat = row.input == ElementType::Float32 && row.output == ElementType::Float32;
    EXPECT_TRUE(!isFloat || moves || used.contains(row.kind)) << row.name;
  }
}

/// A block of Real-to-Binary Net: the binary convolution's float result times a gate for each
/// channel, computed from the block's input; then PRELU and the shortcut.
std::int32_t realToBinaryBlock(FloatNetwork &net, std::int32_t input, std::int32_t channels,
                               std::int32_t stride) {
  using enum OperatorKind;
  const std::int32_t inputs = net.shapeOf(input)[3];
  auto gate = net.globalMean(input);
  gate = net.dense(gate, inputs / 8, Activation::Relu);
  gate = net.same(Logistic, "LOGISTIC", net.dense(gate, channels, Activation::None));
  gate = net.reshape(gate, {1, 1, 1, channels});
  auto x = net.pair(Mul, "MUL", net.binaryConv2d(input, channels, stride), gate);
  auto shortcut = input;
  if (stride > 1) {
    shortcut = net.pool(AveragePool2d, "AVERAGE_POOL_2D", input, 2, 2, Padding::Same);
    shortcut = net.conv2d(shortcut, channels, 1, 1, Activation::None);
  }
  return net.pair(Add, "ADD", net.prelu(x), shortcut);
}

TEST(FloatNetworks, BlocksOfRealToBinaryNetAreExactOnAnyNumberOfThreads) {
  using enum OperatorKind;
  FloatNetwork net(4);
  auto x = net.conv2d(net.input({1, 14, 14, 3}), 64, 3, 2, Activation::None);
  x = realToBinaryBlock(net, net.prelu(x), 64, 1);
  x = realToBinaryBlock(net, x, 128, 2);
  x = realToBinaryBlock(net, x, 128, 1);
  x = net.dense(net.globalMean(x), 10, Activation::None);
  const Network network = net.finish(net.same(Softmax, "SOFTMAX", x, compiler::SoftmaxOptions{}));

  expectEveryTensor(network, randomImage(network, 5));
}

} // namespace
} // namespace xs3::test
