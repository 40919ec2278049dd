// xs3 asm: assembly to an object file.
#include "asm/assemble.h"
#include "base/file.h"
#include "sim/cli/verb.h"

#include <algorithm>

namespace xs3::cli {
namespace {

struct Job {
  std::string source;
  std::string object;
};

// a.S -> a.o in the same folder.
std::string objectName(const std::string &source) {
  const std::size_t dot = source.rfind('.');
  const std::size_t slash = source.rfind('/');
  const bool hasSuffix = dot != std::string::npos && (slash == std::string::npos || dot > slash);
  return (hasSuffix ? source.substr(0, dot) : source) + ".o";
}

// "a.o: a.S inc.h data.bin", as make reads it.
std::string makeRule(const Job &job, const std::vector<std::string> &dependencies) {
  std::string rule = job.object + ": " + job.source;
  for (const std::string &name : dependencies)
    rule += " \\\n  " + name;
  return rule + "\n";
}

// Prints all diagnostics; false when there is an error among them.
bool report(const assembler::AssembleResult &result, Console &console) {
  for (const assembler::Diagnostic &d : result.diagnostics) {
    if (d.kind == assembler::Diagnostic::Kind::Error)
      console.error(d.text());
    else if (d.kind == assembler::Diagnostic::Kind::Warning)
      console.warning(d.text());
    else
      console.note(d.text());
  }
  return !result.hasErrors();
}

int runAsm(Invocation &invocation) {
  assembler::AssembleOptions assembleOptions;
  std::vector<std::string> sources;
  std::optional<std::string> output;
  std::optional<std::string> listing;
  // Spelled as by other assemblers, with one dash.
  std::replace(invocation.arguments.begin(), invocation.arguments.end(), std::string("-MD"),
               std::string("--MD"));
  Options options(invocation);
  options.value("output,o", "FILE.o", output, "the object to write (default: beside the source)");
  options.value("listing", "FILE", listing, "write address, bytes and source of each line there");
  options.flag("debug,g", assembleOptions.debugLines, "note the source lines for debuggers");
  options.values("include,I", "FOLDER", assembleOptions.includeFolders,
                 "look there for what is included");
  options.values("define,D", "NAME[=VALUE]", assembleOptions.definitions,
                 "define a macro of the C preprocessor");
  options.flag("MD", assembleOptions.dependencies,
               "write what the object depends on beside it (.d), for make");
  options.positional("FILE.S", sources, 1);
  if (!options.parse())
    return 0;
  if (sources.size() > 1 && (output || listing))
    throw UsageError("error: -o and --listing name one file, and there are " +
                     std::to_string(sources.size()) + " sources; give one at a time");
  assembleOptions.listing = listing.has_value();

  int status = 0;
  for (const std::string &source : sources) {
    const Job job{source, output.value_or(objectName(source))};
    assembleOptions.preprocess = source.ends_with(".S") || !assembleOptions.definitions.empty();
    const auto result = assembler::assemble(readTextFile(source),
                                            source == "-" ? "<stdin>" : source, assembleOptions);
    if (!report(result, invocation.console)) {
      status = 1;
      continue;
    }
    writeFile(job.object, result.object);
    if (listing)
      writeFile(*listing, std::string_view(result.listing));
    if (assembleOptions.dependencies)
      writeFile(job.object.substr(0, job.object.rfind('.')) + ".d",
                std::string_view(makeRule(job, result.dependencies)));
  }
  return status;
}

} // namespace

extern const Verb kAsmVerb;
const Verb kAsmVerb = {
    "asm",
    "assemble to an object file",
    "[OPTION...] FILE.S... [-o FILE.o]",
    R"(Assembles XMOS syntax, in single and dual issue, to ELF objects. Files named .S pass through the C
preprocessor when they hold lines that begin with #. All errors of a file are told at once.)",
    "xs3 asm kernel.S -o kernel.o",
    runAsm};

} // namespace xs3::cli
