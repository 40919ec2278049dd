#include "tests/kernels/random_operators.h"

#include "base/types.h"
#include "tests/kernels/random_draws.h"
#include "tests/kernels/small_network.h"

#include <cstring>
#include <limits>
#include <stdexcept>

namespace xs3::test {
namespace {

using compiler::Activation;
using compiler::Bytes;
using compiler::ElementType;
using compiler::OperatorKind;
using compiler::Padding;
using kernels::Int8Quantization;

std::int32_t words(std::int32_t channels) { return (channels + 31) / 32; }

/// Draws one network.
class Recipe : RandomDraws {
public:
  Recipe(const compiler::KernelRow &row, std::mt19937 &random, Sizes sizes)
      : RandomDraws(random, sizes == Sizes::Wild ? 8 : 0), row_(row) {}

  compiler::Network cook() {
    dispatch();
    small_.network.outputs = {small_.network.operators.at(0).outputs[0]};
    return std::move(small_.network);
  }

private:
  void add(std::vector<std::int32_t> inputs, std::int32_t output, compiler::Options options = {}) {
    small_.op(row_.kind, std::string(row_.name), std::move(inputs), output, std::move(options));
  }

  /// One value in, one value out.
  void elementwise(compiler::Options options = {}) {
    const Shape shape = anyShape();
    const auto input = small_.input(row_.input, shape, quantization(row_.input));
    add({input}, small_.tensor(row_.output, shape, quantization(row_.output)), std::move(options));
  }

  void reshape() {
    const auto scales = quantization(row_.input);
    const Shape shape = anyShape();
    const auto input = small_.input(row_.input, shape, scales);
    const auto elements = static_cast<std::int32_t>(small_.network.tensor(input).elements());
    add({input}, small_.tensor(row_.output, {1, elements}, scales));
  }

  void quantizeToBits() {
    Shape shape = anyShape();
    shape.back() = chance(40) ? 32 * number(1, 5) : number(1, 100);
    const auto input = small_.input(row_.input, shape, quantization(row_.input));
    shape.back() = words(shape.back());
    add({input}, small_.tensor(row_.output, shape));
  }

  void dequantizeBits() {
    Shape shape = anyShape();
    const std::int32_t channels = number(1, 100);
    shape.back() = words(channels);
    const auto input = small_.input(row_.input, shape);
    shape.back() = channels;
    add({input}, small_.tensor(row_.output, shape, quantization(row_.output)));
  }

  void bconv2d() {
    const Draw draw = window(true);
    const bool bits = row_.output == ElementType::Int32;
    auto options = windowOptions<compiler::Bconv2dOptions>(draw);
    options.dilationHeight = draw.rows.dilation;
    options.dilationWidth = draw.columns.dilation;
    options.padWithOnes = chance(50);
    options.activation = activation();
    const std::int32_t groups = chance(25) ? number(2, 4) : 1;
    // Without a value in the border, an odd field's dot product has no middle.
    const bool even = draw.padding == Padding::Same && !options.padWithOnes;
    const std::int32_t perGroup = groups > 1 || chance(50) ? 32 * number(1, 4)
                                  : even                   ? 2 * number(1, 60)
                                                           : number(1, 120);
    const std::int32_t outputs = bits && groups > 1 ? 32 * groups * number(1, 2)
                                 : chance(40)       ? 4 * groups * number(1, 32)
                                                    : groups * number(1, 70);
    options.channelsIn = groups * perGroup;
    const auto input =
        small_.input(ElementType::Int32,
                     {draw.batches, draw.rows.size, draw.columns.size, words(options.channelsIn)});
    const Shape filterShape = {outputs, draw.rows.taps, draw.columns.taps, words(perGroup)};
    const auto filter =
        small_.constant(ElementType::Int32, filterShape, packedValues(filterShape, perGroup));
    const std::int32_t field = draw.rows.taps * draw.columns.taps * perGroup;
    const auto output = small_.tensor(
        row_.output,
        {draw.batches, draw.rows.outputs, draw.columns.outputs, bits ? words(outputs) : outputs},
        quantization(row_.output));
    const std::size_t count = static_cast<std::size_t>(outputs);
    if (bits) {
      auto thresholds = values<std::int32_t>(count, field / 3, field - field / 3);
      for (std::int32_t &threshold : thresholds)
        if (chance(5))
          threshold = chance(50) ? INT32_MIN : INT32_MAX;
      add({input, filter, -1, -1, small_.constant(ElementType::Int32, {outputs}, thresholds)},
          output, options);
      return;
    }
    const float step = 4.0f / static_cast<float>(field);
    add({input, filter,
         small_.constant(ElementType::Float32, {outputs}, values<float>(count, -step, 2 * step)),
         small_.constant(ElementType::Float32, {outputs}, values<float>(count, -1, 1)), -1},
        output, options);
  }

