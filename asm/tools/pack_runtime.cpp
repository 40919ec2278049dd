// A tool of the build: assembles the run-time and the kernels, packs the objects into an archive
// and writes it as a C++ array, so that the program needs no file beside it.
//
//   xs3_pack_runtime ROOT OUT.cpp FILE.S...      (files relative to ROOT, as are their .includes)
#include "asm/assemble.h"
#include "asm/link/archive.h"
#include "base/error.h"
#include "base/file.h"

#include <algorithm>
#include <cstdio>

namespace xs3::assembler {
namespace {

/// "kernels/bconv2d/bits.S" becomes "bconv2d_bits.o".
std::string memberName(const std::string &file) {
  std::string name = file.substr(file.find('/') + 1);
  name = name.substr(0, name.rfind('.')) + ".o";
  std::replace(name.begin(), name.end(), '/', '_');
  return name;
}

/// Assembles one file; prints what is wrong with it. Nothing when it has errors.
std::vector<std::uint8_t> object(const std::string &root, const std::string &file) {
  AssembleOptions options;
  options.includeFolders = {root};
  AssembleResult result = assemble(readTextFile(root + "/" + file), file, options);
  for (const Diagnostic &diagnostic : result.diagnostics)
    std::fprintf(stderr, "%s/%s\n", root.c_str(), diagnostic.text().c_str());
  return result.hasErrors() ? std::vector<std::uint8_t>() : std::move(result.object);
}

std::string source(std::span<const std::uint8_t> bytes) {
  std::string text = "// Made by asm/tools/pack_runtime.cpp.\n#include <cstddef>\n#include "
                     "<cstdint>\n\nnamespace xs3::kernels {\n\n"
                     "extern const std::uint8_t kRuntimeArchive[];\n"
                     "extern const std::size_t kRuntimeArchiveBytes;\n"
                     "const std::uint8_t kRuntimeArchive[] = {";
  for (std::size_t i = 0; i < bytes.size(); ++i)
    text += (i % 20 == 0 ? "\n" : "") + std::to_string(bytes[i]) + ",";
  return text + "};\nconst std::size_t kRuntimeArchiveBytes = sizeof kRuntimeArchive;\n\n"
                "} // namespace xs3::kernels\n";
}

int run(const std::string &root, const std::string &out, std::vector<std::string> files) {
  std::sort(files.begin(), files.end());
  std::vector<std::vector<std::uint8_t>> objects;
  for (const std::string &file : files)
    objects.push_back(object(root, file));
  std::vector<ArchiveMember> members;
  for (std::size_t i = 0; i < files.size(); ++i) {
    if (objects[i].empty())
      return 1;
    members.push_back({memberName(files[i]), objects[i]});
  }
  writeFile(out, source(writeArchive(members)));
  return 0;
}

} // namespace
} // namespace xs3::assembler

int main(int count, char **arguments) {
  if (count < 4) {
    std::fprintf(stderr, "usage: xs3_pack_runtime ROOT OUT.cpp FILE.S...\n");
    return 2;
  }
  try {
    return xs3::assembler::run(arguments[1], arguments[2], {arguments + 3, arguments + count});
  } catch (const xs3::Error &error) {
    std::fprintf(stderr, "%s\n", error.what());
    return error.exitStatus;
  }
}
