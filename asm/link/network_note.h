// What a compiled network's program says about itself: the note section ".xs3.network".
//
// The compiler writes it, the profiler reads it, so a report needs nothing but the program. It is
// JSON, is not loaded, and its schema is "xs3.network/1":
//
//   {"schema": "xs3.network/1", "model": "digits_bnn.tflite", "model_sha256": "...", "threads": 1,
//    "copy_threads": 0,
//    "inputs": [{"name": "image", "symbol": "input0", "shape": [1, 8, 8, 1], "dtype": "int8",
//                "scale": 0.0078, "zero_point": 0}],
//    "outputs": [the same],
//    "layers": [{"index": 4, "name": "004_LceBMaxPool2d", "operator": "LceBMaxPool2d",
//                "output_shape": [1, 4, 4, 2], "output_symbol": "tensor9", "output_dtype": "int32",
//                "macs_binary": 0, "macs_int8": 0}],
//    "memory_map": {"code_bytes": 0, "weight_bytes": 0, "arena_bytes": 0, "stack_bytes": 0,
//                   "scratch_bytes": 0, "stream_bytes": 0, "external_bytes": 0,
//                   "external_weight_bytes": 0}}
//
// A program without "copy_threads", "stream_bytes" and "external_weight_bytes" has none of them.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace xs3::assembler {

inline constexpr std::string_view kNetworkNoteSection = ".xs3.network";

/// An input or output of the network.
struct NetworkTensor {
  std::string name;   ///< As in the model file; may be empty.
  std::string symbol; ///< Where its first byte stands: "input0".
  std::vector<std::uint32_t> shape;
  std::string dtype; ///< numpy's name: "int8", "float32", "int32" (also packed binary values).
  /// real = scale * (value - zeroPoint); absent where the tensor is not quantized.
  std::optional<double> scale;
  std::int32_t zeroPoint = 0;
};

/// One operator of the network, which runs between the labels startLabel() and endLabel().
struct NetworkLayer {
  std::uint32_t index = 0; ///< Its number in the model file.
  std::string name;        ///< "004_LceBMaxPool2d"
  std::string operatorName;
  std::vector<std::uint32_t> outputShape;
  std::string outputSymbol; ///< Where its result stands when it ends; empty where it has none.
  std::string outputDtype;
  std::uint64_t macsBinary = 0; ///< Multiply-accumulates of one bit by one bit.
  std::uint64_t macsInt8 = 0;   ///< Of int8 (or wider, or float) values.

  std::string startLabel() const { return "layer." + name; }
  std::string endLabel() const { return "layer." + name + ".end"; }
};

/// Bytes of the tile's SRAM by use; what lies in external memory counts as externalBytes alone.
/// What the sum leaves of the SRAM is free.
struct MemoryMap {
  std::uint64_t codeBytes = 0; ///< With the tables that it works from and what pads them.
  std::uint64_t weightBytes = 0;
  std::uint64_t arenaBytes = 0; ///< Tensors, without stacks and scratch.
  std::uint64_t stackBytes = 0;
  std::uint64_t scratchBytes = 0;
  /// For copies of weights, beside the arena, whose free places they use as well.
  std::uint64_t streamBytes = 0;
  std::uint64_t externalBytes = 0;       ///< Weights and tensors.
  std::uint64_t externalWeightBytes = 0; ///< Of them.
};

struct NetworkNote {
  std::string model;         ///< The model's file name, without folders.
  std::string modelSha256;   ///< 64 hex digits.
  std::uint32_t threads = 1; ///< That compute: numbers 0 and up.
  /// That copy weights meanwhile, numbered behind them: 0 or 1. Their slots are no share of a
  /// layer's work.
  std::uint32_t copyThreads = 0;
  std::vector<NetworkTensor> inputs, outputs;
  std::vector<NetworkLayer> layers; ///< In the order of execution.
  MemoryMap memoryMap;
};

/// The note's bytes: one line of JSON, always the same for the same note.
std::string formatNetworkNote(const NetworkNote &note);

/// Reads a note's bytes. Unknown keys are passed over. Throws Error naming `fileName` and what is
/// wrong: text that is no JSON, another schema, a missing key, a value that cannot be.
NetworkNote parseNetworkNote(std::span<const std::uint8_t> bytes, const std::string &fileName);

} // namespace xs3::assembler
