// XMOS assembly: instructions, packets and the vendor's directives, on LLVM's generic parser, which
// brings labels, expressions, data, sections, macros and conditionals.
#pragma once

#include "asm/assemble.h"
#include "asm/parser/operand.h"
#include "isa/mc/target.h"

#include <llvm/MC/MCParser/MCAsmLexer.h>
#include <llvm/MC/MCParser/MCAsmParser.h>
#include <llvm/MC/MCParser/MCTargetAsmParser.h>
#include <llvm/MC/MCStreamer.h>
#include <llvm/Support/MemoryBuffer.h>

#include <vector>

namespace xs3::assembler {

using namespace llvm; // the generated matcher is written for it

class XS3AsmParser : public MCTargetAsmParser {
public:
  enum XS3MatchResultTy {
    Match_Dummy = FIRST_TARGET_MATCH_RESULT_TY,
#define GET_OPERAND_DIAGNOSTIC_TYPES
#include "XS3GenAsmMatcher.inc"
  };

  /// `filesRead` gets the names of the files that .incbin reads.
  XS3AsmParser(const MCTargetOptions &targetOptions, const AssembleOptions &options,
               std::vector<std::string> &filesRead);

  void setDual(bool dual) { dual_ = dual; }
  /// Each line stands alone: packets in either mode, and no symbols, which have no value there.
  void setAlone() { alone_ = true; }

  bool parseRegister(MCRegister &number, SMLoc &begin, SMLoc &end) override;
  ParseStatus tryParseRegister(MCRegister &number, SMLoc &begin, SMLoc &end) override;
  bool ParseInstruction(ParseInstructionInfo &info, StringRef name, SMLoc nameLoc,
                        OperandVector &operands) override;
  bool MatchAndEmitInstruction(SMLoc place, unsigned &opcode, OperandVector &operands,
                               MCStreamer &out, uint64_t &errorInfo,
                               bool matchingInlineAsm) override;
  unsigned validateTargetOperandClass(MCParsedAsmOperand &operand, unsigned kind) override;
  ParseStatus parseDirective(AsmToken directive) override;
  void onEndOfFile() override;

private:
// convertToMapAndConstraints, MatchInstructionImpl, ...
#define GET_ASSEMBLER_HEADER
#include "XS3GenAsmMatcher.inc"

  // An instruction that was matched, and what its text asked for.
  struct Matched {
    MCInst inst;
    SMRange range;
    bool fixedForm = false; ///< Its mnemonic named the format.
  };

  // instructions.cpp
  bool parseOperand(StringRef mnemonic, unsigned position, OperandVector &operands);
  bool parseBracket(bool symbols, OperandVector &operands);
  bool parseExpressionOperand(OperandVector &operands);
  bool parseRegisterOrToken(OperandVector &operands);
  bool isRegisterName(const AsmToken &token) const;
  void skipStatement();
  void reportMismatch(unsigned result, uint64_t errorInfo, const OperandVector &operands,
                      SMLoc place);
  bool chooseBranchForm(Matched &matched, const XS3Operand &target);
  void chooseForm(Matched &matched);

  // packets.cpp
  void openPacket(SMLoc place);
  void closePacket(SMLoc place);
  void emit(Matched matched);
  void emitSingle(Matched &matched);
  void emitLone(Matched &matched);
  void emitPair(Matched &first, Matched &second);
  void emitBundle(const MCInst &lower, const MCInst &upper, SMLoc place);
  bool dualModeFollows();

  // directives.cpp
  using Handler = bool (XS3AsmParser::*)(AsmToken directive);
  static const StringMap<Handler> &directives();
  bool parseIssueMode(AsmToken directive);
  bool parseCcTop(AsmToken directive);
  bool parseCcBottom(AsmToken directive);
  bool parseAssignment(AsmToken directive);
  bool parseWord(AsmToken directive);
  bool parseAsciiz(AsmToken directive);
  bool parseLocal(AsmToken directive);
  bool parseIncbin(AsmToken directive);
  bool parseJumpTable(AsmToken directive);
  bool parseChoice(AsmToken directive);
  bool acceptWithoutEffect(AsmToken directive);
  bool parseMergeSection();
  ParseStatus checkRepeat();
  StringRef restOfStatement();
  const std::vector<std::uint8_t> *virtualFile(StringRef name) const;
  std::unique_ptr<MemoryBuffer> openNamedFile(StringRef name, SMLoc place, std::string &path);

  void error(SMRange range, const Twine &message) {
    getParser().printError(range.Start, message, range);
    packet_.failed = packet_.open || packet_.failed;
  }
  static SMRange rangeOf(const AsmToken &token) { return {token.getLoc(), token.getEndLoc()}; }

  const AssembleOptions &options_;
  std::vector<std::string> &filesRead_;
  bool dual_ = false;
  bool alone_ = false;
  bool toldAboutMode_ = false; ///< That packets need dual issue is said once.
  struct {
    bool open = false;
    bool failed = false; ///< An error in it was reported: nothing is emitted.
    SMLoc begin;
    std::vector<Matched> halves;
  } packet_;
};

} // namespace xs3::assembler
