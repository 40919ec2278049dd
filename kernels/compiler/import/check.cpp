#include "kernels/compiler/import/check.h"

#include "kernels/reference/broadcast.h"

#include <algorithm>
#include <limits>
#include <utility>

namespace xs3::compiler {
namespace {

using Shape = std::vector<std::int32_t>;

std::int32_t rankOf(const Tensor &tensor) { return static_cast<std::int32_t>(tensor.shape.size()); }

/// An axis, counted from the end where negative.
std::int32_t axisWithin(const OperatorCheck &check, std::int32_t axis, std::int32_t rank) {
  const std::int64_t counted = axis < 0 ? std::int64_t{axis} + rank : axis;
  if (counted < 0 || counted >= rank)
    check.fail("axis " + std::to_string(axis) + " is outside of its input of " +
               std::to_string(rank) + " dimensions");
  return static_cast<std::int32_t>(counted);
}

/// LceQuantize, LceDequantize: one side packed, the other not.
void checkPacking(const OperatorCheck &check, const Tensor &packed, const std::string &packedRole,
                  const Tensor &plain, const std::string &plainRole) {
  check.wantType(packed, packedRole, {ElementType::Int32});
  check.wantType(plain, plainRole, {ElementType::Float32, ElementType::Int8, ElementType::Bool});
  check.wantOneScale(plain, plainRole);
  if (plain.shape.empty())
    check.fail("its " + plainRole + " is a scalar; it needs channels");
  Shape shape = plain.shape;
  shape.back() = (shape.back() - 1) / 32 + 1;
  check.wantShape(packed, packedRole, shape);
}

void checkSameShape(const OperatorCheck &check) {
  check.wantFloatOrScaledInt8();
  check.wantShape(check.output(), "output", check.input(0).shape);
}

void checkArithmetic(const OperatorCheck &check) {
  check.wantFloatOrScaledInt8();
  const Tensor &a = check.input(0), &b = check.input(1, "second input");
  check.wantType(b, "second input", {a.type});
  check.wantOneScale(b, "second input");
  const auto shape = kernels::broadcastShape(a.shape, b.shape);
  if (!shape)
    check.fail("its inputs " + describe(a) + " and " + describe(b) +
               " cannot be broadcast against each other");
  check.wantShape(check.output(), "output", *shape);
}

void checkPrelu(const OperatorCheck &check) {
  check.wantType(check.input(0), "input", {ElementType::Float32});
  check.wantType(check.output(), "output", {ElementType::Float32});
  const Tensor &alpha = check.constant(1, "alpha", ElementType::Float32);
  if (kernels::broadcastShape(check.input(0).shape, alpha.shape) != check.input(0).shape)
    check.fail("its alpha " + describe(alpha) + " cannot be broadcast to its input " +
               describe(check.input(0)));
  check.wantShape(check.output(), "output", check.input(0).shape);
}

MeanOptions checkMean(const OperatorCheck &check) {
  check.wantFloatOrScaledInt8();
  const Shape &in = check.input(0).shape;
  MeanOptions options;
  for (const std::int32_t axis :
       constantValues<std::int32_t>(check.constant(1, "axes", ElementType::Int32)))
    options.axes.push_back(axisWithin(check, axis, rankOf(check.input(0))));
  std::sort(options.axes.begin(), options.axes.end());
  options.axes.erase(std::unique(options.axes.begin(), options.axes.end()), options.axes.end());
  Shape kept, dropped;
  for (std::int32_t i = 0; i < rankOf(check.input(0)); ++i) {
    const bool reduced = std::binary_search(options.axes.begin(), options.axes.end(), i);
    kept.push_back(reduced ? 1 : in[static_cast<std::size_t>(i)]);
    if (!reduced)
      dropped.push_back(in[static_cast<std::size_t>(i)]);
  }
  if (check.output().shape != kept)
    check.wantShape(check.output(), "output", dropped);
  return options;
}

ConcatenationOptions checkConcatenation(const OperatorCheck &check, const Operator &op,
                                        ConcatenationOptions options) {
  const Tensor &first = check.input(0);
  check.wantType(first, "input", {ElementType::Float32, ElementType::Int8, ElementType::Int32});
  options.axis = axisWithin(check, options.axis, rankOf(first));
  const std::size_t axis = static_cast<std::size_t>(options.axis);
  Shape joined = first.shape;
  std::int64_t along = 0;
  for (std::size_t i = 0; i < op.inputs.size(); ++i) {
    const std::string role = "input " + std::to_string(i);
    const Tensor &part = check.input(i, role);
    check.wantType(part, role, {first.type});
    check.wantSameScale(part, role);
    Shape expected = first.shape;
    if (part.shape.size() == expected.size())
      expected[axis] = part.shape[axis];
    check.wantShape(part, role, expected);
    along += part.shape[axis];
  }
  joined[axis] = static_cast<std::int32_t>(
      std::min<std::int64_t>(along, std::numeric_limits<std::int32_t>::max()));
  check.wantType(check.output(), "output", {first.type});
  check.wantShape(check.output(), "output", joined);
  return options;
}

PadOptions checkPad(const OperatorCheck &check) {
  const Tensor &input = check.input(0);
  check.wantType(input, "input", {ElementType::Float32, ElementType::Int8, ElementType::Int32});
  check.wantType(check.output(), "output", {input.type});
  check.wantSameScale(input, "input");
  const Tensor &table = check.constant(1, "table", ElementType::Int32);
  check.wantShape(table, "table", {rankOf(input), 2});
  const std::vector<std::int32_t> amounts = constantValues<std::int32_t>(table);
  PadOptions options;
  Shape padded;
  for (std::size_t i = 0; i < input.shape.size(); ++i) {
    const std::int32_t before = amounts[2 * i], after = amounts[2 * i + 1];
    const std::int64_t size = std::int64_t{input.shape[i]} + before + after;
    if (before < 0 || after < 0 || size > std::numeric_limits<std::int32_t>::max())
      check.fail("its table pads dimension " + std::to_string(i) + " by " + std::to_string(before) +
                 " and " + std::to_string(after));
    options.before.push_back(before);
    options.after.push_back(after);
    padded.push_back(static_cast<std::int32_t>(size));
  }
  check.wantShape(check.output(), "output", padded);
  return options;
}

void checkReshape(const OperatorCheck &check) {
  const Tensor &input = check.input(0), &output = check.output();
  check.wantType(output, "output", {input.type});
  if (input.elements() != output.elements())
    check.fail("its input is " + describe(input) + ", but its output " + describe(output) +
               " has another number of elements");
  if (!check.has(1))
    return;
  const Tensor &table = check.constant(1, "shape", ElementType::Int32);
  const Shape wanted = constantValues<std::int32_t>(table);
  const bool agrees =
      std::equal(wanted.begin(), wanted.end(), output.shape.begin(), output.shape.end(),
                 [](std::int32_t a, std::int32_t b) { return a == -1 || a == b; });
  if (!agrees)
    check.fail("its shape table says " + describeShape(wanted) + ", but its output is " +
               describe(output));
}

void checkQuantize(const OperatorCheck &check) {
  check.wantType(check.input(0), "input", {ElementType::Float32, ElementType::Int8});
  check.wantOneScale(check.input(0), "input");
  check.wantType(check.output(), "output", {ElementType::Int8});
  check.wantOneScale(check.output(), "output");
  check.wantShape(check.output(), "output", check.input(0).shape);
}

void checkDequantize(const OperatorCheck &check) {
  check.wantType(check.input(0), "input", {ElementType::Int8});
  check.wantOneScale(check.input(0), "input");
  check.wantType(check.output(), "output", {ElementType::Float32});
  check.wantShape(check.output(), "output", check.input(0).shape);
}

void checkSoftmax(const OperatorCheck &check) {
  checkSameShape(check);
  if (check.input(0).shape.empty())
    check.fail("its input is a scalar; it needs classes");
}

} // namespace

const Tensor &OperatorCheck::input(std::size_t position, const std::string &role) const {
  const Tensor *tensor = network_.input(op_, position);
  if (!tensor)
    fail("its " + role + " (input " + std::to_string(position) +
         ") is absent; convert the network again");
  return *tensor;
}

const Tensor &OperatorCheck::constant(std::size_t position, const std::string &role,
                                      ElementType type) const {
  const Tensor &tensor = input(position, role);
  if (!tensor.isConstant())
    fail("its " + role + " (tensor " + quoted(tensor.name) +
         ") is computed while the network runs; only a constant is supported there");
  wantType(tensor, role, {type});
  return tensor;
}

void OperatorCheck::wantType(const Tensor &tensor, const std::string &role,
                             std::initializer_list<ElementType> types) const {
  if (std::find(types.begin(), types.end(), tensor.type) != types.end())
    return;
  std::string wanted;
  for (const ElementType type : types)
    wanted += (wanted.empty() ? "" : " or ") + std::string(elementTypeName(type));
  fail("its " + role + " is " + describe(tensor) + "; only " + wanted + " is supported there");
}

void OperatorCheck::wantRank(const Tensor &tensor, const std::string &role,
                             std::size_t rank) const {
  if (tensor.shape.size() != rank)
    fail("its " + role + " is " + describe(tensor) + "; it must have " + std::to_string(rank) +
         " dimensions");
}

void OperatorCheck::wantShape(const Tensor &tensor, const std::string &role,
                              const Shape &shape) const {
  if (tensor.shape != shape)
    fail("its " + role + " is " + describe(tensor) + ", but the rest of it asks for " +
         describeShape(shape) + "; convert the network again");
}

void OperatorCheck::wantOneScale(const Tensor &tensor, const std::string &role) const {
  if (tensor.type != ElementType::Int8)
    return;
  if (!tensor.quantization)
    fail("its " + role + " is int8 without quantization; convert the network again");
  if (!tensor.quantization->perTensor())
    fail("its " + role + " has a scale for each channel; only one for all is supported there");
}

void OperatorCheck::wantFloatOrInt8() const {
  wantType(input(0), "input", {ElementType::Float32, ElementType::Int8});
  wantType(output(), "output", {input(0).type});
}

void OperatorCheck::wantFloatOrScaledInt8() const {
  wantFloatOrInt8();
  wantOneScale(input(0), "input");
  wantOneScale(output(), "output");
}

void OperatorCheck::wantSameScale(const Tensor &tensor, const std::string &role) const {
  if (tensor.type != ElementType::Int8 || (!tensor.quantization && !output().quantization))
    return;
  wantOneScale(tensor, role);
  wantOneScale(output(), "output");
  const kernels::Int8Quantization a = tensor.int8Quantization(), b = output().int8Quantization();
  if (a.scale != b.scale || a.zeroPoint != b.zeroPoint)
    fail("its " + role + " and its output have different quantization; convert the network again");
}

std::int32_t OperatorCheck::outputSize(const std::string &direction, std::int32_t size,
                                       std::int64_t taps, std::int32_t stride,
                                       std::int32_t dilation, Padding padding) const {
  // Places in the image are 32-bit numbers, before the border and behind it too.
  const std::int64_t span = (taps - 1) * dilation + 1;
  if (span > std::int64_t{1} << 30)
    fail("its window spans " + std::to_string(span) + " places in " + direction +
         "; use a smaller one");
  const kernels::WindowAxis axis =
      kernels::windowAxis(size, static_cast<std::int32_t>(taps), stride, dilation, padding);
  if (axis.outputs < 1)
    fail("its window spans " + std::to_string(span) + " places in " + direction +
         ", but its input has " + std::to_string(size));
  return axis.outputs;
}

void checkOperator(const Network &network, Operator &op, const Place &place) {
  const OperatorCheck check(network, op, place);
  switch (op.kind) {
  case OperatorKind::LceQuantize:
    return checkPacking(check, check.output(), "output", check.input(0), "input");
  case OperatorKind::LceDequantize:
    return checkPacking(check, check.input(0), "input", check.output(), "output");
  case OperatorKind::LceBconv2d:
    return checkBconv2d(check, std::get<Bconv2dOptions>(op.options));
  case OperatorKind::LceBMaxPool2d:
    return checkBMaxPool2d(check, std::get<Pool2dOptions>(op.options));
  case OperatorKind::Conv2d:
    return checkConv2d(check, std::get<Conv2dOptions>(op.options));
  case OperatorKind::DepthwiseConv2d:
    return checkDepthwiseConv2d(check, std::get<Conv2dOptions>(op.options));
  case OperatorKind::FullyConnected:
    return checkFullyConnected(check);
  case OperatorKind::Add:
  case OperatorKind::Sub:
  case OperatorKind::Mul:
    return checkArithmetic(check);
  case OperatorKind::MaxPool2d:
  case OperatorKind::AveragePool2d:
    return checkPool2d(check, std::get<Pool2dOptions>(op.options));
  case OperatorKind::Mean:
    op.options = checkMean(check);
    return;
  case OperatorKind::Concatenation:
    op.options = checkConcatenation(check, op, std::get<ConcatenationOptions>(op.options));
    return;
  case OperatorKind::Pad:
    op.options = checkPad(check);
    return;
  case OperatorKind::Relu:
  case OperatorKind::ReluN1To1:
  case OperatorKind::Relu6:
  case OperatorKind::Logistic:
    return checkSameShape(check);
  case OperatorKind::Prelu:
    return checkPrelu(check);
  case OperatorKind::Softmax:
    return checkSoftmax(check);
  case OperatorKind::Quantize:
    return checkQuantize(check);
  case OperatorKind::Dequantize:
    return checkDequantize(check);
  case OperatorKind::Reshape:
    return checkReshape(check);
  case OperatorKind::Unknown:
  case OperatorKind::Shape:
  case OperatorKind::StridedSlice:
  case OperatorKind::Pack:
    return;
  }
}

} // namespace xs3::compiler
