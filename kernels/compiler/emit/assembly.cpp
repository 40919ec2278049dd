#include "kernels/compiler/emit/assembly.h"

#include "asm/link/network_note.h"
#include "kernels/runtime/parallel.h"

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
  void writeStep(const Step &step, const std::string &symbol);
  void writeTeamCall(const char *function);
  void writeCalls();
  void writeTeam();
  void writeJobs(const Layer &layer, const Step &step);
  void writeWord(const Argument &argument);
  void writeWeights();
  void writeArena();
  void writeScratch();
  void writeNote();

  static std::string callSymbol(const Layer &layer, std::size_t call) {
    return "call." + numberedName(layer, call);
  }
  static std::string stepSymbol(const Layer &layer, std::size_t step) {
    return "step." + numberedName(layer, step);
  }
  /// Whether the first thread does all of it.
  static bool isAlone(const Step &step) { return step.jobs.size() == 1; }

  const Network &network_;
  const Plan &plan_;
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
    writeStep(layer.steps[i], stepSymbol(layer, i));
  if (layer.steps.empty())
    out_ << "    // The same bytes in the same place: nothing to do.\n";
  out_ << "layer." << layer.name << ".end:\n";
}

void Writer::writeStep(const Step &step, const std::string &symbol) {
  out_ << "    ldap r11, " << symbol << "\n"
       << "    mov r0, r11\n"
       << "    ldap r11, team\n"
       << "    mov r1, r11\n"
       << "    bl " << (isAlone(step) ? "xs3_alone" : "xs3_parallel") << '\n';
}

/// Where there is a team.
void Writer::writeTeamCall(const char *function) {
  if (plan_.threads > 1)
    out_ << "\n    ldap r11, team\n    mov r0, r11\n    bl " << function << '\n';
}

void Writer::writeCalls() {
  out_ << "\n    // What the threads do in each step: kernel, argument block, first unit and the "
          "one "
          "behind the last.\n"
       << "    .section .rodata.calls, \"a\", @progbits\n";
  writeTeam();
  for (const Layer &layer : plan_.layers) {
    for (std::size_t i = 0; i < layer.steps.size(); ++i) {
      out_ << "\n    .align " << kBlockAlignment << '\n' << stepSymbol(layer, i) << ":\n";
      writeJobs(layer, layer.steps[i]);
    }
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

void Writer::writeJobs(const Layer &layer, const Step &step) {
  const std::size_t threads = isAlone(step) ? 1 : plan_.threads;
  for (std::size_t i = 0; i < threads; ++i) {
    out_ << "    .long ";
    if (i < step.jobs.size() && !step.jobs[i].isEmpty())
      out_ << layer.calls[step.jobs[i].call].kernel << ", " << callSymbol(layer, step.jobs[i].call)
           << ", " << step.jobs[i].begin << ", " << step.jobs[i].end << " // thread " << i << '\n';
    else
      out_ << "0, 0, 0, 0 // thread " << i << " has nothing to do\n";
  }
}

void Writer::writeTeam() {
  kernels::Team team = {};
  team.threads = plan_.threads;
  team.scratchStep = plan_.scratchBytes;
  team.stackStep = plan_.threads > 1 ? kernels::kTeamStackBytes : 0;
  out_ << "\n    .align 4\nteam:\n";
  for (const kernels::ArgumentWord &word : kernels::argumentWords(team)) {
    const bool ofTeam = plan_.threads > 1 && (word.name == "mailbox" || word.name == "stacks");
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
  for (const WeightBlob &blob : plan_.weights) {
    out_ << "\n    // " << commentText(blob.layout) << '\n'
         << "    .align " << blob.alignment << "\n    .globl " << blob.symbol << "\n    .type "
         << blob.symbol << ", @object\n    .size " << blob.symbol << ", " << blob.bytes.size()
         << '\n'
         << blob.symbol << ":\n    .incbin \"" << weightFile(blob) << "\"\n";
  }
}

void Writer::writeArena() {
  struct Label {
    std::string name;
    std::int32_t tensor;
  };
  std::map<std::uint32_t, std::vector<Label>> labels;
  const auto add = [&](const std::string &name, std::int32_t tensor) {
    if (const auto offset = plan_.arena.offsets[static_cast<std::size_t>(tensor)])
      labels[*offset].push_back({name, tensor});
  };
  for (std::size_t i = 0; i < network_.inputs.size(); ++i)
    add(inputSymbol(i), network_.inputs[i]);
  for (std::size_t i = 0; i < network_.outputs.size(); ++i)
    add(outputSymbol(i), network_.outputs[i]);
  for (std::size_t i = 0; i < network_.tensors.size(); ++i)
    add(tensorSymbol(static_cast<std::int32_t>(i)), static_cast<std::int32_t>(i));

  out_ << "\n    // The tensors: several share a place when they are not needed at the same time.\n"
       << "    .section .noinit, \"aw\", @nobits\n    .align " << kBlockAlignment
       << "\n    .globl arena\n    .type arena, @object\n    .size arena, " << plan_.arena.bytes
       << "\narena:\n";
  std::uint64_t position = 0;
  for (const auto &[offset, names] : labels) {
    if (offset != position)
      out_ << "    .space " << offset - position << '\n';
    position = offset;
    for (const auto &[name, tensor] : names)
      out_ << "    .globl " << name << "\n    .type " << name << ", @object\n    .size " << name
           << ", " << network_.tensor(tensor).bytes() << '\n'
           << name << ": // " << describe(network_.tensor(tensor)) << '\n';
  }
  out_ << "    .space " << plan_.arena.bytes - position << '\n';
}

void Writer::writeScratch() {
  out_ << "\n    // Each thread's own working memory.\n    .align " << kBlockAlignment
       << "\n    .globl scratch\n    .type scratch, @object\n    .size scratch, "
       << plan_.scratchBytesOfAll() << "\nscratch:\n    .space " << plan_.scratchBytesOfAll()
       << '\n';
  if (plan_.threads == 1)
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