  /// Words whose bits beyond `channels` of a pixel are 0.
  std::vector<Word> packedValues(const Shape &shape, std::int32_t channels) {
    const std::size_t count = elementsOf(shape);
    auto drawn = values<Word>(count, 0, ~Word{0});
    const auto perPixel = static_cast<std::size_t>(shape.back());
    if (channels % 32 != 0)
      for (std::size_t last = perPixel - 1; last < count; last += perPixel)
        drawn[last] &= (Word{1} << (channels % 32)) - 1;
    return drawn;
  }

  void pool() {
    const Draw draw = window(false);
    auto options = windowOptions<compiler::Pool2dOptions>(draw);
    options.filterHeight = draw.rows.taps;
    options.filterWidth = draw.columns.taps;
    if (row_.kind != OperatorKind::LceBMaxPool2d)
      options.activation = activation();
    const auto scales = quantization(row_.input);
    const std::int32_t channels = chance(50) ? 16 * number(1, 5) : number(1, 40);
    const auto input = small_.input(
        row_.input, {draw.batches, draw.rows.size, draw.columns.size, channels}, scales);
    add({input},
        small_.tensor(row_.output,
                      {draw.batches, draw.rows.outputs, draw.columns.outputs, channels}, scales),
        options);
  }

  std::vector<std::int32_t> floatWeights(std::int32_t input, const Shape &filterShape,
                                         std::size_t count, std::int32_t channels) {
    const auto filter =
        small_.constant(ElementType::Float32, filterShape, values<float>(count, -1, 1));
    if (chance(20))
      return {input, filter, -1};
    return {input, filter,
            small_.constant(ElementType::Float32, {channels},
                            values<float>(static_cast<std::size_t>(channels), -5, 5))};
  }

  /// Also the -128 that converters avoid, and filters of one value.
  std::vector<std::int8_t> int8Weights(std::size_t count) {
    if (chance(5))
      return std::vector<std::int8_t>(count, static_cast<std::int8_t>(number(-128, 127)));
    return values<std::int8_t>(count, chance(10) ? -128 : -127, 127);
  }
  std::vector<float> weightScales(std::size_t count) {
    std::vector<float> scales = values<float>(count, 0.001f, 0.01f);
    for (float &scale : scales)
      if (wild())
        scale = std::exp2(real(-30, 8));
    return scales;
  }
  std::vector<std::int32_t> biases(std::size_t count) {
    const std::int32_t most = chance(5) ? 1 << 26 : 5000;
    return values<std::int32_t>(count, -most, most);
  }

