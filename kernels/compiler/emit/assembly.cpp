#include "kernels/compiler/emit/assembly.h"

#include "asm/link/network_note.h"
#include "kernels/runtime/parallel.h"
#include "kernels/stream_copy/call.h"

#include <algorithm>
#include <map>
#include <sstream>

namespace xs3::compiler {
namespace {

/// Of the arena and of each thread's scratch and stack: std and ldd want 8 (isa/abi.md section 3).
constexpr std::uint32_t kBlockAlignment = 8;

/// Text that may stand in a comment line, whatever the model file calls its tensors.
std::string commentText(std::string text) {
  for (char &c : text)
    if (c < ' ' || c > '~' || c == '\\')
      c = '?';
  return text;
}

class Writer {
public:
  Writer(const Network &network, const Plan &plan) : network_(network), plan_(plan) {}

  std::string write() {
    writeHead();
    writeMain();
    writeCalls();
    writeWeights();
    writeArena();
    writeScratch();
    writeNote();
    return out_.str();
  }

private:
  void writeHead();
  void writeMain();
  void writeLayer(const Layer &layer);
  void writeStep(const Layer &layer, std::size_t index);
  void writeRun(const std::string &jobs, const char *function);
  void writeTeamCall(const char *function);
  void writeCalls();
  void writeTeam();
  void writeJobs(const Layer &layer, std::size_t index);
  void writeCopies(const std::vector<Copy> &copies, const std::string &symbol);
  void writeWord(const Argument &argument);
  void writeWeights();
  void writeExternalWeights();
  void writeBlob(const WeightBlob &blob, std::uint32_t alignment);
  void writeArena();
  void writeExternalTensors();
  void writeLabels(std::uint64_t bytes);
  void addTensorLabels(bool external);
  void writeScratch();
  void writeNote();

  static std::string callSymbol(const Layer &layer, std::size_t call) {
    return "call." + numberedName(layer, call);
  }
  static std::string stepSymbol(const Layer &layer, std::size_t step) {
    return "step." + numberedName(layer, step);
  }
  /// What the copying thread does in a step, and what the first one does before it.
  static std::string copiesSymbol(const Layer &layer, std::size_t step) {
    return "copies." + numberedName(layer, step);
  }
  static std::string fetchSymbol(const Layer &layer, std::size_t step) {
    return "fetch." + numberedName(layer, step);
  }
  /// Whether the first thread does all of it.
  static bool isAlone(const Step &step) { return step.jobs.size() == 1 && step.during.empty(); }

  /// A name of a place in a block of memory.
  struct Label {
    std::string name, comment;
    std::uint64_t bytes = 0;
  };

  const Network &network_;
  const Plan &plan_;
  std::map<std::uint64_t, std::vector<Label>> labels_; ///< By offset: of the block being written.
  std::ostringstream out_;
};

void Writer::writeHead() {
  out_ << "// " << commentText(network_.fileName) << " as an XS3 program, made by xs3 compile.\n"
       << "// Build it again: xs3 asm " << kAssemblyFile
       << " -o network.o && xs3 link network.o -o network.xe\n"
       << "    .file \"" << kAssemblyFile << "\"\n";
}

void Writer::writeMain() {
  out_ << R"(
    .text
    .issue_mode single
    .globl main
    .type main, @function
    .align 4
main:
    entsp_lu6 2
)";
  writeTeamCall("xs3_team_begin");
  for (const Layer &layer : plan_.layers)
    writeLayer(layer);
  writeTeamCall("xs3_team_end");
  out_ << R"(
    ldc r0, 0
    retsp_lu6 2
.Lmain_end:
    .size main, .Lmain_end - main
)";
}

