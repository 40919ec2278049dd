// Registers, rows and the issue modes as LLVM objects.
#include "isa/mc/target.h"

#include "isa/opcodes.h"
#include "isa/rows.h"

#define GET_REGINFO_MC_DESC
#include "XS3GenRegisterInfo.inc"
#define GET_INSTRINFO_MC_DESC
#define ENABLE_INSTR_PREDICATE_VERIFIER
#include "XS3GenInstrInfo.inc"
#define GET_SUBTARGETINFO_MC_DESC
#include "XS3GenSubtargetInfo.inc"

#include <llvm/MC/MCAsmInfoELF.h>

namespace xs3::isa::mc {
namespace {

// LLVM numbers a target's instructions as we do, alphabetically, after its generic ones.
constexpr unsigned kFirst = llvm::XS3::ADD_2rus;
static_assert(ADD_2rus == 0);
static_assert(llvm::XS3::ZIP_l2rus - kFirst == ZIP_l2rus);
static_assert(llvm::XS3::LDWCP_lu10 - kFirst == LDWCP_lu10);

class AsmInfo : public llvm::MCAsmInfoELF {
public:
  AsmInfo() {
    CodePointerSize = 4;
    CalleeSaveStackSlotSize = 4;
    MinInstAlignment = 2;
    CommentString = "#";
    SupportsDebugInformation = true;
    ExceptionsType = llvm::ExceptionHandling::DwarfCFI;
    AllowDollarAtStartOfIdentifier = true;
    // No type holds 64 bits in one directive, but constants may.
    Data64bitsDirective = "\t.quad\t";
    UseIntegratedAssembler = true;
  }
};

// Registers by the number in the encoding.
constexpr std::array<llvm::MCPhysReg, 16> kRegisters = {
    llvm::XS3::R0, llvm::XS3::R1, llvm::XS3::R2, llvm::XS3::R3, llvm::XS3::R4,  llvm::XS3::R5,
    llvm::XS3::R6, llvm::XS3::R7, llvm::XS3::R8, llvm::XS3::R9, llvm::XS3::R10, llvm::XS3::R11,
    llvm::XS3::CP, llvm::XS3::DP, llvm::XS3::SP, llvm::XS3::LR};

Target makeTarget() {
  Target t;
  t.triple = llvm::Triple("xcore-unknown-unknown-elf");
  t.registers = std::make_unique<llvm::MCRegisterInfo>();
  llvm::InitXS3MCRegisterInfo(t.registers.get(), llvm::XS3::LR);
  t.instructions = std::make_unique<llvm::MCInstrInfo>();
  llvm::InitXS3MCInstrInfo(t.instructions.get());
  t.assembly = std::make_unique<AsmInfo>();
  const auto subtarget = [&](llvm::StringRef features) {
    return std::unique_ptr<llvm::MCSubtargetInfo>(
        llvm::createXS3MCSubtargetInfoImpl(t.triple, "xs3", "xs3", features));
  };
  t.single = subtarget("-dual");
  t.dual = subtarget("+dual");
  return t;
}

} // namespace

const Target &target() {
  static const Target made = makeTarget();
  return made;
}

unsigned llvmOpcode(Opcode opcode) { return kFirst + opcode; }

Opcode opcodeOf(unsigned llvmOpcode) { return static_cast<Opcode>(llvmOpcode - kFirst); }

llvm::MCInst toMCInst(const Instruction &instruction) {
  llvm::MCInst inst;
  inst.setOpcode(llvmOpcode(instruction.opcode));
  inst.setFlags(instruction.alternateCode ? kAlternateCode : 0u);
  const auto operands = target().instructions->get(inst.getOpcode()).operands();
  for (unsigned i = 0; i < operands.size(); ++i) {
    const std::int32_t value = instruction.operands[i];
    inst.addOperand(operands[i].RegClass >= 0
                        ? llvm::MCOperand::createReg(kRegisters[static_cast<unsigned>(value)])
                        : llvm::MCOperand::createImm(value));
  }
  return inst;
}

Instruction fromMCInst(const llvm::MCInst &inst) {
  Instruction out;
  out.opcode = opcodeOf(inst.getOpcode());
  out.size = row(out.opcode).bytes;
  out.operandCount = static_cast<std::uint8_t>(inst.getNumOperands());
  out.alternateCode = (inst.getFlags() & kAlternateCode) != 0;
  for (unsigned i = 0; i < inst.getNumOperands(); ++i) {
    const llvm::MCOperand &operand = inst.getOperand(i);
    out.operands[i] = operand.isReg() ? target().registers->getEncodingValue(operand.getReg())
                                      : static_cast<std::int32_t>(operand.getImm());
  }
  return out;
}

} // namespace xs3::isa::mc
