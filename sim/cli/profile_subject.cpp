#include "sim/cli/profile_subject.h"

#include "asm/link/sha256.h"
#include "base/file.h"
#include "kernels/compiler/compile.h"
#include "kernels/compiler/import/import.h"
#include "sim/cli/profile_input.h"
#include "sim/cli/version.h"

#include <algorithm>

namespace xs3::cli {
namespace {

bool isProgram(const std::string &path, std::span<const std::uint8_t> file) {
  constexpr std::string_view kElf = "\x7f"
                                    "ELF";
  return path.ends_with(".xe") || path.ends_with(".elf") || assembler::isXe(file) ||
         std::string_view(reinterpret_cast<const char *>(file.data()), file.size())
             .starts_with(kElf);
}

void readProgram(Subject &subject, const ProfileRequest &request,
                 std::span<const std::uint8_t> file) {
  if (request.threads)
    throw UsageError("error: --threads is for models; the threads of a program were fixed when "
                     "it was compiled");
  subject.program = assembler::readProgram(file, request.path);
  subject.programSha256 = assembler::sha256(file);
}

void compileModel(Subject &subject, const ProfileRequest &request,
                  std::span<const std::uint8_t> file, const sim::MachineDescription &machine) {
  if (request.model)
    throw UsageError("error: --model is for a program; " + request.path + " is a model itself");
  compiler::CompileOptions options;
  options.threads = static_cast<unsigned>(
      request.threads.value_or(std::min(compiler::kDefaultThreads, machine.architecture.threads)));
  subject.network = compiler::importNetwork(file, request.path);
  subject.program =
      compiler::compile(*subject.network, assembler::sha256(file), machine, options).program;
  subject.programSha256 = assembler::sha256(assembler::writeXe(subject.program));
}

/// The model that a program was made from, for its reference.
void readModelOf(Subject &subject, const ProfileRequest &request) {
  if (!subject.note)
    throw Error(request.path + ": error: the program does not describe its network, so --model "
                               "cannot be held against it; compile the model again");
  const std::vector<std::uint8_t> file = readFile(*request.model);
  if (assembler::sha256(file) != subject.note->modelSha256)
    throw Error(*request.model + ": error: " + request.path +
                " was compiled from another model, '" + subject.note->model + "'");
  subject.network = compiler::importNetwork(file, *request.model);
}

} // namespace

std::size_t Subject::classes() const {
  if (!note || note->outputs.empty())
    return 0;
  const std::vector<std::uint32_t> &shape = note->outputs.front().shape;
  const bool isList = !shape.empty() && std::all_of(shape.begin(), shape.end() - 1,
                                                    [](std::uint32_t size) { return size == 1; });
  return isList && shape.back() > 1 ? shape.back() : 0;
}

Subject prepareSubject(const ProfileRequest &request, const sim::MachineDescription &machine) {
  const std::vector<std::uint8_t> file = readFile(request.path);
  Subject subject;
  if (isProgram(request.path, file))
    readProgram(subject, request, file);
  else
    compileModel(subject, request, file, machine);
  if (const auto note = subject.program.note(assembler::kNetworkNoteSection))
    subject.note = assembler::parseNetworkNote(*note, request.path);
  subject.modelSha256 = subject.note ? subject.note->modelSha256 : "";
  if (request.model)
    readModelOf(subject, request);
  return subject;
}

profile::MemoryRange placeOf(const assembler::NetworkTensor &tensor, const Subject &subject,
                             const std::string &programName,
                             const sim::MachineDescription &machine) {
  const assembler::Symbol *symbol = subject.program.find(tensor.symbol);
  const std::size_t bytes = arrayBytes(tensor.dtype, arrayShape(tensor));
  const auto liesIn = [&](Address base, std::uint32_t size) {
    const std::uint64_t offset = symbol ? std::uint64_t{symbol->value} - base : ~std::uint64_t{0};
    return offset <= size && bytes <= size - offset;
  };
  const sim::Architecture &tile = machine.architecture;
  if (!liesIn(tile.sramBase, tile.sramBytes) && !liesIn(tile.externalBase, tile.externalBytes))
    throw Error(programName + ": error: the tensor '" + tensor.symbol +
                "' that the program describes does not lie in the memory of '" + machine.name +
                "'; compile the model again");
  return {symbol->value, static_cast<std::uint32_t>(bytes)};
}

profile::Provenance provenanceOf(const Invocation &invocation, const Subject &subject,
                                 const sim::MachineDescription &machine) {
  const std::string text = sim::canonicalText(machine);
  const std::span bytes(reinterpret_cast<const std::uint8_t *>(text.data()), text.size());
  return {invocation.commandLine(), std::string(version()), subject.modelSha256,
          assembler::sha256(bytes), subject.programSha256};
}

int statusOf(const sim::Outcome &outcome) {
  switch (outcome.kind) {
  case sim::Outcome::Kind::Exit:
    return outcome.status;
  case sim::Outcome::Kind::Limit:
    return 124;
  case sim::Outcome::Kind::Deadlock:
    return 125;
  case sim::Outcome::Kind::Trap:
    return 132;
  case sim::Outcome::Kind::Unspecified:
    return 133;
  case sim::Outcome::Kind::Unimplemented:
    break;
  }
  return 70;
}

std::vector<std::string> readLabels(const std::string &path, const Subject &subject) {
  std::vector<std::string> labels;
  const std::string text = readTextFile(path);
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    std::string label = text.substr(at, end - at);
    std::erase_if(label, [](unsigned char c) { return c < 0x20 || c == 0x7f; });
    labels.push_back(std::move(label));
    at = end + 1;
  }
  while (!labels.empty() && labels.back().empty())
    labels.pop_back();
  const std::size_t classes = subject.classes();
  if (classes == 0)
    throw Error(path + ": error: the network's output is no list of class scores, so its classes "
                       "cannot be named; leave out --labels");
  if (labels.size() != classes)
    throw Error(path + ": error: it names " + std::to_string(labels.size()) +
                (labels.size() == 1 ? " class" : " classes") + ", and the network has " +
                std::to_string(classes) + "; one name a line is wanted");
  return labels;
}

} // namespace xs3::cli