void Writer::writeLayer(const Layer &layer) {
  const Operator &op = network_.operators[layer.position];
  out_ << "\n    // " << op.name << ":";
  for (const std::int32_t tensor : op.inputs)
    if (tensor != kAbsent && !network_.tensor(tensor).isConstant())
      out_ << ' ' << describe(network_.tensor(tensor)) << ',';
  out_.seekp(-1, std::ios::cur);
  out_ << " -> " << describe(network_.output(op)) << '\n';
  out_ << "    .globl layer." << layer.name << ", layer." << layer.name << ".end\n";
  out_ << "layer." << layer.name << ":\n";
  for (std::size_t i = 0; i < layer.steps.size(); ++i)
    writeStep(layer, i);
  if (layer.steps.empty())
    out_ << "    // The same bytes in the same place: nothing to do.\n";
  out_ << "layer." << layer.name << ".end:\n";
}

void Writer::writeStep(const Layer &layer, std::size_t index) {
  const Step &step = layer.steps[index];
  if (!step.before.empty())
    writeRun(fetchSymbol(layer, index), "xs3_alone");
  writeRun(stepSymbol(layer, index), isAlone(step) ? "xs3_alone" : "xs3_parallel");
}

void Writer::writeRun(const std::string &jobs, const char *function) {
  out_ << "    ldap r11, " << jobs << "\n"
       << "    mov r0, r11\n"
       << "    ldap r11, team\n"
       << "    mov r1, r11\n"
       << "    bl " << function << '\n';
}

/// Where there is a team.
void Writer::writeTeamCall(const char *function) {
  if (plan_.teamThreads() > 1)
    out_ << "\n    ldap r11, team\n    mov r0, r11\n    bl " << function << '\n';
}

void Writer::writeCalls() {
  out_ << "\n    // What the threads do in each step: kernel, argument block, first unit and the "
          "one "
          "behind the last.\n"
       << "    .section .rodata.calls, \"a\", @progbits\n";
  writeTeam();
  for (const Layer &layer : plan_.layers) {
    for (std::size_t i = 0; i < layer.steps.size(); ++i)
      writeJobs(layer, i);
    for (std::size_t i = 0; i < layer.calls.size(); ++i) {
      const KernelCall &call = layer.calls[i];
      out_ << "\n    .align 4\n"
           << callSymbol(layer, i) << ": // " << call.kernel << ", " << call.units
           << (call.units == 1 ? " unit\n" : " units\n");
      for (const Argument &argument : call.arguments)
        writeWord(argument);
    }
  }
}

void Writer::writeJobs(const Layer &layer, std::size_t index) {
  const Step &step = layer.steps[index];
  const auto begin = [&](const std::string &symbol) {
    out_ << "\n    .align " << kBlockAlignment << '\n' << symbol << ":\n";
  };
  const auto copyJob = [&](const std::vector<Copy> &copies, const std::string &symbol) {
    std::uint64_t bytes = 0;
    for (const Copy &copy : copies)
      bytes += copy.bytes;
    out_ << "    .long stream_copy, " << symbol << ", 0, " << copies.size() << " // thread "
         << (&copies == &step.before ? 0 : plan_.threads) << " copies " << bytes << " bytes\n";
  };
  if (!step.before.empty()) {
    begin(fetchSymbol(layer, index));
    copyJob(step.before, fetchSymbol(layer, index) + ".copies");
    writeCopies(step.before, fetchSymbol(layer, index) + ".copies");
  }
  begin(stepSymbol(layer, index));
  const std::size_t threads = isAlone(step) ? 1 : plan_.threads;
  for (std::size_t i = 0; i < threads; ++i) {
    if (i < step.jobs.size() && !step.jobs[i].isEmpty())
      out_ << "    .long " << layer.calls[step.jobs[i].call].kernel << ", "
           << callSymbol(layer, step.jobs[i].call) << ", " << step.jobs[i].begin << ", "
           << step.jobs[i].end << " // thread " << i << '\n';
    else
      out_ << "    .long 0, 0, 0, 0 // thread " << i << " has nothing to do\n";
  }
  if (!isAlone(step) && plan_.teamThreads() > plan_.threads) {
    if (step.during.empty())
      out_ << "    .long 0, 0, 0, 0 // thread " << plan_.threads << " has nothing to copy\n";
    else
      copyJob(step.during, copiesSymbol(layer, index));
  }
  if (!step.during.empty())
    writeCopies(step.during, copiesSymbol(layer, index));
}