  /// Filter, and sometimes a bias, behind the input of a layer.
  std::vector<std::int32_t> weights(std::int32_t input, const Shape &filterShape,
                                    std::size_t channelDimension, bool perChannel) {
    const std::size_t count = elementsOf(filterShape);
    const std::int32_t channels = filterShape[channelDimension];
    if (row_.input == ElementType::Float32)
      return floatWeights(input, filterShape, count, channels);
    const auto filter = small_.constant(ElementType::Int8, filterShape, int8Weights(count));
    const std::size_t scales = perChannel ? static_cast<std::size_t>(channels) : 1;
    small_.network.tensors[static_cast<std::size_t>(filter)].quantization =
        compiler::Quantization{weightScales(scales), std::vector<std::int32_t>(scales, 0),
                               static_cast<std::int32_t>(perChannel ? channelDimension : 0)};
    if (chance(20))
      return {input, filter, -1};
    return {input, filter,
            small_.constant(ElementType::Int32, {channels},
                            biases(static_cast<std::size_t>(channels)))};
  }

  void conv2d() {
    const Draw draw = window(true);
    auto options = windowOptions<compiler::Conv2dOptions>(draw);
    options.dilationHeight = draw.rows.dilation;
    options.dilationWidth = draw.columns.dilation;
    options.activation = activation();
    const bool deep = wild();
    const std::int32_t groups = chance(20) && !deep ? number(2, 5) : 1;
    const std::int32_t perGroup = deep         ? number(100, 400)
                                  : chance(50) ? 4 * number(1, 12)
                                               : number(1, 20);
    const std::int32_t outputs = groups * (chance(40) ? 4 * number(1, 24) : number(1, 40));
    const auto input = small_.input(
        row_.input, {draw.batches, draw.rows.size, draw.columns.size, groups * perGroup},
        quantization(row_.input));
    const auto inputs =
        weights(input, {outputs, draw.rows.taps, draw.columns.taps, perGroup}, 0, chance(80));
    add(inputs,
        small_.tensor(row_.output, {draw.batches, draw.rows.outputs, draw.columns.outputs, outputs},
                      quantization(row_.output)),
        options);
  }

  void depthwiseConv2d() {
    const Draw draw = window(true);
    auto options = windowOptions<compiler::Conv2dOptions>(draw);
    options.dilationHeight = draw.rows.dilation;
    options.dilationWidth = draw.columns.dilation;
    options.activation = activation();
    options.depthMultiplier = chance(25) ? number(2, 5) : 1;
    const std::int32_t channels = chance(50) ? 16 * number(1, 4) : number(1, 40);
    const std::int32_t outputs = channels * options.depthMultiplier;
    const auto input =
        small_.input(row_.input, {draw.batches, draw.rows.size, draw.columns.size, channels},
                     quantization(row_.input));
    const auto inputs =
        weights(input, {1, draw.rows.taps, draw.columns.taps, outputs}, 3, chance(80));
    add(inputs,
        small_.tensor(row_.output, {draw.batches, draw.rows.outputs, draw.columns.outputs, outputs},
                      quantization(row_.output)),
        options);
  }

  void fullyConnected() {
    const std::int32_t rows = chance(30) ? number(2, 4) : 1, depth = number(1, wild() ? 2000 : 200),
                       outputs = chance(40) ? 4 * number(1, 24) : number(1, 50);
    const auto input = small_.input(row_.input, {rows, depth}, quantization(row_.input));
    const auto inputs = weights(input, {outputs, depth}, 0, chance(30));
    add(inputs, small_.tensor(row_.output, {rows, outputs}, quantization(row_.output)),
        compiler::FullyConnectedOptions{activation()});
  }

  void softmax() {
    const Shape shape = {number(1, 4), number(1, 60)};
    const auto input = small_.input(row_.input, shape, quantization(row_.input));
    const auto output = row_.output == ElementType::Int8
                            ? small_.tensor(row_.output, shape, Int8Quantization{1.0f / 256, -128})
                            : small_.tensor(row_.output, shape);
    add({input}, output, compiler::SoftmaxOptions{chance(70) ? 1.0f : real(0.1f, 3)});
  }

