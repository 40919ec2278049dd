// .tflite files with one thing changed, and small ones made from nothing.
#pragma once

#include "kernels/compiler/import/network.h"

#include "tflite_generated.h"

#include <cstdint>
#include <functional>
#include <string>

namespace xs3::test {

/// The file, unpacked, edited and written again (fields that the schema does not have are lost).
compiler::Bytes edited(const compiler::Bytes &file,
                       const std::function<void(tflite::ModelT &)> &edit);

/// Int32 1x4x4x1 -> SHAPE -> STRIDED_SLICE -> PACK -> RESHAPE to 1x16, as converters write a
/// reshape of an open batch.
compiler::Bytes reshapeModel();

// Parts of a model, by number or name.
tflite::SubGraphT &graph(tflite::ModelT &model);
tflite::OperatorT &op(tflite::ModelT &model, std::size_t number);
tflite::TensorT &tensorAt(tflite::ModelT &model, std::int32_t index);
tflite::TensorT &tensor(tflite::ModelT &model, const std::string &name);
tflite::TensorT &inputOf(tflite::ModelT &model, std::size_t opNumber, std::size_t position);
tflite::TensorT &outputOf(tflite::ModelT &model, std::size_t opNumber);
tflite::OperatorCodeT &code(tflite::ModelT &model, tflite::BuiltinOperator builtin);

// FlexBuffer options of a custom operator.
void setOption(tflite::OperatorT &op, const std::string &key, std::int64_t value);
void setTextOption(tflite::OperatorT &op, const std::string &key, const char *text);
void removeOption(tflite::OperatorT &op, const std::string &key);

} // namespace xs3::test
