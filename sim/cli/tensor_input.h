// How a file becomes an input tensor: as it is, from real numbers, from an image, from sound.
#pragma once

#include "asm/link/network_note.h"
#include "sim/cli/npy.h"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace xs3::cli {

enum class InputKind : std::uint8_t {
  Auto,   ///< By the file's ending; an .npy file of floats for a quantized input is Real.
  Tensor, ///< The tensor's own bytes.
  Real,   ///< An .npy file of float16, float32 or float64: quantized as the tensor wants it.
  Image,  ///< PNG, PGM or PPM.
  Wav     ///< One second of sound, as log-mel features.
};

struct InputOptions {
  InputKind kind = InputKind::Auto;
  double pixelLow = -1, pixelHigh = 1; ///< What black and white are to the network.
};

/// From the words of --input-as ("auto", "tensor", "real", "image", "wav") and --pixel-range
/// ("-1..1"). Throws UsageError.
InputOptions parseInputOptions(std::string_view kind, std::string_view pixelRange);

/// Bytes of a tensor and how they were made.
struct InputTensor {
  std::vector<std::uint8_t> bytes;
  std::string conversion; ///< "as it is", "image, grey values 0 to 255 as -1 to 1, quantized".
};

/// Reads a file for the tensor. Images must have the tensor's height, width and channels (1 or 3);
/// sound must be what kws features are made of (log_mel.h). Nothing is resized, cut or converted
/// silently. Throws Error naming the file and what is wanted.
InputTensor readInput(const std::string &path, const assembler::NetworkTensor &tensor,
                      const InputOptions &options);

/// Real numbers as the tensor's elements: itself for float32; round(x / scale) + zero point for
/// quantized int8, uint8 and int16, computed in float32, halves to even, clipped (what the
/// networks' training scripts do with numpy). Throws Error for another tensor.
std::vector<std::uint8_t> quantized(std::span<const float> values,
                                    const assembler::NetworkTensor &tensor);

/// The float16, float32 or float64 elements of an array as float32; nothing for another type.
std::optional<std::vector<float>> floatsOf(const Array &array);

/// The pixels of an image, of `most` = white, as the tensor's elements.
std::vector<std::uint8_t> pixelsToTensor(std::span<const std::uint16_t> pixels, unsigned most,
                                         const assembler::NetworkTensor &tensor,
                                         const InputOptions &options);

/// "grey values 0 to 255 as -1 to 1": what pixelsToTensor does.
std::string describePixels(unsigned most, const assembler::NetworkTensor &tensor,
                           const InputOptions &options);

/// ", quantized to int8 with scale 0.00784314 and zero point 0"; empty for floats.
std::string describeQuantization(const assembler::NetworkTensor &tensor);

} // namespace xs3::cli
