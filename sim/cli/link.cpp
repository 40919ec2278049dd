// xs3 link: objects and archives to a program.
#include "asm/link/link.h"
#include "base/file.h"
#include "kernels/runtime_archive.h"
#include "sim/cli/machine_choice.h"

namespace xs3::cli {
namespace {

int runLink(Invocation &invocation) {
  std::vector<std::string> files;
  std::string output;
  std::optional<std::string> mapFile;
  bool noRuntime = false;
  MachineChoice machine;
  assembler::LinkOptions linkOptions;
  Options options(invocation);
  options.value("output,o", "PROGRAM.xe", output, "the program to write; NAME.elf for plain ELF");
  options.value("map", "FILE", mapFile, "write what was placed where");
  options.value("entry", "SYMBOL", linkOptions.entry, "where the program starts (_start)");
  options.flag("no-runtime", noRuntime, "take no start-up code and no services from the run-time");
  machine.addTo(options);
  options.positional("FILE.o|FILE.a", files, 1);
  if (!options.parse())
    return 0;
  if (output.empty())
    throw UsageError("error: say with -o which program to write");

  const sim::Architecture architecture = machine.load().architecture;
  linkOptions.memoryBase = architecture.sramBase;
  linkOptions.memoryBytes = architecture.sramBytes;
  linkOptions.externalBase = architecture.externalBase;
  linkOptions.externalBytes = architecture.externalBytes;
  std::vector<assembler::LinkInput> inputs;
  for (const std::string &file : files)
    inputs.push_back({file, readFile(file)});
  if (!noRuntime)
    inputs.push_back(kernels::runtimeArchive());
  std::vector<assembler::Placement> placements;
  const assembler::Program program = assembler::link(inputs, linkOptions, &placements);
  if (mapFile)
    writeFile(*mapFile, assembler::linkMap(program, placements));
  writeFile(output,
            output.ends_with(".elf") ? assembler::writeElf(program) : assembler::writeXe(program));
  return 0;
}

} // namespace

extern const Verb kLinkVerb;
const Verb kLinkVerb = {
    "link",
    "objects and archives to a program",
    "[OPTION...] FILE.o|FILE.a... -o PROGRAM.xe",
    R"(Links objects, and of archives the members that are needed, into the program of one tile. The
run-time is added: start-up code that sets the pools and the stack, clears .dp.bss, calls main by
the calling convention and exits with its result, and the services (exit, xs3_write, xs3_print).
The linker defines _cp, _dp, _sp, __bss_start/end, __heap_start/end and __init_array_start/end.)",
    "xs3 asm hello.S -o hello.o\n"
    "xs3 link hello.o -o hello.xe --map hello.map",
    runLink};

} // namespace xs3::cli
