#include "kernels/compiler/compile.h"

#include "asm/assemble.h"
#include "asm/link/link.h"
#include "asm/link/sha256.h"
#include "base/error.h"
#include "kernels/compiler/emit/assembly.h"
#include "kernels/compiler/emit/note.h"
#include "kernels/compiler/import/import.h"
#include "kernels/compiler/import/place.h"
#include "kernels/compiler/lower/kernel_table.h"
#include "kernels/compiler/lower/lower.h"
#include "kernels/runtime_archive.h"

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace xs3::compiler {
namespace {

Bytes bytesOf(std::string_view text) { return {text.begin(), text.end()}; }

/// One compilation: what its steps hand to each other.
class Compilation {
public:
  Compilation(const Network &network, const std::string &modelSha256,
              const sim::MachineDescription &machine, const CompileOptions &options)
      : machine_(machine), network_(network) {
    checkThreads(options.threads);
    plan_ = lower(network_, options.threads);
    note_ = networkNote(network_, plan_);
    note_.modelSha256 = modelSha256;
    note_.memoryMap.stackBytes = linkOptions().stackBytes + plan_.teamStackBytes();
    checkData();
  }

  Compiled run() {
    Compiled compiled;
    compiled.program = link(assemble());
    // The code's size is known only now. The note is not loaded, so nothing moves.
    note_.memoryMap.codeBytes = codeBytes(compiled.program);
    for (assembler::Note &note : compiled.program.notes)
      if (note.name == assembler::kNetworkNoteSection)
        note.bytes = bytesOf(assembler::formatNetworkNote(note_));
    compiled.sources = files();
    compiled.sources.insert(compiled.sources.begin(),
                            {std::string(kAssemblyFile), bytesOf(assembly_)});
    return compiled;
  }

private:
  [[noreturn]] void fail(const std::string &sentence) const {
    Place(network_.fileName).fail(sentence);
  }

  void checkThreads(unsigned threads) const {
    const unsigned most = std::min(machine_.architecture.threads, kernels::kMostThreads);
    if (threads < 1 || threads > most)
      throw Error("error: a network cannot be compiled for " + std::to_string(threads) +
                  " threads; the most that its layers can share is " + std::to_string(most));
  }

  assembler::LinkOptions linkOptions() const {
    assembler::LinkOptions options;
    options.memoryBase = machine_.architecture.sramBase;
    options.memoryBytes = machine_.architecture.sramBytes;
    return options;
  }

  /// Weights, tensors, scratch and stack alone: says that a network is too large before anything of
  /// that size is made.
  void checkData() const {
    const assembler::MemoryMap &map = note_.memoryMap;
    const std::uint64_t wanted =
        map.weightBytes + map.arenaBytes + map.scratchBytes + map.stackBytes;
    if (wanted > machine_.architecture.sramBytes)
      failTooLarge("even without its code ", wanted);
  }

  [[noreturn]] void failTooLarge(const std::string &qualification, std::uint64_t wanted) const {
    const std::uint64_t capacity = machine_.architecture.sramBytes;
    const assembler::MemoryMap &map = note_.memoryMap;
    fail("the network does not fit: " + qualification + "it needs " + std::to_string(wanted) +
         " bytes, " + std::to_string(wanted - capacity) + " more than the " +
         std::to_string(capacity) + " bytes of a tile's memory on " + machine_.name + " (weights " +
         std::to_string(map.weightBytes) + ", tensors " + std::to_string(map.arenaBytes) +
         ", scratch " + std::to_string(map.scratchBytes) + ", stacks " +
         std::to_string(map.stackBytes) + "); its largest tensors are " + largestTensors());
  }

  std::string largestTensors() const {
    std::vector<std::size_t> order;
    for (std::size_t i = 0; i < network_.tensors.size(); ++i)
      order.push_back(i);
    std::sort(order.begin(), order.end(), [this](std::size_t a, std::size_t b) {
      return std::pair(network_.tensors[b].bytes(), a) < std::pair(network_.tensors[a].bytes(), b);
    });
    std::string text;
    for (std::size_t i = 0; i < std::min<std::size_t>(3, order.size()); ++i) {
      const Tensor &tensor = network_.tensors[order[i]];
      text += (i == 0 ? "" : ", ") + std::to_string(order[i]) + " " + quoted(tensor.name) + " (" +
              describe(tensor) + ", " + std::to_string(tensor.bytes()) + " bytes)";
    }
    return text;
  }

  /// What network.S includes.
  std::vector<EmittedFile> files() const {
    std::vector<EmittedFile> files;
    for (const WeightBlob &blob : plan_.weights)
      files.push_back({weightFile(blob), blob.bytes});
    files.push_back({std::string(kNoteFile), bytesOf(assembler::formatNetworkNote(note_))});
    return files;
  }

  Bytes assemble() {
    assembly_ = emitAssembly(network_, plan_);
    assembler::AssembleOptions options;
    for (EmittedFile &file : files())
      options.virtualFiles.emplace_back(std::move(file.name), std::move(file.bytes));
    assembler::AssembleResult result =
        assembler::assemble(assembly_, std::string(kAssemblyFile), options);
    if (result.hasErrors())
      throw std::logic_error("the emitted assembly is wrong: " + result.diagnostics[0].text());
    return std::move(result.object);
  }

  assembler::Program link(Bytes object) const {
    const std::vector<assembler::LinkInput> inputs = {{"network.o", std::move(object)},
                                                      kernels::runtimeArchive()};
    assembler::LinkOptions options = linkOptions();
    try {
      return assembler::link(inputs, options);
    } catch (const Error &) {
      // If only the memory was too small, say so in the network's words; else let it pass on.
      options.memoryBytes = 0x7fffffff - options.memoryBase;
      failTooLarge("", usedBytes(assembler::link(inputs, options)));
    }
  }

  std::uint64_t usedBytes(const assembler::Program &program) const {
    std::uint64_t end = 0;
    for (const assembler::Segment &segment : program.segments)
      end = std::max<std::uint64_t>(end, std::uint64_t{segment.address} + segment.memorySize);
    constexpr std::uint64_t kBehindStack = 8; // The highest place of the stack, see link.h.
    return end - machine_.architecture.sramBase + linkOptions().stackBytes + kBehindStack;
  }

  static std::uint64_t codeBytes(const assembler::Program &program) {
    std::uint64_t bytes = 0;
    for (const assembler::Segment &segment : program.segments)
      if (segment.executable)
        bytes += segment.memorySize;
    return bytes;
  }

  const sim::MachineDescription &machine_;
  const Network &network_;
  Plan plan_;
  assembler::NetworkNote note_;
  std::string assembly_;
};

/// One entry per row of the kernel table, its forms in front of its limits.
std::vector<std::string> limitTexts() {
  std::vector<std::string> texts;
  for (const KernelRow &row : kernelTable())
    texts.push_back(describeForm(row) + ": " + std::string(row.limits));
  return texts;
}

} // namespace

Compiled compile(std::span<const std::uint8_t> model, const std::string &name,
                 const sim::MachineDescription &machine, const CompileOptions &options) {
  return compile(importNetwork(model, name), assembler::sha256(model), machine, options);
}

Compiled compile(const Network &network, const std::string &modelSha256,
                 const sim::MachineDescription &machine, const CompileOptions &options) {
  return Compilation(network, modelSha256, machine, options).run();
}

std::span<const SupportedOperator> supportedOperators() {
  static const std::vector<std::string> texts = limitTexts();
  static const std::vector<SupportedOperator> operators = [] {
    std::vector<SupportedOperator> made;
    for (std::size_t i = 0; i < texts.size(); ++i)
      made.push_back({kernelTable()[i].name, texts[i]});
    return made;
  }();
  return operators;
}

} // namespace xs3::compiler
