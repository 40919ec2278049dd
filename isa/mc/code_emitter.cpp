// Instructions to bits: the generated emitter, the joint fields it cannot express, and fixups.
#include "isa/mc/fields.h"
#include "isa/mc/target.h"
#include "isa/rows.h"

#include <llvm/MC/MCContext.h>
#include <llvm/MC/MCExpr.h>
#include <llvm/Support/EndianStream.h>

namespace llvm {

class XS3MCCodeEmitter : public MCCodeEmitter {
public:
  void encodeInstruction(const MCInst &MI, SmallVectorImpl<char> &CB,
                         SmallVectorImpl<MCFixup> &Fixups,
                         const MCSubtargetInfo &STI) const override;

  // Generated.
  uint64_t getBinaryCodeForInstr(const MCInst &MI, SmallVectorImpl<MCFixup> &Fixups,
                                 const MCSubtargetInfo &STI) const;

private:
  unsigned getMachineOpValue(const MCInst &MI, const MCOperand &MO,
                             SmallVectorImpl<MCFixup> &Fixups, const MCSubtargetInfo &STI) const;

  // One for each joint format; `Value` holds the fixed bits.
  unsigned encode3R(const MCInst &MI, unsigned Value, const MCSubtargetInfo &) const;
  unsigned encode2RBitp(const MCInst &MI, unsigned Value, const MCSubtargetInfo &) const;
  unsigned encode2R(const MCInst &MI, unsigned Value, const MCSubtargetInfo &) const;
  unsigned encodeRBitp(const MCInst &MI, unsigned Value, const MCSubtargetInfo &) const;
  unsigned encodeL4R(const MCInst &MI, unsigned Value, const MCSubtargetInfo &) const;
  unsigned encodeL5R(const MCInst &MI, unsigned Value, const MCSubtargetInfo &) const;
  unsigned encodeL4RBitp(const MCInst &MI, unsigned Value, const MCSubtargetInfo &) const;
  unsigned encodeL6R(const MCInst &MI, unsigned Value, const MCSubtargetInfo &) const;
};

} // namespace llvm

using namespace llvm;
namespace mc = xs3::isa::mc;

namespace {

unsigned field(const MCInst &MI, unsigned index) {
  const MCOperand &MO = MI.getOperand(index);
  return MO.isReg() ? mc::target().registers->getEncodingValue(MO.getReg())
                    : static_cast<unsigned>(MO.getImm());
}

unsigned bitPosition(const MCInst &MI, unsigned index) {
  return mc::bitPositionCode(field(MI, index), (MI.getFlags() & mc::kAlternateCode) != 0);
}

// The fixup of a symbolic immediate: by what the field holds and how wide it is.
unsigned fixupKind(const xs3::isa::Row &row, bool dual) {
  const bool tenBits = row.format.find("u10") != std::string_view::npos;
  const bool isLong = row.bytes == 4;
  switch (row.immediate) {
  case xs3::isa::Immediate::Forward:
  case xs3::isa::Immediate::Backward:
    return (dual ? mc::DualBranch6 : mc::Branch6) + (tenBits ? 2u : 0u) + (isLong ? 1u : 0u);
  case xs3::isa::Immediate::DpWords:
    return mc::DpWords16;
  case xs3::isa::Immediate::CpWords:
    return tenBits ? mc::CpWords20 : mc::CpWords16;
  default:
    return mc::Number16;
  }
}

} // namespace

unsigned XS3MCCodeEmitter::getMachineOpValue(const MCInst &MI, const MCOperand &MO,
                                             SmallVectorImpl<MCFixup> &Fixups,
                                             const MCSubtargetInfo &STI) const {
  if (MO.isReg())
    return mc::target().registers->getEncodingValue(MO.getReg());
  if (MO.isImm())
    return static_cast<unsigned>(MO.getImm());
  const unsigned kind =
      fixupKind(xs3::isa::row(mc::opcodeOf(MI.getOpcode())), STI.hasFeature(XS3::FeatureDual));
  Fixups.push_back(MCFixup::create(0, MO.getExpr(), static_cast<MCFixupKind>(kind), MI.getLoc()));
  return 0;
}

