#include "sim/run/trap_report.h"

#include "sim/exec/predecode.h"
#include "sim/run/disassemble.h"
#include "sim/run/hex.h"
#include "sim/run/waits.h"

#include <optional>

namespace xs3::sim {

namespace {

constexpr unsigned kLinesBefore = 6, kLinesAfter = 3;

const Thread &threadOf(const Machine &machine, const Outcome &outcome) {
  return machine.tiles()[outcome.tile].threads[outcome.thread];
}

/// The status register at the place: a handler that handed over has it in ssr.
Word statusAt(const Machine &machine, const Outcome &outcome) {
  const Thread &thread = threadOf(machine, outcome);
  const bool handed = outcome.kind == Outcome::Kind::Trap && thread.pc != outcome.pc;
  return handed ? thread.ssr : thread.sr;
}

bool dualAt(const Machine &machine, const Outcome &outcome) {
  return (statusAt(machine, outcome) & status::kDualIssue) != 0;
}

/// Whether the packet's access is a store; nothing for code that makes none.
std::optional<bool> stores(const Memory &memory, Address pc, bool dual) {
  const DecodedPacket packet = predecode(memory, pc, dual);
  for (const Op &op : packet.half) {
    const isa::Row &row = isa::row(op.opcode);
    if (op.run == nullptr || row.port == isa::Port::Free || row.port == isa::Port::Branch)
      continue;
    return row.mnemonic.starts_with("st") || row.mnemonic.starts_with("vst") ||
           row.mnemonic.ends_with("entsp");
  }
  return std::nullopt;
}

std::string loadStoreSentence(const Memory &memory, const Outcome &outcome, bool dual,
                              const std::string &code) {
  const Address address = outcome.trap.data;
  const std::optional<bool> store = stores(memory, outcome.pc, dual);
  const std::string what = std::string("the program ") +
                           (!store   ? "loaded from or stored to"
                            : *store ? "stored to"
                                     : "loaded from") +
                           " 0x" + hex8(address) + ", ";
  const std::string sram =
      "SRAM is 0x" + hex8(memory.base()) + " to 0x" + hex8(memory.base() + memory.size() - 1);
  if (!memory.contains(address, 1))
    return what + "where there is no memory (" + sram + ")";
  return what + "which is misaligned for '" + code + "', or its end lies outside of memory";
}

std::string illegalPcSentence(const Memory &memory, Address pc) {
  const std::string what = "the program jumped to 0x" + hex8(pc) + ", ";
  if (!memory.contains(pc, 2))
    return what + "where there is no memory";
  if (pc % 2 != 0)
    return what + "an odd address";
  return what + "which is no multiple of 4, in dual issue";
}

std::string trapSentence(const Machine &machine, const assembler::Program &program,
                         const Outcome &outcome) {
  const Memory &memory = machine.tiles()[outcome.tile].memory;
  const auto line = codeLine(memory, program, outcome.pc, dualAt(machine, outcome));
  const std::string code = line ? line->text : "";
  const std::string id = "0x" + hex8(outcome.trap.data);
  switch (outcome.trap.kind) {
  case TrapKind::LinkError:
    return "the program sent through channel end " + id + ", which has no destination";
  case TrapKind::IllegalPc:
    return illegalPcSentence(memory, outcome.trap.data);
  case TrapKind::IllegalInstruction:
    return "the bits at the pc are no instruction: a jump into data, or code of the other issue "
           "mode";
  case TrapKind::IllegalResource:
    return "'" + code + "' used resource " + id + ", which it may not use";
  case TrapKind::LoadStore:
    return loadStoreSentence(memory, outcome, dualAt(machine, outcome), code);
  case TrapKind::IllegalPs:
    return "there is no processor state register " + id;
  case TrapKind::Arithmetic:
    return "'" + code + "' divided by zero, or its quotient does not fit";
  case TrapKind::ECall:
    return "a check of the program failed ('" + code + "')";
  case TrapKind::ResourceDependency:
    return "two threads used resource " + id + " at the same time";
  case TrapKind::KernelCall:
    return "the program made kernel call " + std::to_string(outcome.trap.data) +
           " without having a kernel (kep is not set)";
  case TrapKind::None:
    break;
  }
  return "exception type " + std::to_string(static_cast<unsigned>(outcome.trap.kind)) + ", data " +
         id;
}

std::string registersText(const Thread &thread) {
  constexpr const char *kNames[16] = {"r0", "r1", "r2",  "r3",  "r4", "r5", "r6", "r7",
                                      "r8", "r9", "r10", "r11", "cp", "dp", "sp", "lr"};
  std::string text;
  for (std::size_t i = 0; i < 16; ++i) {
    std::string name = kNames[i];
    name.resize(4, ' ');
    text += (i % 4 == 0 ? "     " : "   ") + name + hex8(thread.registers[i]) +
            (i % 4 == 3 ? "\n" : "");
  }
  return text;
}

std::string statusText(Word sr) {
  struct Flag {
    Word mask;
    const char *name;
  };
  constexpr Flag kFlags[] = {{status::kEventsEnabled, "events"},
                             {status::kInterruptsEnabled, "interrupts"},
                             {status::kInEnabling, "enabling"},
                             {status::kInInterrupt, "in interrupt"},
                             {status::kInKernel, "in kernel"},
                             {status::kWaiting, "waiting"},
                             {status::kFast, "fast"},
                             {status::kDualIssue, "dual issue"},
                             {status::kKernelDualIssue, "kernel dual issue"},
                             {status::kHighPriority, "high priority"}};
  std::string names;
  for (const Flag &flag : kFlags)
    if ((sr & flag.mask) != 0)
      names += (names.empty() ? "" : ", ") + std::string(flag.name);
  return hex8(sr) + (names.empty() ? "" : " (" + names + ")");
}

std::string vectorModeText(const VectorUnit &vector) {
  const Word type = vector.control >> 8 & 0xf;
  const char *elements = type == 1 ? "16" : type == 2 ? "8" : "32";
  return hex8(vector.control) + " (" + elements + "-bit elements)";
}

} // namespace

std::string describeAddress(const assembler::Program &program, Address address) {
  const std::string name = program.describe(address);
  return name.empty() ? "0x" + hex8(address) : name + " (0x" + hex8(address) + ")";
}

std::string outcomeSentence(const Machine &machine, const assembler::Program &program,
                            const Outcome &outcome) {
  switch (outcome.kind) {
  case Outcome::Kind::Exit:
    return "the program ended with status " + std::to_string(outcome.status);
  case Outcome::Kind::Trap:
    return trapSentence(machine, program, outcome);
  case Outcome::Kind::Deadlock:
    return "every thread waits, and nothing can wake one" + waitingThreads(machine, program);
  case Outcome::Kind::Limit:
  case Outcome::Kind::Unimplemented:
    return outcome.explanation;
  case Outcome::Kind::Unspecified:
    return "unspecified: " + outcome.explanation;
  }
  return "";
}

std::string trapReport(const Machine &machine, const assembler::Program &program,
                       const Outcome &outcome) {
  const Thread &thread = threadOf(machine, outcome);
  std::string text = outcomeSentence(machine, program, outcome);
  if (outcome.kind == Outcome::Kind::Trap)
    text += " (exception type " + std::to_string(static_cast<unsigned>(outcome.trap.kind)) +
            ", data 0x" + hex8(outcome.trap.data) + ")";
  text += "\n  at " + describeAddress(program, outcome.pc) + ", tile " +
          std::to_string(outcome.tile) + " thread " + std::to_string(outcome.thread) + ", clock " +
          std::to_string(machine.cycle()) + "\n";
  if (const Word lr = thread[Register::LR]; lr != 0)
    text += "  lr holds " + describeAddress(program, lr & ~Word{1}) + "\n";
  text += "\n  registers\n" + registersText(thread);
  text += "     sr  " + statusText(statusAt(machine, outcome)) + "\n     vctrl " +
          vectorModeText(thread.vector) + ", kep " + hex8(thread.kep) + "\n";
  const Memory &memory = machine.tiles()[outcome.tile].memory;
  const std::string code =
      codeAround(memory, program, outcome.pc, dualAt(machine, outcome), kLinesBefore, kLinesAfter);
  if (!code.empty())
    text += "\n  code\n" + code;
  return text;
}

} // namespace xs3::sim
