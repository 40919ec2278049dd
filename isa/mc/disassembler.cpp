// Bits to instructions: the generated tables and the joint fields they cannot express.
#include "isa/mc/fields.h"
#include "isa/mc/target.h"

#include <llvm/MC/MCDecoderOps.h>
#include <llvm/MC/MCDisassembler/MCDisassembler.h>
#include <llvm/Support/Debug.h>
#include <llvm/Support/Endian.h>

using namespace llvm;
using DecodeStatus = MCDisassembler::DecodeStatus;
namespace mc = xs3::isa::mc;

namespace {

constexpr DecodeStatus kFail = MCDisassembler::Fail;
constexpr DecodeStatus kSuccess = MCDisassembler::Success;

class XS3Disassembler : public MCDisassembler {
public:
  using MCDisassembler::MCDisassembler;
  DecodeStatus getInstruction(MCInst &MI, uint64_t &Size, ArrayRef<uint8_t> Bytes, uint64_t Address,
                              raw_ostream &) const override;
};

void addRegister(MCInst &MI, uint32_t number) {
  static const auto &registers = mc::target().registers->getRegClass(XS3::RARegClassID);
  MI.addOperand(MCOperand::createReg(registers.getRegister(number)));
}

void addNumber(MCInst &MI, uint32_t value) { MI.addOperand(MCOperand::createImm(value)); }

void addBitPosition(MCInst &MI, uint32_t code) {
  if (code == mc::kAlternate32)
    MI.setFlags(mc::kAlternateCode);
  addNumber(MI, mc::kBitPositions[code]);
}

DecodeStatus DecodeGRRegisterClass(MCInst &MI, uint64_t number, uint64_t, const MCDisassembler *) {
  if (number > 11)
    return kFail;
  addRegister(MI, static_cast<uint32_t>(number));
  return kSuccess;
}

DecodeStatus DecodeRARegisterClass(MCInst &MI, uint64_t number, uint64_t, const MCDisassembler *) {
  addRegister(MI, static_cast<uint32_t>(number));
  return kSuccess;
}

// How the last operand of a joint field is read.
enum class Last { Register, Number, BitPosition };

template <Last Kind> void addLast(MCInst &MI, uint32_t value) {
  if constexpr (Kind == Last::Register)
    addRegister(MI, value);
  else if constexpr (Kind == Last::Number)
    addNumber(MI, value);
  else
    addBitPosition(MI, value);
}

template <Last Kind> DecodeStatus addThree(MCInst &MI, uint32_t half) {
  const auto fields = mc::unpackThree(half);
  if (!fields)
    return kFail;
  addRegister(MI, (*fields)[0]);
  addRegister(MI, (*fields)[1]);
  addLast<Kind>(MI, (*fields)[2]);
  return kSuccess;
}

template <Last Kind> DecodeStatus addTwo(MCInst &MI, uint32_t half) {
  const auto fields = mc::unpackTwo(half);
  if (!fields)
    return kFail;
  addRegister(MI, (*fields)[0]);
  addLast<Kind>(MI, (*fields)[1]);
  return kSuccess;
}

using Dis = const MCDisassembler *;

DecodeStatus decode3R(MCInst &MI, uint32_t word, uint64_t, Dis) {
  return addThree<Last::Register>(MI, word);
}
DecodeStatus decode2RUS(MCInst &MI, uint32_t word, uint64_t, Dis) {
  return addThree<Last::Number>(MI, word);
}
DecodeStatus decode2RBitp(MCInst &MI, uint32_t word, uint64_t, Dis) {
  return addThree<Last::BitPosition>(MI, word);
}
DecodeStatus decode2R(MCInst &MI, uint32_t word, uint64_t, Dis) {
  return addTwo<Last::Register>(MI, word);
}
DecodeStatus decodeRUS(MCInst &MI, uint32_t word, uint64_t, Dis) {
  return addTwo<Last::Number>(MI, word);
}
DecodeStatus decodeRBitp(MCInst &MI, uint32_t word, uint64_t, Dis) {
  return addTwo<Last::BitPosition>(MI, word);
}

// The long forms: LO as above, the rest in HI.
DecodeStatus decodeZip(MCInst &MI, uint32_t word, uint64_t, Dis) {
  const auto fields = mc::unpackThree(word);
  return fields && (*fields)[2] <= 4 ? addThree<Last::Number>(MI, word) : kFail;
}
DecodeStatus decodeL4R(MCInst &MI, uint32_t word, uint64_t address, Dis decoder) {
  if (addThree<Last::Register>(MI, word) == kFail)
    return kFail;
  return DecodeGRRegisterClass(MI, xs3::bits<19, 16>(word), address, decoder);
}
DecodeStatus decodeL3RUS(MCInst &MI, uint32_t word, uint64_t address, Dis decoder) {
  if (addThree<Last::Number>(MI, word) == kFail)
    return kFail;
  return DecodeGRRegisterClass(MI, xs3::bits<19, 16>(word), address, decoder);
}
DecodeStatus decodeL5R(MCInst &MI, uint32_t word, uint64_t, Dis) {
  return addThree<Last::Register>(MI, word) == kFail ? kFail
                                                     : addTwo<Last::Register>(MI, word >> 16);
}
DecodeStatus decodeL4RBitp(MCInst &MI, uint32_t word, uint64_t, Dis) {
  return addThree<Last::Register>(MI, word) == kFail ? kFail
                                                     : addTwo<Last::BitPosition>(MI, word >> 16);
}
DecodeStatus decodeL6R(MCInst &MI, uint32_t word, uint64_t, Dis) {
  return addThree<Last::Register>(MI, word) == kFail ? kFail
                                                     : addThree<Last::Register>(MI, word >> 16);
}

} // namespace

#define DEBUG_TYPE "xs3-disassembler" // asked for by the generated code in builds without NDEBUG
#include "XS3GenDisassemblerTables.inc"

namespace {

DecodeStatus XS3Disassembler::getInstruction(MCInst &MI, uint64_t &Size, ArrayRef<uint8_t> Bytes,
                                             uint64_t Address, raw_ostream &) const {
  Size = 0;
  if (Bytes.size() < 2)
    return kFail;
  const uint16_t first = support::endian::read16le(Bytes.data());
  if (first < 0xF000) {
    Size = 2;
    return decodeInstruction(DecoderTable16, MI, first, Address, this, STI);
  }
  if (Bytes.size() < 4)
    return kFail;
  Size = 4;
  const uint32_t word = support::endian::read32le(Bytes.data());
  return decodeInstruction(DecoderTable32, MI, word, Address, this, STI);
}

} // namespace

std::unique_ptr<MCDisassembler> xs3::isa::mc::createDisassembler(MCContext &context) {
  return std::make_unique<XS3Disassembler>(*target().single, context);
}
