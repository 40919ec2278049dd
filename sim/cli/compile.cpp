// xs3 compile: a network to a program that stands alone.
#include "kernels/compiler/compile.h"
#include "base/file.h"
#include "sim/cli/machine_choice.h"

#include <filesystem>

namespace xs3::cli {
namespace {

void writeSources(const std::string &folder, const compiler::Compiled &compiled) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error)
    throw Error(folder + ": error: this folder cannot be made: " + error.message());
  for (const compiler::EmittedFile &file : compiled.sources)
    writeFile(folder + "/" + file.name, file.bytes);
}

int runCompile(Invocation &invocation) {
  std::vector<std::string> models;
  std::string output;
  MachineChoice machine;
  std::optional<std::string> folder;
  std::optional<std::uint64_t> threads;
  Options options(invocation);
  options.value("output,o", "PROGRAM.xe", output, "the program to write");
  options.value("threads", "N", threads, "hardware threads that share each layer's work (5)");
  machine.addTo(options);
  options.value("emit-asm", "FOLDER", folder, "write the program's assembly and its data there");
  options.positional("MODEL.tflite", models, 1, 1);
  if (!options.parse())
    return 0;
  if (output.empty() && !folder)
    throw UsageError("error: say with -o which program to write, or with --emit-asm which folder");

  const sim::MachineDescription description = machine.load();
  compiler::CompileOptions compileOptions;
  compileOptions.threads = std::min(compiler::kDefaultThreads, description.architecture.threads);
  if (threads)
    compileOptions.threads =
        static_cast<unsigned>(std::min<std::uint64_t>(*threads, ~std::uint32_t{0}));
  const compiler::Compiled compiled =
      compiler::compile(readFile(models.front()), models.front(), description, compileOptions);
  if (folder)
    writeSources(*folder, compiled);
  if (!output.empty())
    writeFile(output, assembler::writeXe(compiled.program));
  return 0;
}

} // namespace

extern const Verb kCompileVerb;
const Verb kCompileVerb = {
    "compile",
    "a network as a stand-alone program",
    "[OPTION...] MODEL.tflite -o PROGRAM.xe",
    R"(Compiles a TensorFlow Lite network, binary operators of Larq Compute Engine included, for one tile.
The program needs nothing else: fill its symbols input0, input1, ... and run it, its results are at
output0, output1, ... Around each layer stand the labels layer.NAME and layer.NAME.end.
With --emit-asm the same program is written as assembly, to be read, changed and built again.)",
    "xs3 compile digits_bnn.tflite -o digits.xe\n"
    "xs3 run digits.xe --load input0=digit.bin --dump output0=scores.bin",
    runCompile};

} // namespace xs3::cli
