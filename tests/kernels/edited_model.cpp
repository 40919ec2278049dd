#include "tests/kernels/edited_model.h"

#include <flatbuffers/flexbuffers.h>

#include <cstring>
#include <map>
#include <stdexcept>
#include <variant>

namespace xs3::test {
namespace {

using compiler::Bytes;
using OptionValue = std::variant<std::int64_t, std::string>;

Bytes written(const tflite::ModelT &model) {
  flatbuffers::FlatBufferBuilder builder;
  tflite::FinishModelBuffer(builder, tflite::Model::Pack(builder, &model));
  return {builder.GetBufferPointer(), builder.GetBufferPointer() + builder.GetSize()};
}

std::map<std::string, OptionValue> optionsOf(const tflite::OperatorT &op) {
  const auto map = flexbuffers::GetRoot(op.custom_options.data(), op.custom_options.size()).AsMap();
  std::map<std::string, OptionValue> options;
  for (std::size_t i = 0; i < map.size(); ++i)
    options[map.Keys()[i].AsKey()] = map.Values()[i].AsInt64();
  return options;
}

void setOptions(tflite::OperatorT &op, const std::map<std::string, OptionValue> &options) {
  flexbuffers::Builder builder;
  builder.Map([&] {
    for (const auto &[key, value] : options)
      if (const auto *number = std::get_if<std::int64_t>(&value))
        builder.Int(key.c_str(), *number);
      else
        builder.String(key.c_str(), std::get<std::string>(value));
  });
  builder.Finish();
  op.custom_options = builder.GetBuffer();
}

/// Builds a model tensor by tensor.
struct ModelMaker {
  ModelMaker() {
    model.version = 3;
    model.subgraphs.push_back(std::make_unique<tflite::SubGraphT>());
    model.buffers.push_back(std::make_unique<tflite::BufferT>());
  }

  std::int32_t addTensor(const std::string &name, const std::vector<std::int32_t> &shape,
                         const std::vector<std::int32_t> &values = {}) {
    auto tensor = std::make_unique<tflite::TensorT>();
    tensor->name = name;
    tensor->shape = shape;
    tensor->type = tflite::TensorType::INT32;
    if (!values.empty()) {
      auto buffer = std::make_unique<tflite::BufferT>();
      buffer->data.resize(values.size() * sizeof(std::int32_t));
      std::memcpy(buffer->data.data(), values.data(), buffer->data.size());
      tensor->buffer = static_cast<std::uint32_t>(model.buffers.size());
      model.buffers.push_back(std::move(buffer));
    }
    graph(model).tensors.push_back(std::move(tensor));
    return static_cast<std::int32_t>(graph(model).tensors.size()) - 1;
  }

  tflite::OperatorT &addOperator(tflite::BuiltinOperator builtin,
                                 const std::vector<std::int32_t> &inputs, std::int32_t output) {
    auto code = std::make_unique<tflite::OperatorCodeT>();
    code->builtin_code = builtin;
    auto op = std::make_unique<tflite::OperatorT>();
    op->opcode_index = static_cast<std::uint32_t>(model.operator_codes.size());
    op->inputs = inputs;
    op->outputs = {output};
    model.operator_codes.push_back(std::move(code));
    graph(model).operators.push_back(std::move(op));
    return *graph(model).operators.back();
  }

  tflite::ModelT model;
};

} // namespace

Bytes edited(const Bytes &file, const std::function<void(tflite::ModelT &)> &edit) {
  tflite::ModelT model;
  tflite::GetModel(file.data())->UnPackTo(&model);
  edit(model);
  return written(model);
}

Bytes reshapeModel() {
  ModelMaker maker;
  const auto input = maker.addTensor("image", {1, 4, 4, 1});
  const auto shape = maker.addTensor("shape", {4});
  const auto zero = maker.addTensor("zero", {1}, {0}), one = maker.addTensor("one", {1}, {1});
  const auto batch = maker.addTensor("batch", {});
  const auto width = maker.addTensor("width", {}, {16});
  const auto table = maker.addTensor("table", {2});
  const auto output = maker.addTensor("reshaped", {1, 16});
  maker.addOperator(tflite::BuiltinOperator::SHAPE, {input}, shape);
  auto &slice =
      maker.addOperator(tflite::BuiltinOperator::STRIDED_SLICE, {shape, zero, one, one}, batch);
  tflite::StridedSliceOptionsT sliceOptions;
  sliceOptions.shrink_axis_mask = 1;
  slice.builtin_options.Set(std::move(sliceOptions));
  auto &pack = maker.addOperator(tflite::BuiltinOperator::PACK, {batch, width}, table);
  tflite::PackOptionsT packOptions;
  packOptions.values_count = 2;
  pack.builtin_options.Set(std::move(packOptions));
  maker.addOperator(tflite::BuiltinOperator::RESHAPE, {input, table}, output);
  graph(maker.model).inputs = {input};
  graph(maker.model).outputs = {output};
  return written(maker.model);
}

tflite::SubGraphT &graph(tflite::ModelT &model) { return *model.subgraphs.at(0); }

tflite::OperatorT &op(tflite::ModelT &model, std::size_t number) {
  return *graph(model).operators.at(number);
}

tflite::TensorT &tensorAt(tflite::ModelT &model, std::int32_t index) {
  return *graph(model).tensors.at(static_cast<std::size_t>(index));
}

tflite::TensorT &tensor(tflite::ModelT &model, const std::string &name) {
  for (auto &tensor : graph(model).tensors)
    if (tensor->name == name)
      return *tensor;
  throw std::runtime_error("no tensor " + name);
}

tflite::TensorT &inputOf(tflite::ModelT &model, std::size_t opNumber, std::size_t position) {
  return tensorAt(model, op(model, opNumber).inputs.at(position));
}

tflite::TensorT &outputOf(tflite::ModelT &model, std::size_t opNumber) {
  return tensorAt(model, op(model, opNumber).outputs.at(0));
}

tflite::OperatorCodeT &code(tflite::ModelT &model, tflite::BuiltinOperator builtin) {
  for (auto &code : model.operator_codes)
    if (code->builtin_code == builtin)
      return *code;
  throw std::runtime_error("no such operator code");
}

void setOption(tflite::OperatorT &op, const std::string &key, std::int64_t value) {
  auto options = optionsOf(op);
  options[key] = value;
  setOptions(op, options);
}

void setTextOption(tflite::OperatorT &op, const std::string &key, const char *text) {
  auto options = optionsOf(op);
  options[key] = std::string(text);
  setOptions(op, options);
}

void removeOption(tflite::OperatorT &op, const std::string &key) {
  auto options = optionsOf(op);
  options.erase(key);
  setOptions(op, options);
}

} // namespace xs3::test
