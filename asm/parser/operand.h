// An operand as it stands in the text: a word or sign of the syntax, a register, or an expression.
#pragma once

#include <llvm/MC/MCExpr.h>
#include <llvm/MC/MCInst.h>
#include <llvm/MC/MCParser/MCParsedAsmOperand.h>
#include <llvm/MC/MCRegister.h>
#include <llvm/Support/raw_ostream.h>

#include <memory>
#include <optional>

namespace xs3::assembler {

class XS3Operand : public llvm::MCParsedAsmOperand {
public:
  enum class Kind : std::uint8_t { Token, Register, Expression };

  static std::unique_ptr<XS3Operand> token(llvm::StringRef text, llvm::SMLoc begin,
                                           llvm::SMLoc end) {
    auto made = std::make_unique<XS3Operand>(Kind::Token, begin, end);
    made->text_ = text;
    return made;
  }
  static std::unique_ptr<XS3Operand> reg(llvm::MCRegister number, llvm::SMLoc begin,
                                         llvm::SMLoc end) {
    auto made = std::make_unique<XS3Operand>(Kind::Register, begin, end);
    made->register_ = number;
    return made;
  }
  static std::unique_ptr<XS3Operand> expression(const llvm::MCExpr *value, llvm::SMLoc begin,
                                                llvm::SMLoc end) {
    auto made = std::make_unique<XS3Operand>(Kind::Expression, begin, end);
    made->expression_ = value;
    if (std::int64_t number = 0; value->evaluateAsAbsolute(number))
      made->number_ = number;
    return made;
  }

  XS3Operand(Kind kind, llvm::SMLoc begin, llvm::SMLoc end)
      : kind_(kind), begin_(begin), end_(end) {}

  bool isToken() const override { return kind_ == Kind::Token; }
  bool isReg() const override { return kind_ == Kind::Register; }
  bool isImm() const override { return kind_ == Kind::Expression; }
  bool isMem() const override { return false; }
  llvm::StringRef getToken() const { return text_; }
  llvm::MCRegister getReg() const override { return register_; }
  llvm::SMLoc getStartLoc() const override { return begin_; }
  llvm::SMLoc getEndLoc() const override { return end_; }
  llvm::SMRange range() const { return {begin_, end_}; }
  void print(llvm::raw_ostream &out) const override {
    out << llvm::StringRef(begin_.getPointer(),
                           static_cast<std::size_t>(end_.getPointer() - begin_.getPointer()));
  }

  /// The value of an expression that is known already.
  std::optional<std::int64_t> number() const { return number_; }

  // The operand classes of the description. Symbols take the wide fields, which relocations know.
  template <unsigned Bits> bool isUImm() const {
    return isImm() && (number_ ? *number_ >= 0 && *number_ < (1 << Bits) : Bits >= 16);
  }
  template <unsigned Largest> bool isUpTo() const {
    return number_ && *number_ >= 0 && *number_ <= Largest;
  }
  bool isBitPosition() const {
    return number_ &&
           ((*number_ >= 1 && *number_ <= 8) || number_ == 16 || number_ == 24 || number_ == 32);
  }
  bool isBranchTarget() const { return isImm(); }

  void addRegOperands(llvm::MCInst &inst, unsigned) const {
    inst.addOperand(llvm::MCOperand::createReg(register_));
  }
  void addImmOperands(llvm::MCInst &inst, unsigned) const {
    inst.addOperand(number_ ? llvm::MCOperand::createImm(*number_)
                            : llvm::MCOperand::createExpr(expression_));
  }

private:
  Kind kind_;
  llvm::SMLoc begin_;
  llvm::SMLoc end_;
  llvm::StringRef text_;
  llvm::MCRegister register_;
  const llvm::MCExpr *expression_ = nullptr;
  std::optional<std::int64_t> number_;
};

} // namespace xs3::assembler
