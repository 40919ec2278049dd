// The XS3 target for LLVM's MC layer: registers, opcodes and the objects that describe them.
// Only isa/mc and asm include this.
#pragma once

#include "isa/instruction.h"

#include <llvm/MC/MCAsmBackend.h>
#include <llvm/MC/MCAsmInfo.h>
#include <llvm/MC/MCCodeEmitter.h>
#include <llvm/MC/MCDisassembler/MCDisassembler.h>
#include <llvm/MC/MCFixup.h>
#include <llvm/MC/MCInst.h>
#include <llvm/MC/MCInstrInfo.h>
#include <llvm/MC/MCRegisterInfo.h>
#include <llvm/MC/MCSubtargetInfo.h>
#include <llvm/TargetParser/Triple.h>

#include <memory>

#define GET_REGINFO_ENUM
#include "XS3GenRegisterInfo.inc"
#define GET_INSTRINFO_ENUM
#include "XS3GenInstrInfo.inc"
#define GET_SUBTARGETINFO_ENUM
#include "XS3GenSubtargetInfo.inc"

namespace xs3::isa::mc {

/// What never changes: one for the process, made at first use.
struct Target {
  llvm::Triple triple;
  std::unique_ptr<llvm::MCRegisterInfo> registers;
  std::unique_ptr<llvm::MCInstrInfo> instructions;
  std::unique_ptr<llvm::MCAsmInfo> assembly;
  std::unique_ptr<llvm::MCSubtargetInfo> single; ///< Code in single issue ...
  std::unique_ptr<llvm::MCSubtargetInfo> dual;   ///< ... and in dual issue.
};
const Target &target();

/// Our opcodes and LLVM's, which has its generic ones in front.
unsigned llvmOpcode(Opcode opcode);
Opcode opcodeOf(unsigned llvmOpcode);

/// MCInst::getFlags of our instructions.
enum InstFlags : unsigned {
  kAlternateCode = 1, ///< Instruction::alternateCode.
  kFixedForm = 2      ///< The mnemonic named its format: never relaxed.
};

llvm::MCInst toMCInst(const Instruction &instruction);
Instruction fromMCInst(const llvm::MCInst &inst);

/// The fields that the assembler fills in late, in the order of `Relocation` below.
enum FixupKind : unsigned {
  DpWords16 = llvm::FirstTargetFixupKind, ///< Words from dp.
  CpWords16,                              ///< Words from cp, lru6 and lu6 forms ...
  CpWords20,                              ///< ... and lu10 forms.
  Branch6,                                ///< Distances in single issue, by width ...
  Branch16,
  Branch10,
  Branch20,
  Number16,    ///< The plain number of lru6 and lu6 forms.
  DualBranch6, ///< ... and in dual issue.
  DualBranch16,
  DualBranch10,
  DualBranch20,
  EndOfKinds
};

/// Bits HI:LO of one instruction. `fixups` gets what depends on symbols.
std::uint32_t encode(const llvm::MCInst &inst, llvm::SmallVectorImpl<llvm::MCFixup> &fixups,
                     const llvm::MCSubtargetInfo &subtarget);

/// Emits instructions and bundles (operand 0 = lane 0, operand 1 = lane 1).
std::unique_ptr<llvm::MCCodeEmitter> createCodeEmitter();

std::unique_ptr<llvm::MCDisassembler> createDisassembler(llvm::MCContext &context);

} // namespace xs3::isa::mc
