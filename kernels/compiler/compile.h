// The door of the compiler: a .tflite file to a program that stands alone.
#pragma once

#include "asm/link/program.h"
#include "kernels/compiler/import/network.h"
#include "sim/machines/description.h"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace xs3::compiler {

/// What the verbs compile for when they are not told: as many threads as take all of a tile's
/// slots.
inline constexpr unsigned kDefaultThreads = 5;

struct CompileOptions {
  unsigned threads = 1; ///< That share each layer's work.
};

/// A file that the compiler made on its way: the network's assembly, kernels, weights.
struct EmittedFile {
  std::string name; ///< Below the folder of --emit-asm: "network.S".
  std::vector<std::uint8_t> bytes;
};

struct Compiled {
  assembler::Program program; ///< With the note of asm/link/network_note.h.
  std::vector<EmittedFile> sources;
};

/// Compiles a model for a machine. `name` is the file's name for messages and for the note. The
/// same bytes for the same model, options and machine. Throws Error: no model, an operator that is
/// not supported, a number of threads that is not possible, a network that does not fit.
Compiled compile(std::span<const std::uint8_t> model, const std::string &name,
                 const sim::MachineDescription &machine, const CompileOptions &options = {});

/// The same for a network that is imported already; `modelSha256` goes into the note.
Compiled compile(const Network &network, const std::string &modelSha256,
                 const sim::MachineDescription &machine, const CompileOptions &options = {});

/// An operator that can be compiled, as `xs3 ops` prints it.
struct SupportedOperator {
  std::string_view name;   ///< As in the file: "LceBconv2d".
  std::string_view limits; ///< One line: types, shapes, options that are taken.
};
std::span<const SupportedOperator> supportedOperators();

} // namespace xs3::compiler
