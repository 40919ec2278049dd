// The flatbuffer of a .tflite file, opened. Only the importer's own files include this: it brings
// FlatBuffers' headers.
#pragma once

#include "kernels/compiler/import/network.h"
#include "kernels/compiler/import/place.h"

#include "tflite_generated.h"

#include <cstdint>
#include <span>

namespace xs3::compiler {

/// Limits that keep absurd files cheap. No device that an xcore.ai can carry holds more than 128
/// MiB (isa/resources.md section 1: the largest LPDDR).
inline constexpr std::int64_t kMaxTensorBytes = std::int64_t{128} << 20;
inline constexpr std::size_t kMaxDimensions = 8;
/// Of a stride, a dilation or a pooling window in one direction.
inline constexpr std::int64_t kMaxWindowStep = 32767;

/// The model inside `file`, after every offset in it was found to stay inside the file. `file` must
/// be aligned to 8 bytes and outlive the result. Throws Error.
const tflite::Model &openModel(std::span<const std::uint8_t> file, const Place &place);

/// The tensors of a graph with their constants. Throws Error.
std::vector<Tensor> readTensors(const tflite::Model &model, const tflite::SubGraph &graph,
                                const Place &place);

/// The options of an operator whose kind is known; those that stand in input tensors (MEAN, PAD)
/// are left for checkOperator. Throws Error.
Options readOptions(const tflite::Operator &stored, const Operator &op, const Place &place);

/// A vector of a flatbuffer as a span; absent is empty.
template <typename T> std::span<const T> elements(const flatbuffers::Vector<T> *vector) {
  return vector ? std::span<const T>(vector->data(), vector->size()) : std::span<const T>();
}

/// The number of entries of a vector of tables; absent is 0.
template <typename T>
std::size_t entries(const flatbuffers::Vector<flatbuffers::Offset<T>> *vector) {
  return vector ? vector->size() : 0;
}

} // namespace xs3::compiler