  /// An operand, now and then constant.
  std::int32_t operand(const Shape &shape, bool mayBeConstant) {
    const auto scales = quantization(row_.input);
    if (!mayBeConstant || !chance(25))
      return small_.input(row_.input, shape, scales);
    const std::size_t count = elementsOf(shape);
    const std::int32_t made =
        row_.input == ElementType::Float32
            ? small_.constant(row_.input, shape, values<float>(count, -5, 5))
            : small_.constant(row_.input, shape, values<std::int8_t>(count, -128, 127));
    if (scales)
      small_.network.tensors.back().quantization =
          compiler::Quantization{{scales->scale}, {scales->zeroPoint}};
    return made;
  }

  /// Each operand may be stretched along dimensions of its own.
  void arithmetic() {
    const Shape shape = anyShape();
    Shape first = shape, second = shape;
    if (chance(30))
      for (std::size_t i = 0; i < shape.size(); ++i)
        if (chance(60))
          (chance(70) ? second : first)[i] = 1;
    while (chance(10) && second.size() > 1 && second.front() == 1)
      second.erase(second.begin());
    const auto a = operand(first, false);
    const auto b = first == second && chance(5) ? a : operand(second, true);
    const bool swapped = chance(30);
    add(swapped ? std::vector{b, a} : std::vector{a, b},
        small_.tensor(row_.output, shape, quantization(row_.output)),
        compiler::ArithmeticOptions{activation()});
  }

  void prelu() {
    const Shape shape = anyShape();
    Shape slopes = shape;
    for (std::size_t i = 0; i + 1 < slopes.size(); ++i)
      slopes[i] = chance(70) ? 1 : slopes[i];
    const std::size_t count = elementsOf(slopes);
    const auto input = small_.input(row_.input, shape);
    const auto alpha = small_.constant(ElementType::Float32, slopes, values<float>(count, -1, 1));
    add({input, alpha}, small_.tensor(row_.output, shape));
  }

  void mean() {
    Shape shape = anyShape();
    compiler::MeanOptions options;
    Shape output;
    for (std::size_t i = 0; i < shape.size(); ++i)
      if (chance(50))
        options.axes.push_back(static_cast<std::int32_t>(i));
      else
        output.push_back(shape[i]);
    if (options.axes.empty()) {
      options.axes.push_back(0);
      output.erase(output.begin());
    }
    const auto input = small_.input(row_.input, shape, quantization(row_.input));
    const auto axes = small_.constant(
        ElementType::Int32, {static_cast<std::int32_t>(options.axes.size())}, options.axes);
    add({input, axes}, small_.tensor(row_.output, output, quantization(row_.output)), options);
  }

  void concatenation() {
    const Shape shape = anyShape();
    const auto scales = quantization(row_.input);
    compiler::ConcatenationOptions options{number(0, static_cast<std::int32_t>(shape.size()) - 1)};
    const auto axis = static_cast<std::size_t>(options.axis);
    Shape output = shape;
    output[axis] = 0;
    std::vector<std::int32_t> inputs;
    for (int parts = number(1, 4); parts > 0; --parts) {
      Shape part = shape;
      part[axis] = chance(40) ? 32 : number(1, 9);
      output[axis] += part[axis];
      inputs.push_back(small_.input(row_.input, part, scales));
    }
    add(inputs, small_.tensor(row_.output, output, scales), options);
  }

  void pad() {
    const Shape shape = anyShape();
    const auto scales = quantization(row_.input);
    compiler::PadOptions options;
    Shape output;
    std::vector<std::int32_t> table;
    for (const std::int32_t size : shape) {
      options.before.push_back(number(0, 2));
      options.after.push_back(number(0, 2));
      table.insert(table.end(), {options.before.back(), options.after.back()});
      output.push_back(size + options.before.back() + options.after.back());
    }
    const auto input = small_.input(row_.input, shape, scales);
    const auto pads =
        small_.constant(ElementType::Int32, {static_cast<std::int32_t>(shape.size()), 2}, table);
    add({input, pads}, small_.tensor(row_.output, output, scales), options);
  }