/// Source, destination and lines of each.
void Writer::writeCopies(const std::vector<Copy> &copies, const std::string &symbol) {
  out_ << "    .align 4\n" << symbol << ":\n";
  for (const Copy &copy : copies) {
    const Stream &stream = plan_.streams[copy.stream];
    const auto place = [&](const std::string &base) {
      return base + (copy.first == 0 ? "" : " + " + std::to_string(copy.first));
    };
    out_ << "    .long " << place(plan_.weights[stream.parts.front().blob].symbol) << ", "
         << place(stream.symbol) << ", " << copy.bytes / kernels::kStreamLine << " // "
         << copy.bytes << " of " << stream.bytes << " bytes\n";
  }
}

void Writer::writeTeam() {
  kernels::Team team = {};
  const unsigned threads = plan_.teamThreads();
  team.threads = threads;
  team.scratchStep = plan_.scratchBytes;
  team.stackStep = threads > 1 ? kernels::kTeamStackBytes : 0;
  out_ << "\n    .align 4\nteam:\n";
  for (const kernels::ArgumentWord &word : kernels::argumentWords(team)) {
    const bool ofTeam = threads > 1 && (word.name == "mailbox" || word.name == "stacks");
    const bool isSymbol = ofTeam || word.name == "scratch";
    writeWord({std::string(word.name), word.value, std::string(isSymbol ? word.name : "")});
  }
}

void Writer::writeWord(const Argument &argument) {
  out_ << "    .long " << argument.symbol;
  if (argument.symbol.empty())
    out_ << argument.value;
  else if (argument.value != 0)
    out_ << " + " << argument.value;
  out_ << " // " << argument.name << '\n';
}

void Writer::writeWeights() {
  out_ << "\n    .section .rodata.weights, \"a\", @progbits\n";
  for (const WeightBlob &blob : plan_.weights)
    if (!blob.isExternal)
      writeBlob(blob, blob.alignment);
  if (plan_.externalWeightBytes() > 0)
    writeExternalWeights();
}

/// What is copied together lies together, in the order of use: whole lines of the cache.
void Writer::writeExternalWeights() {
  out_ << "\n    // Weights that are copied for the steps that use them, then those that are read "
          "where they are.\n"
       << "    .section .ExtMem.weights, \"a\", @progbits\n";
  std::vector<bool> isStreamed(plan_.weights.size(), false);
  for (const Stream &stream : plan_.streams) {
    out_ << "\n    // for " << stream.symbol << ", " << stream.bytes << " bytes\n";
    for (const Stream::Part &part : stream.parts) {
      const WeightBlob &blob = plan_.weights[part.blob];
      writeBlob(blob, part.offset == 0 ? kernels::kStreamLine : blob.alignment);
      isStreamed[part.blob] = true;
    }
  }
  for (std::size_t i = 0; i < plan_.weights.size(); ++i)
    if (plan_.weights[i].isExternal && !isStreamed[i])
      writeBlob(plan_.weights[i], kernels::kStreamLine);
  out_ << "    .align " << kernels::kStreamLine << "\n    .space " << kernels::kOverRead << '\n';
}

void Writer::writeBlob(const WeightBlob &blob, std::uint32_t alignment) {
  out_ << "\n    // " << commentText(blob.layout) << '\n'
       << "    .align " << alignment << "\n    .globl " << blob.symbol << "\n    .type "
       << blob.symbol << ", @object\n    .size " << blob.symbol << ", " << blob.bytes.size() << '\n'
       << blob.symbol << ":\n    .incbin \"" << weightFile(blob) << "\"\n";
}

