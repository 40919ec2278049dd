#include "kernels/compiler/import/network.h"

#include "kernels/compiler/import/operator_table.h"

#include <array>
#include <cassert>
#include <cstring>
#include <type_traits>

namespace xs3::compiler {
namespace {

struct ElementTypeRow {
  std::string_view name;
  std::size_t bytes;
};

constexpr std::array<ElementTypeRow, 8> kElementTypes{{
    {"float32", 4},
    {"float16", 2},
    {"int32", 4},
    {"uint8", 1},
    {"int64", 8},
    {"bool", 1},
    {"int16", 2},
    {"int8", 1},
}};

const ElementTypeRow &row(ElementType type) {
  return kElementTypes.at(static_cast<std::size_t>(type));
}

template <typename T>
constexpr ElementType kStoredAs = std::is_same_v<T, float>         ? ElementType::Float32
                                  : std::is_same_v<T, std::int8_t> ? ElementType::Int8
                                                                   : ElementType::Int32;

} // namespace

std::string_view elementTypeName(ElementType type) { return row(type).name; }
std::size_t elementBytes(ElementType type) { return row(type).bytes; }

std::size_t Tensor::elements() const {
  std::size_t count = 1;
  for (const std::int32_t size : shape)
    count *= static_cast<std::size_t>(size);
  return count;
}

kernels::Int8Quantization Tensor::int8Quantization() const {
  if (!quantization)
    return {};
  assert(quantization->perTensor());
  return {quantization->scales.front(), quantization->zeroPoints.front()};
}

std::string describeShape(std::span<const std::int32_t> shape) {
  if (shape.empty())
    return "scalar";
  std::string text;
  for (const std::int32_t size : shape)
    text += (text.empty() ? "" : "x") + std::to_string(size);
  return text;
}

std::string describe(const Tensor &tensor) {
  return std::string(elementTypeName(tensor.type)) + " " + describeShape(tensor.shape);
}

std::string layerName(const Operator &op) {
  std::string digits = std::to_string(op.index);
  if (digits.size() < 3)
    digits.insert(0, 3 - digits.size(), '0');
  return digits + "_" + op.name;
}

const Tensor *Network::input(const Operator &op, std::size_t position) const {
  if (position >= op.inputs.size() || op.inputs[position] == kAbsent)
    return nullptr;
  return &tensor(op.inputs[position]);
}

template <typename T> std::vector<T> constantValues(const Tensor &tensor) {
  assert(tensor.isConstant() && tensor.type == kStoredAs<T>);
  std::vector<T> values(tensor.elements());
  std::memcpy(values.data(), tensor.constant.data(), tensor.constant.size());
  return values;
}

template std::vector<std::int8_t> constantValues(const Tensor &);
template std::vector<std::int32_t> constantValues(const Tensor &);
template std::vector<std::uint32_t> constantValues(const Tensor &);
template std::vector<float> constantValues(const Tensor &);

std::vector<std::string_view> knownOperatorNames() {
  std::vector<std::string_view> names;
  for (const OperatorRow &known : kOperatorTable)
    if (!known.folded)
      names.push_back(known.name);
  return names;
}

} // namespace xs3::compiler