  void dispatch() {
    switch (row_.kind) {
    case OperatorKind::LceQuantize:
      return quantizeToBits();
    case OperatorKind::LceDequantize:
      return dequantizeBits();
    case OperatorKind::LceBconv2d:
      return bconv2d();
    case OperatorKind::LceBMaxPool2d:
    case OperatorKind::MaxPool2d:
    case OperatorKind::AveragePool2d:
      return pool();
    case OperatorKind::Conv2d:
      return conv2d();
    case OperatorKind::DepthwiseConv2d:
      return depthwiseConv2d();
    case OperatorKind::FullyConnected:
      return fullyConnected();
    case OperatorKind::Add:
    case OperatorKind::Sub:
    case OperatorKind::Mul:
      return arithmetic();
    case OperatorKind::Prelu:
      return prelu();
    case OperatorKind::Mean:
      return mean();
    case OperatorKind::Concatenation:
      return concatenation();
    case OperatorKind::Pad:
      return pad();
    case OperatorKind::Softmax:
      return softmax();
    case OperatorKind::Reshape:
      return reshape();
    case OperatorKind::Relu:
    case OperatorKind::ReluN1To1:
    case OperatorKind::Relu6:
    case OperatorKind::Logistic:
    case OperatorKind::Quantize:
    case OperatorKind::Dequantize:
      return elementwise();
    default:
      throw std::logic_error("no recipe for " + std::string(row_.name));
    }
  }

  const compiler::KernelRow &row_;
  SmallNetwork small_;
};

/// Mostly numbers of some size, now and then a special one.
float anyFloat(std::mt19937 &random) {
  constexpr float kSpecial[] = {0.0f,
                                -0.0f,
                                1e30f,
                                -1e30f,
                                1e-42f,
                                -1e-42f,
                                std::numeric_limits<float>::infinity(),
                                -std::numeric_limits<float>::infinity()};
  if (random() % 16 == 0)
    return kSpecial[random() % std::size(kSpecial)];
  return std::uniform_real_distribution<float>(-20, 20)(random);
}

} // namespace

compiler::Network randomNetwork(const compiler::KernelRow &row, std::mt19937 &random, Sizes sizes) {
  return Recipe(row, random, sizes).cook();
}

std::vector<Bytes> randomInputs(const compiler::Network &network, std::mt19937 &random) {
  std::vector<Bytes> inputs;
  for (const std::int32_t index : network.inputs) {
    const compiler::Tensor &tensor = network.tensor(index);
    Bytes bytes(tensor.bytes());
    for (std::uint8_t &byte : bytes)
      byte = static_cast<std::uint8_t>(random());
    if (tensor.type == ElementType::Bool)
      for (std::uint8_t &byte : bytes)
        byte &= 1;
    if (tensor.type == ElementType::Float32)
      for (std::size_t i = 0; i < bytes.size(); i += sizeof(float)) {
        const float value = anyFloat(random);
        std::memcpy(&bytes[i], &value, sizeof value);
      }
    const compiler::Operator &op = network.operators[0];
    if (op.kind == OperatorKind::LceBconv2d) {
      const std::int32_t channels = std::get<compiler::Bconv2dOptions>(op.options).channelsIn;
      const std::size_t perPixel = static_cast<std::size_t>(tensor.shape.back());
      if (channels % 32 != 0)
        for (std::size_t last = perPixel - 1; last < bytes.size() / 4; last += perPixel) {
          Word word = 0;
          std::memcpy(&word, &bytes[4 * last], sizeof word);
          word &= (Word{1} << (channels % 32)) - 1;
          std::memcpy(&bytes[4 * last], &word, sizeof word);
        }
    }
    inputs.push_back(std::move(bytes));
  }
  return inputs;
}

} // namespace xs3::test