/// Inputs, outputs and tensors in one kind of memory.
void Writer::addTensorLabels(bool external) {
  labels_.clear();
  const auto add = [&](const std::string &name, std::int32_t tensor) {
    const auto index = static_cast<std::size_t>(tensor);
    const Tensor &labelled = network_.tensor(tensor);
    if (plan_.arena.offsets[index] && plan_.arena.isExternal[index] == external)
      labels_[*plan_.arena.offsets[index]].push_back({name, describe(labelled), labelled.bytes()});
  };
  for (std::size_t i = 0; i < network_.inputs.size(); ++i)
    add(inputSymbol(i), network_.inputs[i]);
  for (std::size_t i = 0; i < network_.outputs.size(); ++i)
    add(outputSymbol(i), network_.outputs[i]);
  for (std::size_t i = 0; i < network_.tensors.size(); ++i)
    add(tensorSymbol(static_cast<std::int32_t>(i)), static_cast<std::int32_t>(i));
}

/// The block that the labels are in, of so many bytes.
void Writer::writeLabels(std::uint64_t bytes) {
  std::uint64_t position = 0;
  for (const auto &[offset, labels] : labels_) {
    if (offset != position)
      out_ << "    .space " << offset - position << '\n';
    position = offset;
    for (const Label &label : labels)
      out_ << "    .globl " << label.name << "\n    .type " << label.name << ", @object\n    .size "
           << label.name << ", " << label.bytes << '\n'
           << label.name << ": // " << label.comment << '\n';
  }
  out_ << "    .space " << bytes - position << '\n';
}

void Writer::writeArena() {
  addTensorLabels(false);
  for (const Stream &stream : plan_.streams)
    labels_[stream.offset].push_back(
        {stream.symbol, std::to_string(stream.bytes) + " bytes of weights", stream.bytes});
  out_
      << "\n    // The tensors: several share a place when they are not needed at the same time.\n";
  if (!plan_.streams.empty())
    out_ << "    // So do the copies of weights, which need " << plan_.streamBytes
         << " bytes behind the arena as well.\n";
  out_ << "    .section .noinit, \"aw\", @nobits\n    .align " << kBlockAlignment
       << "\n    .globl arena\n    .type arena, @object\n    .size arena, " << plan_.arena.bytes
       << "\narena:\n";
  writeLabels(plan_.arena.bytes + plan_.streamBytes);
  if (plan_.arena.externalBytes > 0)
    writeExternalTensors();
}

void Writer::writeExternalTensors() {
  addTensorLabels(true);
  out_ << "\n    // The tensors for which SRAM is too small.\n"
       << "    .section .ExtMem.tensors, \"aw\", @nobits\n    .align " << kernels::kStreamLine
       << '\n';
  writeLabels(plan_.arena.externalBytes);
  out_ << "    .space " << kernels::kOverRead << "\n    .section .noinit, \"aw\", @nobits\n";
}

void Writer::writeScratch() {
  out_ << "\n    // Each thread's own working memory.\n    .align " << kBlockAlignment
       << "\n    .globl scratch\n    .type scratch, @object\n    .size scratch, "
       << plan_.scratchBytesOfAll() << "\nscratch:\n    .space " << plan_.scratchBytesOfAll()
       << '\n';
  if (plan_.teamThreads() == 1)
    return;
  out_ << "\n    // The stacks of all threads but the first.\n    .align " << kBlockAlignment
       << "\n    .globl stacks\n    .type stacks, @object\n    .size stacks, "
       << plan_.teamStackBytes() << "\nstacks:\n    .space " << plan_.teamStackBytes()
       << "\n\n    // What the threads tell each other.\n    .align " << kBlockAlignment
       << "\nmailbox:\n    .space " << kernels::kMailboxBytes << '\n';
}

void Writer::writeNote() {
  out_ << "\n    .section " << assembler::kNetworkNoteSection << ", \"\", @progbits\n"
       << "    .incbin \"" << kNoteFile << "\"\n";
}

} // namespace

std::string weightFile(const WeightBlob &blob) { return blob.symbol + ".bin"; }
std::string inputSymbol(std::size_t position) { return "input" + std::to_string(position); }
std::string outputSymbol(std::size_t position) { return "output" + std::to_string(position); }

std::string emitAssembly(const Network &network, const Plan &plan) {
  return Writer(network, plan).write();
}

} // namespace xs3::compiler
