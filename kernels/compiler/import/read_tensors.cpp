// Tensors out of a flatbuffer: shape, type, quantization, constant; each checked on its own.
#include "kernels/compiler/import/model_file.h"

#include <cmath>
#include <cstring>
#include <limits>
#include <string>

namespace xs3::compiler {
namespace {

ElementType readType(const tflite::Tensor &stored, const Place &place) {
  switch (stored.type()) {
  case tflite::TensorType::FLOAT32:
    return ElementType::Float32;
  case tflite::TensorType::FLOAT16:
    return ElementType::Float16;
  case tflite::TensorType::INT32:
    return ElementType::Int32;
  case tflite::TensorType::UINT8:
    return ElementType::UInt8;
  case tflite::TensorType::INT64:
    return ElementType::Int64;
  case tflite::TensorType::BOOL:
    return ElementType::Bool;
  case tflite::TensorType::INT16:
    return ElementType::Int16;
  case tflite::TensorType::INT8:
    return ElementType::Int8;
  default:
    break;
  }
  const std::string name = tflite::EnumNameTensorType(stored.type());
  place.fail("its element type (" +
             (name.empty() ? "number " + std::to_string(static_cast<int>(stored.type())) : name) +
             ") is not supported; convert the network to int8 or float32");
}

/// A converter writes -1 into shape_signature where a size is open. An open batch stands as 1 in
/// the shape and runs as such; anything else open is a shape that is not known before the network
/// runs.
void checkSignature(const tflite::Tensor &stored, std::span<const std::int32_t> shape,
                    const Place &place) {
  const auto signature = elements(stored.shape_signature());
  for (std::size_t i = 0; i < signature.size(); ++i) {
    const bool openBatch = i == 0 && signature.size() == shape.size() && shape[0] == 1;
    if (signature[i] < 0 && !openBatch)
      place.fail("dimension " + std::to_string(i) +
                 " of its shape is dynamic; convert the network with a fixed input shape");
  }
}

std::vector<std::int32_t> readShape(const tflite::Tensor &stored, ElementType type,
                                    const Place &place) {
  const auto shape = elements(stored.shape());
  if (shape.size() > kMaxDimensions)
    place.fail("it has " + std::to_string(shape.size()) + " dimensions; at most " +
               std::to_string(kMaxDimensions) + " are supported");
  std::int64_t bytes = static_cast<std::int64_t>(elementBytes(type));
  for (std::size_t i = 0; i < shape.size(); ++i) {
    const std::string dimension =
        "dimension " + std::to_string(i) + " of its shape is " + std::to_string(shape[i]);
    if (shape[i] < 0)
      place.fail(dimension + ", so it is dynamic; convert the network with a fixed input shape");
    if (shape[i] == 0)
      place.fail(dimension + "; a tensor without elements is not supported");
    bytes *= shape[i]; // both below 2^31: no overflow
    if (bytes > kMaxTensorBytes)
      place.fail("its shape makes more than " + std::to_string(kMaxTensorBytes >> 20) +
                 " MiB, the largest memory that this processor takes; use a smaller network");
  }
  checkSignature(stored, shape, place);
  return {shape.begin(), shape.end()};
}

struct Limits {
  std::int64_t low, high;
};

Limits zeroPointLimits(ElementType type) {
  switch (type) {
  case ElementType::Int8:
    return {-128, 127};
  case ElementType::UInt8:
    return {0, 255};
  case ElementType::Int16:
    return {-32768, 32767};
  default:
    return {std::numeric_limits<std::int32_t>::min(), std::numeric_limits<std::int32_t>::max()};
  }
}

void checkScales(std::span<const float> scales, const Place &place) {
  for (std::size_t i = 0; i < scales.size(); ++i)
    if (!std::isfinite(scales[i]) || scales[i] <= 0)
      place.fail("quantization scale " + std::to_string(i) + " is " + std::to_string(scales[i]) +
                 "; a scale must be finite and greater than 0");
}

std::vector<std::int32_t> readZeroPoints(std::span<const std::int64_t> stored, std::size_t count,
                                         ElementType type, const Place &place) {
  if (stored.empty())
    return std::vector<std::int32_t>(count, 0);
  if (stored.size() != count)
    place.fail("it has " + std::to_string(count) + " quantization scales, but " +
               std::to_string(stored.size()) + " zero points");
  const Limits limits = zeroPointLimits(type);
  std::vector<std::int32_t> zeroPoints;
  for (const std::int64_t zeroPoint : stored) {
    if (zeroPoint < limits.low || zeroPoint > limits.high)
      place.fail("zero point " + std::to_string(zeroPoint) + " is outside of the range of " +
                 std::string(elementTypeName(type)));
    zeroPoints.push_back(static_cast<std::int32_t>(zeroPoint));
  }
  return zeroPoints;
}

std::optional<Quantization> readQuantization(const tflite::Tensor &stored, const Tensor &tensor,
                                             const Place &place) {
  const tflite::QuantizationParameters *parameters = stored.quantization();
  // A real number stands for itself, whatever ranges a converter noted beside it.
  if (!parameters || tensor.type == ElementType::Float32)
    return std::nullopt;
  if (parameters->details_type() != 0)
    place.fail("its quantization is of a custom kind; only scales and zero points are supported");
  const auto scales = elements(parameters->scale());
  if (scales.empty())
    return std::nullopt;
  checkScales(scales, place);
  const std::int32_t axis = parameters->quantized_dimension();
  if (scales.size() > 1) {
    const bool onAxis = axis >= 0 && static_cast<std::size_t>(axis) < tensor.shape.size();
    if (!onAxis)
      place.fail("its quantization is along dimension " + std::to_string(axis) +
                 ", which the tensor does not have");
    if (scales.size() != static_cast<std::size_t>(tensor.shape[static_cast<std::size_t>(axis)]))
      place.fail("it has " + std::to_string(scales.size()) +
                 " quantization scales along dimension " + std::to_string(axis) + " of " +
                 describeShape(tensor.shape));
  }
  return Quantization{
      {scales.begin(), scales.end()},
      readZeroPoints(elements(parameters->zero_point()), scales.size(), tensor.type, place),
      scales.size() > 1 ? axis : 0};
}

/// The bytes that a tensor's buffer holds; empty where the tensor is not constant.
std::span<const std::uint8_t> bufferOf(const tflite::Model &model, const tflite::Tensor &stored,
                                       const Place &place) {
  if (stored.buffer() >= entries(model.buffers()))
    place.fail("it points at buffer " + std::to_string(stored.buffer()) + ", but the file has " +
               std::to_string(entries(model.buffers())));
  const tflite::Buffer &buffer = *model.buffers()->Get(stored.buffer());
  if (buffer.offset() > 1 || buffer.size() > 1)
    place.fail("its content lies outside of the file's tables, as in files over 2 GiB; "
               "that form is not supported");
  return elements(buffer.data());
}

void checkFinite(const Tensor &tensor, const Place &place) {
  const std::vector<float> values = constantValues<float>(tensor);
  for (std::size_t i = 0; i < values.size(); ++i)
    if (!std::isfinite(values[i]))
      place.fail("its value " + std::to_string(i) + " is " + std::to_string(values[i]) +
                 "; constants must be finite");
}

Tensor readTensor(const tflite::Model &model, const tflite::Tensor &stored, const Place &place) {
  if (stored.is_variable())
    place.fail("it is a variable that keeps its value between runs; that is not supported");
  if (stored.sparsity())
    place.fail("it is stored in sparse form; convert the network without sparsity");
  Tensor tensor;
  tensor.name = stored.name() ? stored.name()->str() : "";
  tensor.type = readType(stored, place);
  tensor.shape = readShape(stored, tensor.type, place);
  tensor.quantization = readQuantization(stored, tensor, place);
  const auto content = bufferOf(model, stored, place);
  if (content.empty())
    return tensor;
  if (content.size() != tensor.bytes())
    place.fail("its buffer holds " + std::to_string(content.size()) + " bytes, but " +
               describe(tensor) + " takes " + std::to_string(tensor.bytes()));
  tensor.constant.assign(content.begin(), content.end());
  if (tensor.type == ElementType::Float32)
    checkFinite(tensor, place);
  return tensor;
}

Place placeOf(const tflite::Tensor &stored, std::size_t index, const Place &place) {
  return place.tensor(index, stored.name() ? stored.name()->string_view() : "");
}

} // namespace

std::vector<Tensor> readTensors(const tflite::Model &model, const tflite::SubGraph &graph,
                                const Place &place) {
  std::vector<Tensor> tensors;
  std::size_t constantBytes = 0;
  for (std::size_t i = 0; i < entries(graph.tensors()); ++i) {
    const tflite::Tensor &stored = *graph.tensors()->Get(static_cast<flatbuffers::uoffset_t>(i));
    const Place here = placeOf(stored, i, place);
    // Many tensors may share one buffer, so a small file can ask for any amount.
    constantBytes += bufferOf(model, stored, here).size();
    if (constantBytes > kMaxTensorBytes)
      here.fail("the constants up to this one take more than " +
                std::to_string(kMaxTensorBytes >> 20) +
                " MiB, the largest memory that this processor takes; use a smaller network");
  }
  for (std::size_t i = 0; i < entries(graph.tensors()); ++i) {
    const tflite::Tensor &stored = *graph.tensors()->Get(static_cast<flatbuffers::uoffset_t>(i));
    tensors.push_back(readTensor(model, stored, placeOf(stored, i, place)));
  }
  return tensors;
}

} // namespace xs3::compiler