unsigned XS3MCCodeEmitter::encode3R(const MCInst &MI, unsigned Value,
                                    const MCSubtargetInfo &) const {
  return Value | mc::packThree(field(MI, 0), field(MI, 1), field(MI, 2));
}

unsigned XS3MCCodeEmitter::encode2RBitp(const MCInst &MI, unsigned Value,
                                        const MCSubtargetInfo &) const {
  return Value | mc::packThree(field(MI, 0), field(MI, 1), bitPosition(MI, 2));
}

unsigned XS3MCCodeEmitter::encode2R(const MCInst &MI, unsigned Value,
                                    const MCSubtargetInfo &) const {
  return Value | mc::packTwo(field(MI, 0), field(MI, 1));
}

unsigned XS3MCCodeEmitter::encodeRBitp(const MCInst &MI, unsigned Value,
                                       const MCSubtargetInfo &) const {
  return Value | mc::packTwo(field(MI, 0), bitPosition(MI, 1));
}

unsigned XS3MCCodeEmitter::encodeL4R(const MCInst &MI, unsigned Value,
                                     const MCSubtargetInfo &STI) const {
  return encode3R(MI, Value, STI) | field(MI, 3) << 16;
}

unsigned XS3MCCodeEmitter::encodeL5R(const MCInst &MI, unsigned Value,
                                     const MCSubtargetInfo &STI) const {
  return encode3R(MI, Value, STI) | mc::packTwo(field(MI, 3), field(MI, 4)) << 16;
}

unsigned XS3MCCodeEmitter::encodeL4RBitp(const MCInst &MI, unsigned Value,
                                         const MCSubtargetInfo &STI) const {
  return encode3R(MI, Value, STI) | mc::packTwo(field(MI, 3), bitPosition(MI, 4)) << 16;
}

unsigned XS3MCCodeEmitter::encodeL6R(const MCInst &MI, unsigned Value,
                                     const MCSubtargetInfo &STI) const {
  return encode3R(MI, Value, STI) | mc::packThree(field(MI, 3), field(MI, 4), field(MI, 5)) << 16;
}

void XS3MCCodeEmitter::encodeInstruction(const MCInst &MI, SmallVectorImpl<char> &CB,
                                         SmallVectorImpl<MCFixup> &Fixups,
                                         const MCSubtargetInfo &STI) const {
  if (MI.getOpcode() == XS3::BUNDLE) {
    encodeInstruction(*MI.getOperand(0).getInst(), CB, Fixups, STI);
    const std::size_t lower = Fixups.size();
    encodeInstruction(*MI.getOperand(1).getInst(), CB, Fixups, STI);
    for (std::size_t i = lower; i < Fixups.size(); ++i)
      Fixups[i].setOffset(2); // the upper half
    return;
  }
  const auto word = static_cast<uint32_t>(getBinaryCodeForInstr(MI, Fixups, STI));
  if (mc::target().instructions->get(MI.getOpcode()).getSize() == 4)
    support::endian::write<uint32_t>(CB, word, endianness::little);
  else
    support::endian::write<uint16_t>(CB, static_cast<uint16_t>(word), endianness::little);
}

#include "XS3GenMCCodeEmitter.inc"

namespace xs3::isa::mc {

std::uint32_t encode(const llvm::MCInst &inst, llvm::SmallVectorImpl<llvm::MCFixup> &fixups,
                     const llvm::MCSubtargetInfo &subtarget) {
  static const XS3MCCodeEmitter emitter;
  return static_cast<std::uint32_t>(emitter.getBinaryCodeForInstr(inst, fixups, subtarget));
}

std::unique_ptr<llvm::MCCodeEmitter> createCodeEmitter() {
  return std::make_unique<XS3MCCodeEmitter>();
}

} // namespace xs3::isa::mc
