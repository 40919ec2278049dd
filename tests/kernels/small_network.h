// Networks of a few operators, made by hand for tests.
#pragma once

#include "kernels/compiler/import/network.h"

#include <cstring>
#include <string>
#include <vector>

namespace xs3::test {

/// Adds tensors and operators one by one; the names of operators are those of the file.
class SmallNetwork {
public:
  SmallNetwork() { network.fileName = "small.tflite"; }

  std::int32_t tensor(compiler::ElementType type, std::vector<std::int32_t> shape,
                      std::optional<kernels::Int8Quantization> quantization = {}) {
    compiler::Tensor made;
    made.name = "t" + std::to_string(network.tensors.size());
    made.type = type;
    made.shape = std::move(shape);
    if (quantization)
      made.quantization = compiler::Quantization{{quantization->scale}, {quantization->zeroPoint}};
    network.tensors.push_back(std::move(made));
    return static_cast<std::int32_t>(network.tensors.size()) - 1;
  }

  /// A constant of these elements, which give its type's bytes.
  template <typename T>
  std::int32_t constant(compiler::ElementType type, std::vector<std::int32_t> shape,
                        const std::vector<T> &values) {
    const std::int32_t made = tensor(type, std::move(shape));
    compiler::Bytes &bytes = network.tensors.back().constant;
    bytes.resize(values.size() * sizeof(T));
    std::memcpy(bytes.data(), values.data(), bytes.size());
    return made;
  }

  std::int32_t input(compiler::ElementType type, std::vector<std::int32_t> shape,
                     std::optional<kernels::Int8Quantization> quantization = {}) {
    network.inputs.push_back(tensor(type, std::move(shape), quantization));
    return network.inputs.back();
  }

  void op(compiler::OperatorKind kind, std::string name, std::vector<std::int32_t> inputs,
          std::int32_t output, compiler::Options options = {}) {
    compiler::Operator made;
    made.index = static_cast<std::int32_t>(network.operators.size());
    made.name = std::move(name);
    made.kind = kind;
    made.options = std::move(options);
    made.inputs = std::move(inputs);
    made.outputs = {output};
    network.operators.push_back(std::move(made));
  }

  compiler::Network network;
};

} // namespace xs3::test
