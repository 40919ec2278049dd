// One instruction's text: operands, the generated matcher, the choice among forms of one text.
#include "asm/parser/asm_parser.h"
#include "isa/opcodes.h"
#include "isa/rows.h"

#include <llvm/MC/MCContext.h>
#include <llvm/Support/Casting.h>
#include <llvm/Support/MathExtras.h>

#include <algorithm>
#include <set>

namespace xs3::assembler {

namespace mc = isa::mc;

#define GET_REGISTER_MATCHER
#define GET_MATCHER_IMPLEMENTATION
#include "XS3GenAsmMatcher.inc"

namespace {

// The variants of XS3.td.
enum Variant : unsigned { kPlain = 0, kArchitectural = 1 };

// Words that are operands of these mnemonics and symbols of all others.
bool isSyntaxWord(StringRef mnemonic, StringRef word) {
  if (mnemonic == "get")
    return word == "id" || word == "ed" || word == "et" || word == "kep" || word == "ksp";
  if (mnemonic == "set")
    return word == "kep";
  if (mnemonic == "ldw" || mnemonic == "stw")
    return word == "spc" || word == "ssr" || word == "sed" || word == "et";
  return false;
}

// Where a word is a symbol even when a register has that name.
bool isTargetPosition(StringRef mnemonic, unsigned position) {
  if (mnemonic == "bl" || mnemonic == "bu")
    return position == 0;
  return (mnemonic == "bt" || mnemonic == "bf" || mnemonic == "ldap") && position == 1;
}

std::string nearestMnemonic(StringRef name) {
  const auto letters = [](StringRef word) {
    std::string sorted = word.str();
    std::sort(sorted.begin(), sorted.end());
    return sorted;
  };
  std::string nearest;
  unsigned best = name.size() <= 4 ? 2 : 3; // one wrong letter in a short word, two in a longer one
  for (const isa::Row &row : isa::rows()) {
    const StringRef candidate(row.mnemonic.data(), row.mnemonic.size());
    const bool swapped = letters(candidate) == letters(name);
    const unsigned distance = swapped ? 1 : name.edit_distance(candidate, true, best);
    if (distance < best && name.size() > 1) {
      best = distance;
      nearest = candidate.str();
    }
  }
  return nearest;
}

// "add a, b, c" or, for several texts, all of them.
std::string writtenForms(StringRef mnemonic) {
  std::set<std::string> forms;
  for (const isa::Row &row : isa::rows())
    if (mnemonic == StringRef(row.mnemonic.data(), row.mnemonic.size())) {
      std::string form = std::string(row.mnemonic) + std::string(row.syntax);
      std::erase(form, '$');
      forms.insert(form);
    }
  std::string text;
  for (const std::string &form : forms)
    text += (text.empty() ? "'" : " or '") + form + "'";
  return text;
}

} // namespace

XS3AsmParser::XS3AsmParser(const MCTargetOptions &targetOptions, const AssembleOptions &options,
                           std::vector<std::string> &filesRead)
    : MCTargetAsmParser(targetOptions, *mc::target().single, *mc::target().instructions),
      options_(options), filesRead_(filesRead) {}

bool XS3AsmParser::parseRegister(MCRegister &number, SMLoc &begin, SMLoc &end) {
  if (!tryParseRegister(number, begin, end).isSuccess())
    return Error(begin, "a register is wanted here");
  return false;
}

ParseStatus XS3AsmParser::tryParseRegister(MCRegister &number, SMLoc &begin, SMLoc &end) {
  const AsmToken &token = getTok();
  begin = token.getLoc();
  end = token.getEndLoc();
  if (!token.is(AsmToken::Identifier))
    return ParseStatus::NoMatch;
  number = MatchRegisterName(token.getString().lower());
  if (!number)
    return ParseStatus::NoMatch;
  Lex();
  return ParseStatus::Success;
}

bool XS3AsmParser::isRegisterName(const AsmToken &token) const {
  return token.is(AsmToken::Identifier) && MatchRegisterName(token.getString().lower());
}

bool XS3AsmParser::ParseInstruction(ParseInstructionInfo &, StringRef name, SMLoc nameLoc,
                                    OperandVector &operands) {
  operands.push_back(
      XS3Operand::token(name, nameLoc, SMLoc::getFromPointer(nameLoc.getPointer() + name.size())));
  if (name == "{")
    return false;
  const StringRef mnemonic = name.take_until([](char c) { return c == '_'; });
  const auto atEnd = [&] {
    return getTok().is(AsmToken::EndOfStatement) || getTok().is(AsmToken::RCurly) ||
           getTok().is(AsmToken::Eof);
  };
  bool failed = false;
  for (unsigned position = 0; !atEnd() && !failed; ++position) {
    if (name == "}")
      failed =
          Error(getTok().getLoc(), "a packet ends its line; begin a new one", rangeOf(getTok()));
    else if (position > 0 && !parseOptionalToken(AsmToken::Comma))
      failed = Error(getTok().getLoc(), "a comma is wanted here", rangeOf(getTok()));
    else
      failed = parseOperand(mnemonic, position, operands);
  }
  if (failed) {
    // All is said; what follows on the line, a packet's closing brace above all, is read as usual.
    getParser().printPendingErrors();
    packet_.failed = packet_.open;
    if (name != "}")
      operands.clear();
    skipStatement();
  }
  parseOptionalToken(AsmToken::EndOfStatement);
  return false;
}

void XS3AsmParser::skipStatement() {
  while (!getTok().is(AsmToken::EndOfStatement) && !getTok().is(AsmToken::RCurly) &&
         !getTok().is(AsmToken::Eof))
    Lex();
}

bool XS3AsmParser::parseOperand(StringRef mnemonic, unsigned position, OperandVector &operands) {
  const AsmToken token = getTok();
  if (!token.is(AsmToken::Identifier) || isTargetPosition(mnemonic, position))
    return parseExpressionOperand(operands);
  const std::string word = token.getString().lower();
  const bool beforeBracket = getLexer().peekTok().is(AsmToken::LBrac);
  const bool isRegister = isRegisterName(token);
  const bool isSpace = beforeBracket && (word == "res" || word == "t" || word == "ps");
  if (!isRegister && !isSpace && !isSyntaxWord(mnemonic, word))
    return parseExpressionOperand(operands);
  if (parseRegisterOrToken(operands))
    return true;
  if (beforeBracket && parseBracket(word == "dp" || word == "cp", operands))
    return true;
  // t[r1]:pc, t[r1]:r2
  if (isSpace && getTok().is(AsmToken::Colon)) {
    operands.push_back(XS3Operand::token(":", getTok().getLoc(), getTok().getEndLoc()));
    Lex();
    return parseRegisterOrToken(operands);
  }
  return false;
}

bool XS3AsmParser::parseRegisterOrToken(OperandVector &operands) {
  const AsmToken token = getTok();
  if (!token.is(AsmToken::Identifier))
    return Error(token.getLoc(), "a register is wanted here", rangeOf(token));
  if (const MCRegister number = MatchRegisterName(token.getString().lower()))
    operands.push_back(XS3Operand::reg(number, token.getLoc(), token.getEndLoc()));
  else
    operands.push_back(XS3Operand::token(token.getString(), token.getLoc(), token.getEndLoc()));
  Lex();
  return false;
}

// [expression], [register], [-expression], [-register]. `symbols`: of dp or cp, so that a word is a
// symbol even when a register has that name.
bool XS3AsmParser::parseBracket(bool symbols, OperandVector &operands) {
  const auto sign = [&](StringRef text) {
    operands.push_back(XS3Operand::token(text, getTok().getLoc(), getTok().getEndLoc()));
    Lex();
  };
  sign("[");
  const bool minus = getTok().is(AsmToken::Minus);
  if (!symbols && minus && isRegisterName(getLexer().peekTok()))
    sign("-");
  if (!symbols && isRegisterName(getTok())) {
    parseRegisterOrToken(operands);
  } else {
    if (parseExpressionOperand(operands))
      return true;
    const auto &index = static_cast<const XS3Operand &>(*operands.back());
    // ldaw a, b[-0] is not ldaw a, b[0].
    if (const auto value = index.number(); value && (*value < 0 || (*value == 0 && minus))) {
      auto magnitude =
          XS3Operand::expression(MCConstantExpr::create(-*index.number(), getContext()),
                                 index.getStartLoc(), index.getEndLoc());
      operands.back() = XS3Operand::token("-", index.getStartLoc(), index.getEndLoc());
      operands.push_back(std::move(magnitude));
    }
  }
  if (!getTok().is(AsmToken::RBrac))
    return Error(getTok().getLoc(), "a ']' is wanted here", rangeOf(getTok()));
  sign("]");
  return false;
}

bool XS3AsmParser::parseExpressionOperand(OperandVector &operands) {
  const SMLoc begin = getTok().getLoc();
  const MCExpr *value = nullptr;
  SMLoc end;
  if (getParser().parseExpression(value, end))
    return true;
  operands.push_back(XS3Operand::expression(value, begin, end));
  if (alone_ && !static_cast<const XS3Operand &>(*operands.back()).number())
    return Error(begin,
                 "a number is wanted here: symbols have no value in an instruction by itself",
                 {begin, end});
  return false;
}

unsigned XS3AsmParser::validateTargetOperandClass(MCParsedAsmOperand &operand, unsigned kind) {
  // Digits of the syntax, as in vldr r11[0].
  const auto digit = [&](std::int64_t value) {
    return static_cast<const XS3Operand &>(operand).number() == value ? Match_Success
                                                                      : Match_InvalidOperand;
  };
  switch (kind) {
  case MCK_0:
    return digit(0);
  case MCK_1:
    return digit(1);
  case MCK_2:
    return digit(2);
  case MCK_3:
    return digit(3);
  case MCK_4:
    return digit(4);
  default:
    return Match_InvalidOperand;
  }
}

bool XS3AsmParser::MatchAndEmitInstruction(SMLoc place, unsigned &, OperandVector &operands,
                                           MCStreamer &, uint64_t &errorInfo, bool) {
  // Errors are reported here and not by the return value, which would make the generic parser skip
  // the rest of the line.
  if (operands.empty())
    return false;
  const StringRef name = static_cast<const XS3Operand &>(*operands[0]).getToken();
  if (name == "{") {
    openPacket(place);
    return false;
  }
  if (name == "}") {
    closePacket(place);
    return false;
  }
  Matched matched;
  matched.fixedForm = name.contains('_');
  const unsigned result = MatchInstructionImpl(operands, matched.inst, errorInfo, false,
                                               matched.fixedForm ? kArchitectural : kPlain);
  if (result != Match_Success) {
    reportMismatch(result, errorInfo, operands, place);
    return false;
  }
  const auto &last = static_cast<const XS3Operand &>(*operands.back());
  matched.range = {place, last.getEndLoc()};
  matched.inst.setLoc(place);
  const isa::Row &row = isa::row(mc::opcodeOf(matched.inst.getOpcode()));
  const bool isBranch =
      row.immediate == isa::Immediate::Forward || row.immediate == isa::Immediate::Backward;
  if (isBranch && last.number()) {
    if (!chooseBranchForm(matched, last))
      return false;
  } else {
    chooseForm(matched);
  }
  if (row.provisional)
    getParser().Warning(place,
                        "the encoding of '" + name +
                            "' is not known from any machine code: this is a "
                            "provisional place",
                        static_cast<const XS3Operand &>(*operands[0]).range());
  emit(std::move(matched));
  return false;
}

void XS3AsmParser::reportMismatch(unsigned result, uint64_t errorInfo,
                                  const OperandVector &operands, SMLoc place) {
  const auto &nameOperand = static_cast<const XS3Operand &>(*operands[0]);
  const StringRef name = nameOperand.getToken();
  const StringRef mnemonic = name.take_until([](char c) { return c == '_'; });
  if (result == Match_MnemonicFail) {
    const std::string forms = writtenForms(mnemonic);
    std::string message = "'" + name.str() + "' is no instruction";
    if (!forms.empty())
      message = "'" + mnemonic.str() + "' has no format '" +
                name.drop_front(mnemonic.size() + 1).str() + "'";
    else if (name == "veqdr" || name == "veqc" || name == "vladdd")
      message = "the encoding of '" + name.str() + "' is not known";
    else if (const std::string nearest = nearestMnemonic(mnemonic); !nearest.empty())
      message += "; did you mean '" + nearest + "'?";
    return error(nameOperand.range(), message);
  }
  if (errorInfo == ~std::uint64_t{0} || errorInfo >= operands.size())
    return error({place, static_cast<const XS3Operand &>(*operands.back()).getEndLoc()},
                 "too few operands; it is written " + writtenForms(mnemonic));
  const auto &culprit = static_cast<const XS3Operand &>(*operands[errorInfo]);
  if (const char *text = getMatchKindDiag(static_cast<XS3MatchResultTy>(result)))
    return error(culprit.range(), text);
  error(culprit.range(),
        "this operand does not fit; '" + mnemonic.str() + "' is written " + writtenForms(mnemonic));
}

// A branch by a number: a signed distance in units.
bool XS3AsmParser::chooseBranchForm(Matched &matched, const XS3Operand &target) {
  const std::int64_t distance = *target.number();
  const std::int64_t magnitude = distance < 0 ? -distance : distance;
  isa::Opcode opcode = mc::opcodeOf(matched.inst.getOpcode());
  const bool backward = isa::row(opcode).immediate == isa::Immediate::Backward;
  if (matched.fixedForm && magnitude != 0 && backward != (distance < 0)) {
    error(target.range(), backward ? "this form branches backward: the distance is 0 or less"
                                   : "this form branches forward: the distance is 0 or more");
    return false;
  }
  if (!matched.fixedForm && distance < 0)
    opcode = isa::otherDirection(opcode);
  if (!matched.fixedForm && magnitude > isa::largestImmediate(opcode))
    opcode = *isa::longForm(opcode);
  if (magnitude > isa::largestImmediate(opcode)) {
    error(target.range(), "the distance is out of reach: at most " +
                              Twine(isa::largestImmediate(opcode)) + " units");
    return false;
  }
  matched.inst.setOpcode(mc::llvmOpcode(opcode));
  matched.inst.getOperand(matched.inst.getNumOperands() - 1).setImm(magnitude);
  return true;
}

void XS3AsmParser::chooseForm(Matched &matched) {
  MCInst &inst = matched.inst;
  const isa::Opcode opcode = mc::opcodeOf(inst.getOpcode());
  if (matched.fixedForm) {
    inst.setFlags(mc::kFixedForm);
    // Both codes 0 and 11 of a bit position mean 32; plain text gives 0.
    if (isa::row(opcode).immediate == isa::Immediate::BitPosition)
      for (const MCOperand &operand : inst)
        if (operand.isImm() && operand.getImm() == 32)
          inst.setFlags(mc::kFixedForm | mc::kAlternateCode);
    return;
  }
  // ldw r11, cp[n]: the first of ru6, u10, lru6, lu10 that fits; a symbol takes lru6.
  if (opcode != isa::LDWCP_u10 && opcode != isa::LDWCP_lu10)
    return;
  const MCOperand words = inst.getOperand(0);
  isa::Opcode better = opcode;
  if (opcode == isa::LDWCP_u10 && words.getImm() <= isa::largestImmediate(isa::LDWCP_ru6))
    better = isa::LDWCP_ru6;
  if (opcode == isa::LDWCP_lu10 &&
      (words.isExpr() || words.getImm() <= isa::largestImmediate(isa::LDWCP_lru6)))
    better = isa::LDWCP_lru6;
  if (better == opcode)
    return;
  MCInst replaced;
  replaced.setLoc(inst.getLoc());
  replaced.setOpcode(mc::llvmOpcode(better));
  replaced.addOperand(MCOperand::createReg(XS3::R11));
  replaced.addOperand(words);
  inst = replaced;
}

} // namespace xs3::assembler
