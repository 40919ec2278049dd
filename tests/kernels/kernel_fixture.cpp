#include "tests/kernels/kernel_fixture.h"

#include "asm/assemble.h"
#include "asm/link/link.h"
#include "kernels/sources.h"
#include "sim/machines/description.h"
#include "sim/run/machine.h"
#include "sim/run/services.h"

#include <algorithm>
#include <map>
#include <sstream>
#include <stdexcept>

namespace xs3::test {
namespace {

using kernels::ArgumentWord;
using kernels::PackedCall;

constexpr Address kData = 0x90000, kDataEnd = 0xf0000, kStackTop = 0xf8000;
constexpr std::uint32_t kStackBytes = 1024;

/// Calls the kernel whose address is in r11 with r0..r3 as they are, then ends the program.
constexpr std::string_view kCaller = R"(
.text
.align 4
.globl startDual
startDual:
.issue_mode dual
  dualentsp 0
  { ; bla r11 }
  { ldc r0, 0 ; ldc r1, 0 }
  { ; bu _DoSyscall }
.issue_mode single
.globl _start
_start:
  bla r11
  ldc r0, 0
  ldc r1, 0
.align 4
.globl _DoSyscall
_DoSyscall:
  retsp 0
)";

assembler::LinkInput assembled(std::string_view text, const std::string &name) {
  const auto result = assembler::assemble(text, name);
  std::string messages;
  for (const auto &diagnostic : result.diagnostics)
    messages += diagnostic.text() + "\n";
  if (result.hasErrors())
    throw std::runtime_error(messages);
  return {name, result.object};
}

const assembler::Program &programFor(std::string_view kernel) {
  static std::map<std::string, assembler::Program, std::less<>> programs;
  const auto known = programs.find(kernel);
  if (known != programs.end())
    return known->second;
  const kernels::KernelSource &source = kernels::kernelSource(kernel);
  const assembler::LinkInput inputs[] = {assembled(kCaller, "caller.S"),
                                         assembled(source.text, std::string(source.file))};
  assembler::LinkOptions options;
  options.keep = {"startDual", std::string(kernel)};
  return programs.emplace(kernel, assembler::link(inputs, options)).first->second;
}

const sim::MachineDescription &description() {
  static const sim::MachineDescription machine = sim::loadMachine();
  return machine;
}

/// Places operands one behind the other.
class Layout {
public:
  Address place(std::size_t bytes, std::uint32_t alignment) {
    next_ = (next_ + alignment - 1) / alignment * alignment;
    const Address here = next_;
    next_ += static_cast<Address>(bytes) + 36; // a gap that shows what is written behind the end
    if (next_ > kDataEnd)
      throw std::runtime_error("operands too large for the fixture");
    return here;
  }

private:
  Address next_ = kData;
};

struct Span {
  Address begin;
  std::size_t bytes;
  bool contains(Address address) const { return address >= begin && address - begin < bytes; }
};

} // namespace

