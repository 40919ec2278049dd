// The vendor's directives. LLVM's parser knows the usual ones; what is in neither is an error.
#include "asm/parser/asm_parser.h"
#include "asm/parser/limits.h"

#include <llvm/BinaryFormat/ELF.h>
#include <llvm/MC/MCContext.h>
#include <llvm/MC/MCExpr.h>
#include <llvm/MC/MCInstBuilder.h>
#include <llvm/MC/MCParser/MCAsmParserUtils.h>
#include <llvm/MC/MCSectionELF.h>
#include <llvm/MC/MCSymbolELF.h>

#include <llvm/Support/Casting.h>
#include <llvm/Support/MathExtras.h>
#include <llvm/Support/MemoryBuffer.h>
#include <llvm/Support/Path.h>
#include <llvm/Support/SourceMgr.h>

#include <algorithm>
#include <cstring>

namespace xs3::assembler {

namespace mc = isa::mc;

namespace {

// Symbols that hold what a function needs; callers combine them in link-time expressions.
bool isResourceUse(StringRef symbol) {
  constexpr std::array<StringRef, 5> kEndings = {".nstackwords", ".maxcores", ".maxthreads",
                                                 ".maxtimers", ".maxchanends"};
  return std::any_of(kEndings.begin(), kEndings.end(),
                     [&](StringRef ending) { return symbol.ends_with(ending); });
}

} // namespace

const StringMap<XS3AsmParser::Handler> &XS3AsmParser::directives() {
  static const StringMap<Handler> table = [] {
    StringMap<Handler> t = {
        {".issue_mode", &XS3AsmParser::parseIssueMode},
        {".cc_top", &XS3AsmParser::parseCcTop},
        {".cc_bottom", &XS3AsmParser::parseCcBottom},
        {".linkset", &XS3AsmParser::parseAssignment},
        {".word", &XS3AsmParser::parseWord},
        {".asciiz", &XS3AsmParser::parseAsciiz},
        {".locl", &XS3AsmParser::parseLocal},
        {".incbin", &XS3AsmParser::parseIncbin},
        {".jmptable", &XS3AsmParser::parseJumpTable},
        {".jmptable32", &XS3AsmParser::parseJumpTable},
        {".syntax", &XS3AsmParser::parseChoice},
        {".scheduling", &XS3AsmParser::parseChoice},
    };
    // For the vendor's checks, its timing tool and its sums of resource use.
    for (const char *name : {".add_to_set",
                             ".max_reduce",
                             ".resource_const",
                             ".resource_list_empty",
                             ".resource_list_add",
                             ".globalresource",
                             ".globresource",
                             ".typestring",
                             ".call",
                             ".globread",
                             ".globwrite",
                             ".globpassesref",
                             ".par",
                             ".parwrite",
                             ".inline_definition",
                             ".overlay_reference",
                             ".overlay_subgraph_conflict",
                             ".assert",
                             ".xtabranch",
                             ".xtaloop",
                             ".xtacall",
                             ".xtacommand",
                             ".xtaendpoint",
                             ".xtalabel",
                             ".xtathreadstart",
                             ".xtathreadstop"})
      t[name] = &XS3AsmParser::acceptWithoutEffect;
    return t;
  }();
  return table;
}

ParseStatus XS3AsmParser::parseDirective(AsmToken directive) {
  const StringRef name = directive.getIdentifier();
  if (packet_.open && name != ".loc") {
    packet_.failed = true;
    packet_.open = false;
    return Error(directive.getLoc(),
                 "a packet holds instructions only; close it with '}' before this",
                 rangeOf(directive));
  }
  if (const auto found = directives().find(name); found != directives().end())
    return (this->*found->second)(directive);
  // Expressions with the vendor's maximum sign, and the sums of resource use, are for its linker.
  if (name == ".set" && (restOfStatement().contains("$M") ||
                         isResourceUse(restOfStatement().split(',').first.trim())))
    return parseAssignment(directive);
  if (name == ".rept" || name == ".rep")
    return checkRepeat();
  if (name == ".section" && parseMergeSection())
    return ParseStatus::Success;
  return ParseStatus::NoMatch;
}

// The generic parser copies the block so often as the number says, before anything looks at it.
ParseStatus XS3AsmParser::checkRepeat() {
  const StringRef count = restOfStatement().take_until([](char c) { return c == '#' || c == '/'; });
  std::int64_t number = 0;
  const MCSymbol *symbol = getContext().lookupSymbol(count.trim());
  const bool known = !count.trim().getAsInteger(0, number) ||
                     (symbol != nullptr && symbol->isVariable() &&
                      symbol->getVariableValue(false)->evaluateAsAbsolute(number));
  if (!known || number <= kLargestRepeat)
    return ParseStatus::NoMatch;
  return Error(getTok().getLoc(), "a block is repeated at most " + Twine(kLargestRepeat) + " times",
               rangeOf(getTok()));
}

// From the current token to the end of the line.
StringRef XS3AsmParser::restOfStatement() {
  const char *begin = getTok().getLoc().getPointer();
  return {begin, std::strcspn(begin, "\n")};
}

bool XS3AsmParser::parseIssueMode(AsmToken) {
  const AsmToken mode = getTok();
  if (!mode.is(AsmToken::Identifier) ||
      (mode.getString() != "single" && mode.getString() != "dual"))
    return Error(mode.getLoc(), "the issue mode is 'single' or 'dual'", rangeOf(mode));
  Lex();
  const bool dual = mode.getString() == "dual";
  // Packets lie on 4-byte boundaries; what is aligned here need not be aligned before each label.
  if (dual && !dual_ && getStreamer().getCurrentSectionOnly()->useCodeAlign() &&
      getStreamer().getCurrentSectionOnly()->hasInstructions())
    getStreamer().emitCodeAlignment(Align(4), mc::target().single.get());
  dual_ = dual;
  return parseEOL();
}

// Bounds of a block that other linkers may drop; ours keeps what an object holds.
bool XS3AsmParser::parseCcTop(AsmToken) {
  StringRef block;
  StringRef symbol;
  if (getParser().parseIdentifier(block))
    return TokError("the name of a block is wanted here, as in 'f.function, f'");
  if (parseOptionalToken(AsmToken::Comma) && getParser().parseIdentifier(symbol))
    return TokError("a symbol is wanted here");
  return parseEOL();
}

bool XS3AsmParser::parseCcBottom(AsmToken) {
  StringRef block;
  if (getParser().parseIdentifier(block))
    return TokError("the name of a block is wanted here, as in 'f.function'");
  return parseEOL();
}

bool XS3AsmParser::parseAssignment(AsmToken) {
  StringRef name;
  if (getParser().parseIdentifier(name))
    return TokError("a symbol is wanted here");
  if (getParser().parseComma())
    return true;
  const bool linkTime = restOfStatement().contains("$M");
  if (linkTime) {
    getParser().parseStringToEndOfStatement();
    return parseEOL();
  }
  MCSymbol *symbol = nullptr;
  const MCExpr *value = nullptr;
  if (MCParserUtils::parseAssignmentExpression(name, true, getParser(), symbol, value))
    return true;
  std::int64_t number = 0;
  if (symbol != nullptr && (!isResourceUse(name) || value->evaluateAsAbsolute(number)))
    getStreamer().emitAssignment(symbol, value);
  return false;
}

bool XS3AsmParser::parseWord(AsmToken) {
  return getParser().parseMany([&] {
    const SMLoc place = getTok().getLoc();
    const MCExpr *value = nullptr;
    if (getParser().checkForValidSection() || getParser().parseExpression(value))
      return true;
    if (const auto *constant = dyn_cast<MCConstantExpr>(value)) {
      if (!isUInt<32>(static_cast<std::uint64_t>(constant->getValue())) &&
          !isInt<32>(constant->getValue()))
        return Error(place, "the number does not fit a word of 32 bits");
      getStreamer().emitIntValue(static_cast<std::uint64_t>(constant->getValue()), 4);
    } else {
      getStreamer().emitValue(value, 4, place);
    }
    return false;
  });
}

bool XS3AsmParser::parseAsciiz(AsmToken) {
  return getParser().parseMany([&] {
    std::string text;
    if (getParser().checkForValidSection() || getParser().parseEscapedString(text))
      return true;
    text.push_back('\0');
    getStreamer().emitBytes(text);
    return false;
  });
}

bool XS3AsmParser::parseLocal(AsmToken) {
  return getParser().parseMany([&] {
    StringRef name;
    if (getParser().parseIdentifier(name))
      return TokError("a symbol is wanted here");
    getStreamer().emitSymbolAttribute(getContext().getOrCreateSymbol(name), MCSA_Local);
    return false;
  });
}

const std::vector<std::uint8_t> *XS3AsmParser::virtualFile(StringRef name) const {
  for (const auto &[fileName, content] : options_.virtualFiles)
    if (name == StringRef(fileName))
      return &content;
  return nullptr;
}

/// A file that the source names: beside the source, as #include "FILE" has it, else where the
/// source manager looks. `path` becomes its place.
std::unique_ptr<MemoryBuffer> XS3AsmParser::openNamedFile(StringRef name, SMLoc place,
                                                          std::string &path) {
  SourceMgr &sources = getParser().getSourceManager();
  const unsigned buffer = sources.FindBufferContainingLoc(place);
  SmallString<128> beside =
      sys::path::parent_path(sources.getMemoryBuffer(buffer)->getBufferIdentifier());
  sys::path::append(beside, name);
  for (const StringRef candidate : {StringRef(beside), name})
    if (auto opened = sources.OpenIncludeFile(candidate.str(), path))
      return std::move(*opened);
  return nullptr;
}

// .incbin "FILE" [, skip [, count]]
bool XS3AsmParser::parseIncbin(AsmToken) {
  const AsmToken nameToken = getTok();
  std::string name;
  std::int64_t skip = 0;
  std::int64_t count = -1;
  if (!nameToken.is(AsmToken::String))
    return Error(nameToken.getLoc(), "a file's name in quotes is wanted here", rangeOf(nameToken));
  if (getParser().parseEscapedString(name))
    return true;
  if (parseOptionalToken(AsmToken::Comma)) {
    if (!getTok().is(AsmToken::Comma) && getParser().parseAbsoluteExpression(skip))
      return true;
    if (parseOptionalToken(AsmToken::Comma) && getParser().parseAbsoluteExpression(count))
      return true;
  }
  std::unique_ptr<MemoryBuffer> onDisk;
  StringRef bytes;
  if (const auto *content = virtualFile(name)) {
    bytes = StringRef(reinterpret_cast<const char *>(content->data()), content->size());
  } else {
    std::string path;
    onDisk = openNamedFile(name, nameToken.getLoc(), path);
    if (!onDisk)
      return Error(nameToken.getLoc(),
                   "cannot read '" + name +
                       "'; is it beside the source, or in a folder given by -I?",
                   rangeOf(nameToken));
    bytes = onDisk->getBuffer();
    filesRead_.push_back(path);
  }
  if (skip < 0 || static_cast<std::uint64_t>(skip) > bytes.size() ||
      (count >= 0 &&
       static_cast<std::uint64_t>(count) > bytes.size() - static_cast<std::uint64_t>(skip)))
    return Error(nameToken.getLoc(), "'" + name + "' has only " + Twine(bytes.size()) + " bytes",
                 rangeOf(nameToken));
  if (getParser().checkForValidSection())
    return true;
  bytes = bytes.drop_front(static_cast<std::size_t>(skip));
  if (count >= 0)
    bytes = bytes.take_front(static_cast<std::size_t>(count));
  if (!bytes.empty())
    getStreamer().emitBytes(bytes);
  return parseEOL();
}

// .jmptable A, B, ...: one 2-byte branch for each label, here to a long branch behind the table,
// which reaches any label. .jmptable32: one 4-byte branch for each label.
bool XS3AsmParser::parseJumpTable(AsmToken directive) {
  std::vector<const MCExpr *> targets;
  const bool wide = directive.getIdentifier() == ".jmptable32";
  if (getParser().parseMany([&] {
        targets.emplace_back();
        return getParser().parseExpression(targets.back());
      }))
    return true;
  if (dual_ || (!wide && targets.size() > 32))
    return Error(directive.getLoc(), dual_ ? "jump tables are single-issue code"
                                           : "a .jmptable has at most 32 labels; use .jmptable32");
  const auto branch = [&](unsigned opcode, const MCExpr *target) {
    MCInst inst = MCInstBuilder(opcode).addExpr(target);
    inst.setLoc(directive.getLoc());
    inst.setFlags(mc::kFixedForm);
    getStreamer().emitInstruction(inst, *mc::target().single);
  };
  std::vector<MCSymbol *> longBranches;
  for (const MCExpr *target : targets) {
    if (wide) {
      branch(XS3::BU_lu6, target);
      continue;
    }
    longBranches.push_back(getContext().createTempSymbol());
    branch(XS3::BU_u6, MCSymbolRefExpr::create(longBranches.back(), getContext()));
  }
  for (std::size_t i = 0; i < longBranches.size(); ++i) {
    getStreamer().emitLabel(longBranches[i]);
    branch(XS3::BU_lu6, targets[i]);
  }
  return false;
}

// .syntax architectural|default, .scheduling off|default: both spellings are always understood,
// and the order is always kept.
bool XS3AsmParser::parseChoice(AsmToken directive) {
  const AsmToken choice = getTok();
  const StringRef other = directive.getIdentifier() == ".syntax" ? "architectural" : "off";
  if (!choice.is(AsmToken::Identifier) ||
      (choice.getString() != "default" && choice.getString() != other))
    return Error(choice.getLoc(), "'" + other + "' or 'default' is wanted here", rangeOf(choice));
  Lex();
  return parseEOL();
}

bool XS3AsmParser::acceptWithoutEffect(AsmToken) {
  getParser().parseStringToEndOfStatement();
  return parseEOL();
}

// .section NAME, "FLAGS", @TYPE where the flags hold M without the entry size that LLVM's parser
// insists on; compilers mean 1. True when it was such a directive, and done.
bool XS3AsmParser::parseMergeSection() {
  const StringRef rest = restOfStatement();
  SmallVector<StringRef, 5> parts;
  rest.split(parts, ',');
  if (parts.size() < 2 || parts.size() > 3 || !parts[1].trim().starts_with("\"") ||
      !parts[1].contains('M'))
    return false;
  unsigned flags = 0;
  for (const char letter : parts[1].trim().trim('"')) {
    constexpr std::pair<char, unsigned> kLetters[] = {
        {'a', ELF::SHF_ALLOC},           {'w', ELF::SHF_WRITE},   {'x', ELF::SHF_EXECINSTR},
        {'M', ELF::SHF_MERGE},           {'S', ELF::SHF_STRINGS}, {'c', ELF::XCORE_SHF_CP_SECTION},
        {'d', ELF::XCORE_SHF_DP_SECTION}};
    const auto *found = std::find_if(std::begin(kLetters), std::end(kLetters),
                                     [&](auto &k) { return k.first == letter; });
    if (found == std::end(kLetters))
      return false;
    flags |= found->second;
  }
  const StringRef name = parts[0].trim().trim('"');
  getParser().parseStringToEndOfStatement();
  parseOptionalToken(AsmToken::EndOfStatement);
  getStreamer().switchSection(
      getContext().getELFSection(getContext().allocateString(name), ELF::SHT_PROGBITS, flags, 1));
  return true;
}

} // namespace xs3::assembler
