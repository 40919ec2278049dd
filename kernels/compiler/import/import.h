// Reads a .tflite file into a Network.
#pragma once

#include "kernels/compiler/import/network.h"

#include <cstdint>
#include <span>
#include <string>

namespace xs3::compiler {

/// Reads a TensorFlow Lite flatbuffer, with the custom operators of Larq Compute Engine. `name` is
/// the file's name for messages. Shapes computed at run time from a fixed shape (SHAPE,
/// STRIDED_SLICE, PACK) are folded into constants. Throws xs3::Error, one sentence, for anything
/// that is not a complete and consistent network; operators that it does not know are kept as
/// OperatorKind::Unknown for the lowering to refuse.
Network importNetwork(std::span<const std::uint8_t> file, const std::string &name);

} // namespace xs3::compiler