KernelRun runKernel(const PackedCall &call, std::span<const Bytes> inputs, const Bytes &before,
                    const KernelOptions &options) {
  const assembler::Program &program = programFor(call.kernel);
  Random random(options.seed);
  Layout layout;
  std::vector<Address> inputAt, constantAt;
  for (const Bytes &input : inputs)
    inputAt.push_back(layout.place(input.size(), 4));
  for (const auto &constant : call.constants)
    constantAt.push_back(layout.place(constant.bytes.size(), constant.alignment));
  const Address argumentsAt = layout.place(4 * call.arguments.size(), 4);
  const Span scratch{layout.place(call.scratchBytes, 8), call.scratchBytes};
  const Span output{layout.place(before.size(), 4), before.size()};
  const Span stack{kStackTop - kStackBytes, kStackBytes};

  KernelRun run;
  Bytes image; // of the data, before
  std::vector<std::uint32_t> ends = options.splits;
  ends.push_back(call.units);
  std::uint32_t begin = 0;
  for (const std::uint32_t end : ends) {
    sim::Machine machine(description());
    sim::HostServices services{sim::ServicePermissions{}};
    machine.load(program);
    machine.setServices(&services);
    sim::Memory &memory = machine.tile(0).memory;
    std::uint8_t *const data = memory.bytes() + (kData - memory.base());
    const auto write = [&](Address address, const Bytes &bytes) {
      std::copy(bytes.begin(), bytes.end(), memory.bytes() + (address - memory.base()));
    };
    write(kData, random.bytes(kStackTop - kData));
    for (std::size_t i = 0; i < inputs.size(); ++i)
      write(inputAt[i], inputs[i]);
    for (std::size_t i = 0; i < call.constants.size(); ++i)
      write(constantAt[i], call.constants[i].bytes);
    for (std::size_t i = 0; i < call.arguments.size(); ++i) {
      const ArgumentWord &word = call.arguments[i];
      Word value = word.value;
      if (word.kind == ArgumentWord::Kind::Input)
        value += inputAt.at(word.index);
      else if (word.kind == ArgumentWord::Kind::Output)
        value += output.begin;
      else if (word.kind == ArgumentWord::Kind::Constant)
        value += constantAt.at(word.index);
      memory.write<Word>(argumentsAt + 4 * static_cast<Address>(i), value);
    }
    write(output.begin, begin == 0 ? before : run.output);
    image.assign(data, data + (kStackTop - kData));

    sim::Thread &thread = machine.tile(0).threads[0];
    for (auto &word : thread.registers)
      word = random.word();
    for (auto *vector : {&thread.vector.vR, &thread.vector.vD, &thread.vector.vC})
      for (auto &byte : *vector)
        byte = static_cast<std::uint8_t>(random.word());
    thread[Register::R0] = argumentsAt;
    thread[Register::R1] = begin;
    thread[Register::R2] = end;
    thread[Register::R3] = scratch.begin;
    thread[Register::R11] = program.find(call.kernel)->value;
    thread[Register::SP] = kStackTop;
    thread.pc = program.find(options.callerDual ? "startDual" : "_start")->value;
    const auto saved = thread.registers;
    const sim::Outcome outcome = machine.run({.packets = 2'000'000'000});
    run.counters += machine.counters(0, 0);

    std::ostringstream fault;
    fault << call.kernel << ", units " << begin << " .. " << end << ": " << std::hex;
    const auto empty = fault.str().size();
    if (outcome.kind != sim::Outcome::Kind::Exit)
      fault << "did not return, at " << program.describe(outcome.pc) << " " << outcome.explanation;
    for (unsigned i = 4; i <= 10; ++i)
      if (thread.registers[i] != saved[i])
        fault << "r" << std::dec << i << " is not preserved; ";
    if (thread[Register::SP] != kStackTop)
      fault << "sp is not restored; ";
    for (Address address = kData; address < kStackTop; ++address)
      if (data[address - kData] != image[address - kData] && !output.contains(address) &&
          !scratch.contains(address) && !stack.contains(address)) {
        fault << "wrote at output + " << static_cast<std::int32_t>(address - output.begin)
              << ", scratch + " << static_cast<std::int32_t>(address - scratch.begin);
        break;
      }
    if (fault.str().size() != empty && run.fault.empty())
      run.fault = fault.str();
    run.output.assign(data + (output.begin - kData), data + (output.begin - kData) + output.bytes);
    begin = end;
  }
  return run;
}

KernelRun runKernels(std::span<const PackedCall> calls, std::span<const Bytes> inputs,
                     std::size_t outputBytes, const KernelOptions &options) {
  KernelRun total;
  total.output = Random(options.seed).bytes(outputBytes);
  for (const PackedCall &call : calls) {
    KernelRun run = runKernel(call, inputs, total.output, options);
    total.output = std::move(run.output);
    total.counters += run.counters;
    if (total.fault.empty())
      total.fault = run.fault;
  }
  return total;
}

} // namespace xs3::test
