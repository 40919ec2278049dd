#include "tests/sim/run_program.h"

#include "isa/decode.h"
#include "isa/rows.h"
#include "tests/sim/exec_bench.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <stdexcept>

namespace xs3::sim::test {
namespace {

constexpr std::uint32_t kNop = 0x17ff;

bool isBranch(std::string_view mnemonic) {
  return mnemonic == "bt" || mnemonic == "bf" || mnemonic == "bu" || mnemonic == "bl";
}

/// Writes lines one after the other; a second pass knows the labels.
class Writer {
public:
  explicit Writer(const std::map<std::string, Address, std::less<>> &labels) : known_(labels) {}

  void write(std::string_view line);

  std::map<std::string, Address, std::less<>> labels;
  std::vector<std::uint8_t> bytes;
  std::vector<assembler::CodeMark> marks;

private:
  Address here() const { return kSram + static_cast<Address>(bytes.size()); }
  void put(std::uint32_t value, unsigned count) {
    for (unsigned i = 0; i < count; ++i)
      bytes.push_back(static_cast<std::uint8_t>(value >> (8 * i)));
  }
  void writePacket(std::string_view line);
  void writeOne(const isa::Instruction &instruction);
  /// The line with its label replaced by a distance. Branches are four bytes long.
  std::string resolved(std::string_view line) const;

  const std::map<std::string, Address, std::less<>> &known_;
  bool dual_ = false;
};

std::string Writer::resolved(std::string_view line) const {
  const std::size_t space = line.rfind(' ');
  const std::string_view mnemonic = line.substr(0, line.find(' '));
  if (!isBranch(mnemonic) || space == std::string_view::npos)
    return std::string(line);
  const std::string_view target = line.substr(space + 1);
  const auto found = known_.find(target);
  std::int64_t bytesAway = 0;
  if (found != known_.end())
    bytesAway = std::int64_t{found->second} - (here() + 4);
  else if (target.find_first_not_of("-0123456789") == std::string_view::npos)
    return std::string(line);
  const std::string distance = std::to_string(bytesAway / (dual_ ? 4 : 2));
  const char *format = mnemonic == "bl" ? "_lu10" : mnemonic == "bu" ? "_lu6" : "_lru6";
  const std::size_t operands = mnemonic.size() + 1;
  return std::string(mnemonic) + format + (bytesAway < 0 ? "b " : " ") +
         std::string(line.substr(operands, space + 1 - operands)) + distance;
}

void Writer::writeOne(const isa::Instruction &instruction) {
  const std::uint32_t word = isa::encode(instruction);
  if (instruction.size == 4 || !dual_)
    return put(word, instruction.size);
  if (isa::row(instruction.opcode).lane == isa::Lane::Memory)
    put(word << 16 | kNop, 4);
  else
    put(kNop << 16 | word, 4);
}

void Writer::writePacket(std::string_view line) {
  const isa::Packet both = packet(line);
  put(isa::encode(both.half[1]) << 16 | isa::encode(both.half[0]), 4);
}

void Writer::write(std::string_view line) {
  if (line.ends_with(':')) {
    labels[std::string(line.substr(0, line.size() - 1))] = here();
  } else if (line.starts_with("align ")) {
    unsigned alignment = 0;
    std::from_chars(line.data() + 6, line.data() + line.size(), alignment);
    while (bytes.size() % alignment != 0)
      put(kNop, 2);
  } else if (line.starts_with(".word ")) {
    std::uint32_t value = 0;
    std::from_chars(line.data() + 6, line.data() + line.size(), value);
    put(value, 4);
  } else if (line.starts_with("{")) {
    writePacket(line);
  } else if (line.starts_with("dualentsp ") || line.starts_with("entsp ")) {
    const std::size_t space = line.find(' ');
    writeOne(
        instruction(std::string(line.substr(0, space)) + "_lu6" + std::string(line.substr(space))));
    dual_ = line[0] == 'd';
    marks.push_back(
        {here(), dual_ ? assembler::CodeMark::Kind::Dual : assembler::CodeMark::Kind::Single});
  } else {
    writeOne(instruction(resolved(line)));
  }
}

template <typename Lines> assembler::Program build(const Lines &lines) {
  std::map<std::string, Address, std::less<>> labels;
  for (int pass = 0;; ++pass) {
    Writer writer(labels);
    for (const auto &line : lines)
      writer.write(line);
    if (pass == 0) {
      labels = writer.labels;
      continue;
    }
    assembler::Program program;
    program.entry = kSram;
    const auto size = static_cast<std::uint32_t>(writer.bytes.size());
    program.segments.push_back({".text", kSram, std::move(writer.bytes), size, true, true});
    for (const auto &[name, address] : writer.labels)
      program.symbols.push_back({name, address, 0, assembler::SymbolKind::Function, true, false});
    std::ranges::sort(program.symbols, {}, &assembler::Symbol::value);
    program.codeMarks = std::move(writer.marks);
    return program;
  }
}

} // namespace

assembler::Program program(std::initializer_list<std::string_view> lines) { return build(lines); }
assembler::Program program(const std::vector<std::string> &lines) { return build(lines); }

Address label(const assembler::Program &program, std::string_view name) {
  const assembler::Symbol *symbol = program.find(name);
  if (symbol == nullptr)
    throw std::invalid_argument("no label " + std::string(name));
  return symbol->value;
}

} // namespace xs3::sim::test
