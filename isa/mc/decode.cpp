// isa/decode.h on the generated decoder and emitter. Short instructions are decoded once.
#include "isa/decode.h"

#include "isa/mc/target.h"
#include "isa/rows.h"

#include <llvm/MC/MCContext.h>

#include <atomic>
#include <mutex>

namespace xs3::isa {
namespace {

// The generated decoder wants a context, which it never changes.
struct Decoder {
  llvm::MCContext context{mc::target().triple, mc::target().assembly.get(),
                          mc::target().registers.get(), mc::target().single.get()};
  std::unique_ptr<llvm::MCDisassembler> disassembler = mc::createDisassembler(context);
};

std::optional<Instruction> decodeBits(std::uint16_t first, std::uint16_t second) {
  static const Decoder decoder;
  const std::array<std::uint8_t, 4> bytes = {
      static_cast<std::uint8_t>(first), static_cast<std::uint8_t>(first >> 8),
      static_cast<std::uint8_t>(second), static_cast<std::uint8_t>(second >> 8)};
  llvm::MCInst inst;
  std::uint64_t size = 0;
  if (decoder.disassembler->getInstruction(inst, size, bytes, 0, llvm::nulls()) !=
      llvm::MCDisassembler::Success)
    return std::nullopt;
  return mc::fromMCInst(inst);
}

// A decoded short instruction in one word, so that the table needs no lock: whoever comes first
// stores it, and everybody would store the same. Zero is "not decoded yet".
using Packed = std::uint64_t;
constexpr Packed kNone = 1; // no instruction

Packed pack(const std::optional<Instruction> &instruction) {
  if (!instruction)
    return kNone;
  Packed packed = 2 | static_cast<Packed>(instruction->alternateCode) << 2 |
                  static_cast<Packed>(instruction->operandCount) << 4 |
                  static_cast<Packed>(instruction->opcode) << 8;
  for (unsigned i = 0; i < 3; ++i)
    packed |= static_cast<Packed>(instruction->operands[i]) << (24 + 12 * i);
  return packed;
}

std::optional<Instruction> unpack(Packed packed) {
  if (packed == kNone)
    return std::nullopt;
  Instruction out;
  out.opcode = static_cast<Opcode>(packed >> 8 & 0xFFFF);
  out.size = 2;
  out.operandCount = packed >> 4 & 0xF;
  out.alternateCode = (packed & 4) != 0;
  for (unsigned i = 0; i < 3; ++i)
    out.operands[i] = static_cast<std::int32_t>(packed >> (24 + 12 * i) & 0xFFF);
  return out;
}

// Zero-initialised, and touched only where programs have such words.
std::array<std::atomic<Packed>, 0xF000> shortInstructions;

} // namespace

std::optional<Instruction> decode(std::uint16_t first, std::uint16_t second) {
  if (length(first) == 4)
    return decodeBits(first, second);
  std::atomic<Packed> &entry = shortInstructions[first];
  Packed packed = entry.load(std::memory_order_relaxed);
  if (packed == 0) {
    packed = pack(decodeBits(first, 0));
    entry.store(packed, std::memory_order_relaxed);
  }
  return unpack(packed);
}

std::optional<Packet> decodePacket(std::uint32_t word) {
  const auto low = static_cast<std::uint16_t>(word);
  const auto high = static_cast<std::uint16_t>(word >> 16);
  const auto lower = decode(low, high);
  if (!lower)
    return std::nullopt;
  if (lower->size == 4)
    return Packet{.count = 1, .half = {*lower, {}}};
  const auto upper = length(high) == 2 ? decode(high, 0) : std::nullopt;
  if (!upper || row(lower->opcode).lane == Lane::Memory ||
      row(upper->opcode).lane == Lane::Resource ||
      (writtenRegisters(*lower) & writtenRegisters(*upper)) != 0)
    return std::nullopt;
  return Packet{.count = 2, .half = {*lower, *upper}};
}

std::uint32_t encode(const Instruction &instruction) {
  llvm::SmallVector<llvm::MCFixup, 1> none;
  return mc::encode(mc::toMCInst(instruction), none, *mc::target().single);
}

} // namespace xs3::isa
