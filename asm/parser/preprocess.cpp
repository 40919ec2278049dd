// Runs a C preprocessor over assembly: text through a temporary file, back through another.
#include "asm/parser/preprocess.h"

#include "base/error.h"

#include <llvm/ADT/SmallString.h>
#include <llvm/Support/FileSystem.h>
#include <llvm/Support/FileUtilities.h>
#include <llvm/Support/MemoryBuffer.h>
#include <llvm/Support/Path.h>
#include <llvm/Support/Program.h>
#include <llvm/Support/raw_ostream.h>

#include <array>

namespace xs3::assembler {

using namespace llvm;

namespace {

std::string findPreprocessor() {
  for (const char *name : {"clang-19", "clang", "gcc", "cc"})
    if (auto path = sys::findProgramByName(name))
      return *path;
  throw Error("this source needs the C preprocessor, and none of clang-19, clang, gcc, cc is "
              "installed; install clang-19");
}

SmallString<128> temporaryFile(const char *suffix) {
  SmallString<128> path;
  if (const auto failure = sys::fs::createTemporaryFile("xs3", suffix, path))
    throw Error("cannot make a temporary file: " + failure.message());
  return path;
}

std::string readAndDrop(const SmallString<128> &path) {
  const auto buffer = MemoryBuffer::getFile(path);
  return buffer ? (*buffer)->getBuffer().str() : std::string();
}

} // namespace

bool wantsPreprocessor(std::string_view text, const AssembleOptions &options) {
  return !options.definitions.empty() || text.starts_with('#') ||
         text.find("\n#") != std::string_view::npos;
}

Preprocessed preprocess(std::string_view text, const std::string &fileName,
                        const AssembleOptions &options) {
  const std::string program = findPreprocessor();
  const auto input = temporaryFile("S");
  const auto output = temporaryFile("s");
  const auto messages = temporaryFile("txt");
  FileRemover removeInput(input);
  FileRemover removeOutput(output);
  FileRemover removeMessages(messages);
  {
    std::error_code failure;
    raw_fd_ostream file(input, failure);
    // The first line gives the text its real name in messages, markers and __FILE__.
    file << "#line 1 \"" << fileName << "\"\n" << StringRef(text.data(), text.size());
  }
  SmallString<128> folder(fileName);
  sys::path::remove_filename(folder);
  std::vector<std::string> arguments = {
      program,         "-E",          "-x", "assembler-with-cpp", "-undef", "-D__ASSEMBLER__=1",
      "-D__xcore__=1", "-D__XS3A__=1"};
  arguments.push_back("-iquote" + (folder.empty() ? std::string(".") : folder.str().str()));
  for (const std::string &include : options.includeFolders)
    arguments.push_back("-I" + include);
  for (const std::string &definition : options.definitions)
    arguments.push_back("-D" + definition);
  arguments.push_back("-"); // named files would show up in markers and dependencies
  const std::vector<StringRef> views(arguments.begin(), arguments.end());
  const std::array<std::optional<StringRef>, 3> redirects = {StringRef(input), StringRef(output),
                                                             StringRef(messages)};
  std::string why;
  const int status = sys::ExecuteAndWait(program, views, std::nullopt, redirects, 0, 0, &why);
  Preprocessed result{.text = readAndDrop(output), .messages = readAndDrop(messages)};
  result.failed = status != 0;
  if (result.failed && result.messages.empty())
    result.messages = program + ": " + why;
  return result;
}

} // namespace xs3::assembler
