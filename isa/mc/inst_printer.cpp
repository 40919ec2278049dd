// The generated printers, one for each spelling, and how operands are written.
#include "isa/mc/inst_printer.h"

#include "isa/mc/target.h"

#include <llvm/MC/MCInstPrinter.h>
#include <llvm/Support/raw_ostream.h>

#include <algorithm>

namespace llvm {

// What both printers share: operands.
class XS3OperandPrinter : public MCInstPrinter {
public:
  using MCInstPrinter::MCInstPrinter;
  const xs3::isa::PrintOptions *options = nullptr;

protected:
  void printOperand(const MCInst *MI, unsigned OpNo, raw_ostream &O) const;
  void printForward(const MCInst *MI, uint64_t, unsigned OpNo, raw_ostream &O) const {
    printDistance(MI->getOperand(OpNo).getImm(), O);
  }
  void printBackward(const MCInst *MI, uint64_t, unsigned OpNo, raw_ostream &O) const {
    printDistance(-MI->getOperand(OpNo).getImm(), O);
  }

private:
  void printDistance(int64_t distance, raw_ostream &O) const {
    if (options->target)
      O << options->target(distance);
    else
      O << distance;
  }
};

class XS3InstPrinter : public XS3OperandPrinter {
public:
  using XS3OperandPrinter::XS3OperandPrinter;
  void printInst(const MCInst *MI, uint64_t Address, StringRef, const MCSubtargetInfo &,
                 raw_ostream &O) override {
    if (!printAliasInstr(MI, Address, O))
      printInstruction(MI, Address, O);
  }

  // Generated.
  std::pair<const char *, uint64_t> getMnemonic(const MCInst *MI) override;
  void printInstruction(const MCInst *MI, uint64_t Address, raw_ostream &O);
  bool printAliasInstr(const MCInst *MI, uint64_t Address, raw_ostream &O);
  void printCustomAliasOperand(const MCInst *MI, uint64_t Address, unsigned OpIdx,
                               unsigned PrintMethodIdx, raw_ostream &O);
  static const char *getRegisterName(MCRegister Reg);
};

class XS3ArchitecturalPrinter : public XS3OperandPrinter {
public:
  using XS3OperandPrinter::XS3OperandPrinter;
  void printInst(const MCInst *MI, uint64_t Address, StringRef, const MCSubtargetInfo &,
                 raw_ostream &O) override {
    printInstruction(MI, Address, O);
  }

  // Generated.
  std::pair<const char *, uint64_t> getMnemonic(const MCInst *MI) override;
  void printInstruction(const MCInst *MI, uint64_t Address, raw_ostream &O);
  static const char *getRegisterName(MCRegister Reg);
};

void XS3OperandPrinter::printOperand(const MCInst *MI, unsigned OpNo, raw_ostream &O) const {
  const MCOperand &MO = MI->getOperand(OpNo);
  if (MO.isReg())
    O << XS3InstPrinter::getRegisterName(MO.getReg());
  else
    O << MO.getImm();
}

#define PRINT_ALIAS_INSTR
#include "XS3GenAsmWriter.inc"
#undef PRINT_ALIAS_INSTR
#include "XS3GenAsmWriterArchitectural.inc"

} // namespace llvm

std::string xs3::isa::mc::printInst(const llvm::MCInst &inst, const PrintOptions &options,
                                    bool withFormat) {
  const Target &t = target();
  std::string text;
  llvm::raw_string_ostream out(text);
  const auto print = [&](auto &printer) {
    printer.options = &options;
    printer.printInst(&inst, 0, "", *t.single, out);
  };
  // A printer is a small object that keeps no state between instructions.
  if (withFormat) {
    llvm::XS3ArchitecturalPrinter printer(*t.assembly, *t.instructions, *t.registers);
    print(printer);
  } else {
    llvm::XS3InstPrinter printer(*t.assembly, *t.instructions, *t.registers);
    print(printer);
  }
  // The generated code sets tabs: before the mnemonic, and behind that of an alias.
  text.erase(0, 1);
  std::replace(text.begin(), text.end(), '\t', ' ');
  return text;
}
