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
#include "kernels/compiler/lower/memory_plan.h"
#include "kernels/runtime_archive.h"

#include <algorithm>
#include <limits>
#include <optional>
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
      : machine_(machine), network_(network), modelSha256_(modelSha256) {
    checkThreads(options.threads);
    plan_ = lower(network_, options.threads);
    describePlan();
  }

  Compiled run() {
    Compiled compiled;
    if (machine_.architecture.externalBytes > 0 && !fits())
      moveOut();
    else
      checkData();
    compiled.program = link(assemble());
    finishNote(compiled.program);
    compiled.sources = files();
    compiled.sources.insert(compiled.sources.begin(),
                            {std::string(kAssemblyFile), bytesOf(assembly_)});
    return compiled;
  }

private:
  [[noreturn]] void fail(const std::string &sentence) const {
    Place(network_.fileName).fail(sentence);
  }

  unsigned mostThreads() const {
    return std::min(machine_.architecture.threads, kernels::kMostThreads);
  }

  void checkThreads(unsigned threads) const {
    const unsigned most = mostThreads();
    if (threads < 1 || threads > most)
      throw Error("error: a network cannot be compiled for " + std::to_string(threads) +
                  " threads; the most that its layers can share is " + std::to_string(most));
  }

  void describePlan() {
    note_ = networkNote(network_, plan_);
    note_.modelSha256 = modelSha256_;
    note_.memoryMap.stackBytes = linkOptions().stackBytes + plan_.teamStackBytes();
  }

  assembler::LinkOptions linkOptions() const {
    assembler::LinkOptions options;
    options.memoryBase = machine_.architecture.sramBase;
    options.memoryBytes = machine_.architecture.sramBytes;
    options.externalBase = machine_.architecture.externalBase;
    options.externalBytes = machine_.architecture.externalBytes;
    return options;
  }

  /// Weights, tensors, scratch and stack alone.
  std::uint64_t dataBytes() const {
    const assembler::MemoryMap &map = note_.memoryMap;
    return map.weightBytes + map.arenaBytes + map.streamBytes + map.scratchBytes + map.stackBytes;
  }

  /// Says that a network is too large before anything of that size is made.
  void checkData() const {
    if (dataBytes() > machine_.architecture.sramBytes)
      failTooLarge("even without its code ", dataBytes());
  }

  /// Whether all of the plan fits into SRAM.
  bool fits() {
    return dataBytes() <= machine_.architecture.sramBytes &&
           usedBytes(linkWithoutLimit(assemble())) <= machine_.architecture.sramBytes;
  }

  /// Moves to external memory what SRAM has no room for.
  void moveOut() {
    if (mostThreads() < 2)
      fail("its weights must be copied from external memory by a second thread, and a tile of " +
           machine_.name + " has one");
    const unsigned threads = std::min(plan_.threads, mostThreads() - 1);
    constexpr std::uint64_t kCodeGuess = 40 * 1024;
    const std::uint64_t apart =
        kCodeGuess + note_.memoryMap.scratchBytes + note_.memoryMap.stackBytes;
    // A layer in fewer steps has shorter tables: the last resort.
    if (!fitInto(cutIntoSteps(threads, roomBeside(apart)), apart) &&
        !fitInto(lower(network_, threads), apart))
      failTooLarge("even with its weights and tensors in external memory ",
                   usedBytes(linkWithoutLimit(assemble())));
  }

  MemoryRoom roomBeside(std::uint64_t apart) const {
    const std::uint64_t capacity = machine_.architecture.sramBytes;
    return {capacity - std::min(capacity, apart), clocksPerLine()};
  }

  /// Places a lowered network in a tile's memory. How many bytes lie apart from weights, tensors
  /// and copies (code, tables, stacks) is known only when all is linked, and changes a little with
  /// the placement, so that it is found in a few turns from a first guess. False when they alone
  /// are too many.
  bool fitInto(const Plan &lowered, std::uint64_t apart) {
    constexpr std::uint64_t kMostSlack = 1024;
    constexpr unsigned kTurns = 8;
    const std::uint64_t capacity = machine_.architecture.sramBytes;
    std::optional<Plan> best;
    double bestClocks = std::numeric_limits<double>::max();
    for (unsigned turn = 0; turn < kTurns; ++turn) {
      const MemoryRoom room = roomBeside(apart);
      plan_ = lowered;
      const double clocks = placeInMemory(network_, plan_, room);
      describePlan();
      checkExternal();
      const std::uint64_t used = usedBytes(linkWithoutLimit(assemble()));
      const std::uint64_t measured =
          used - plan_.arena.bytes - plan_.streamBytes - plan_.weightBytes();
      if (used <= capacity && clocks < bestClocks) {
        best = plan_;
        bestClocks = clocks;
      }
      if (used > capacity && room.bytes == 0)
        break;
      if (used <= capacity && measured <= apart && apart - measured <= kMostSlack)
        break;
      apart = used > capacity ? std::max(measured, apart) + kMostSlack / 8 : measured;
    }
    if (best) {
      plan_ = std::move(*best);
      describePlan();
    }
    return best.has_value();
  }

  /// Lowered so that the weights of several steps at a time fit beside the tensors: with as many as
  /// let the network end soonest.
  Plan cutIntoSteps(unsigned threads, const MemoryRoom &room) const {
    Plan best;
    double bestClocks = std::numeric_limits<double>::max();
    constexpr StepsAtATime kTried[] = {{2, 2}, {2, 4}, {2, 6}, {2, 8}, {4, 4}, {4, 8}};
    for (const StepsAtATime &steps : kTried) {
      Plan cut = lower(network_, {threads, stepBytesFor(plan_, room, steps)});
      Plan placed = cut;
      const double clocks = placeInMemory(network_, placed, room);
      if (clocks < bestClocks) {
        best = std::move(cut);
        bestClocks = clocks;
      }
    }
    return best;
  }

  /// What is in external memory must fit there.
  void checkExternal() const {
    const std::uint64_t capacity = machine_.architecture.externalBytes;
    const std::uint64_t wanted = note_.memoryMap.externalBytes;
    if (wanted > capacity)
      fail("the network does not fit: besides a tile's memory it needs " + std::to_string(wanted) +
           " bytes of external memory, " + std::to_string(wanted - capacity) + " more than the " +
           std::to_string(capacity) + " bytes of " + machine_.name);
  }

  /// A line that is copied takes the memory as long as a miss, and the copying loop its own time.
  double clocksPerLine() const {
    constexpr double kLoopClocks = 5 * 6; // stream_copy: slots of a line, six threads
    const sim::Cost &cost = machine_.cost;
    const double miss =
        cost.externalMissNanoseconds * static_cast<double>(cost.clockHz) / cost.clockDivider / 1e9;
    return std::max(miss, kLoopClocks);
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

  static std::vector<assembler::LinkInput> linkInputs(Bytes object) {
    return {{"network.o", std::move(object)}, kernels::runtimeArchive()};
  }

  assembler::Program link(Bytes object) const {
    const std::vector<assembler::LinkInput> inputs = linkInputs(std::move(object));
    try {
      return assembler::link(inputs, linkOptions());
    } catch (const Error &) {
      // If only the memory was too small, say so in the network's words; else let it pass on.
      failTooLarge("", usedBytes(assembler::link(inputs, unlimited())));
    }
  }

  assembler::LinkOptions unlimited() const {
    assembler::LinkOptions options = linkOptions();
    const Address end =
        options.memoryBase < options.externalBase ? options.externalBase : kMostSize;
    options.memoryBytes = end - options.memoryBase;
    return options;
  }

  assembler::Program linkWithoutLimit(Bytes object) const {
    return assembler::link(linkInputs(std::move(object)), unlimited());
  }

  bool isInSram(const assembler::Segment &segment) const {
    return segment.address - machine_.architecture.sramBase < unlimited().memoryBytes;
  }

  std::uint64_t usedBytes(const assembler::Program &program) const {
    std::uint64_t end = machine_.architecture.sramBase;
    for (const assembler::Segment &segment : program.segments)
      if (isInSram(segment))
        end = std::max<std::uint64_t>(end, std::uint64_t{segment.address} + segment.memorySize);
    constexpr std::uint64_t kBehindStack = 8; // The highest place of the stack, see link.h.
    return end - machine_.architecture.sramBase + linkOptions().stackBytes + kBehindStack;
  }

  /// The code's size is known only now. The note is not loaded, so nothing moves.
  void finishNote(assembler::Program &program) {
    note_.memoryMap.codeBytes = usedBytes(program) - dataBytes();
    for (assembler::Note &note : program.notes)
      if (note.name == assembler::kNetworkNoteSection)
        note.bytes = bytesOf(assembler::formatNetworkNote(note_));
  }

  static constexpr Address kMostSize = 0x7fffffff;

  const sim::MachineDescription &machine_;
  const Network &network_;
  const std::string &modelSha256_;
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
