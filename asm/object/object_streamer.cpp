// Marks of issue modes and data in sections of code.
#include "asm/object/object_streamer.h"

#include "isa/mc/target.h"

#include <llvm/BinaryFormat/ELF.h>
#include <llvm/MC/MCContext.h>
#include <llvm/MC/MCExpr.h>
#include <llvm/MC/MCObjectWriter.h>
#include <llvm/MC/MCSectionELF.h>
#include <llvm/MC/MCSymbolELF.h>

#include <algorithm>

namespace xs3::assembler {

using namespace llvm;

ObjectStreamer::ObjectStreamer(MCContext &context, std::unique_ptr<MCAsmBackend> backend,
                               std::unique_ptr<MCObjectWriter> writer,
                               std::unique_ptr<MCCodeEmitter> emitter, AlignedPlaces &alignedPlaces,
                               std::vector<EmittedPlace> *emitted)
    : MCELFStreamer(context, std::move(backend), std::move(writer), std::move(emitter)),
      alignedPlaces_(alignedPlaces), emitted_(emitted) {}

void ObjectStreamer::changeSection(MCSection *section, uint32_t subsection) {
  if (section_ != nullptr)
    contents_[section_] = content_;
  MCELFStreamer::changeSection(section, subsection);
  section_ = section;
  const auto found = contents_.find(section);
  content_ = found == contents_.end() ? Content::None : found->second;
  inCode_ = (cast<MCSectionELF>(section)->getFlags() & ELF::SHF_EXECINSTR) != 0;
}

void ObjectStreamer::mark(Content content, SMLoc place) {
  noteStatement();
  if (content_ == content || !inCode_)
    return;
  content_ = content;
  const char *prefix = content == Content::Data ? "$a." : content == Content::Dual ? "$d." : "$s.";
  auto *symbol = cast<MCSymbolELF>(getContext().createLocalSymbol(prefix + std::to_string(marks_)));
  ++marks_;
  emitLabel(symbol, place);
  symbol->setType(ELF::STT_NOTYPE);
  symbol->setBinding(ELF::STB_LOCAL);
  if (content == Content::Dual) {
    getCurrentSectionOnly()->ensureMinAlignment(Align(4));
    alignedPlaces_.emplace_back(symbol, place);
  }
}

void ObjectStreamer::noteStatement() {
  if (emitted_ == nullptr)
    return;
  MCSymbol *begin = getContext().createTempSymbol();
  emitLabel(begin);
  emitted_->push_back({begin, getStartTokLoc()});
}

void ObjectStreamer::emitInstruction(const MCInst &inst, const MCSubtargetInfo &subtarget) {
  mark(subtarget.hasFeature(XS3::FeatureDual) ? Content::Dual : Content::Single, inst.getLoc());
  MCELFStreamer::emitInstruction(inst, subtarget);
}

void ObjectStreamer::emitBytes(StringRef bytes) {
  mark(Content::Data, getStartTokLoc());
  MCELFStreamer::emitBytes(bytes);
}

void ObjectStreamer::emitValueImpl(const MCExpr *value, unsigned size, SMLoc place) {
  mark(Content::Data, place);
  MCELFStreamer::emitValueImpl(value, size, place);
}

// What an alignment counts for: the usual ones nothing.
static std::uint64_t paddingToCount(Align alignment, unsigned most) {
  constexpr std::uint64_t kUsual = 65536;
  return most != 0 || alignment.value() <= kUsual ? 0 : alignment.value();
}

// A few characters can ask for more bytes than any machine has.
bool ObjectStreamer::isTooLarge(std::uint64_t bytes, SMLoc place) {
  constexpr std::uint64_t kMostFilled = 256 * 1024 * 1024; // more than any memory of the machine
  filled_ += std::min(bytes, kMostFilled + 1);
  if (filled_ <= kMostFilled)
    return false;
  getContext().reportError(place, "an object holds at most 256 MiB of filled space");
  filled_ = 0;
  return true;
}

void ObjectStreamer::emitFill(const MCExpr &count, uint64_t fill, SMLoc place) {
  std::int64_t known = 0;
  if (count.evaluateAsAbsolute(known, getAssemblerPtr()) && known > 0 &&
      isTooLarge(static_cast<std::uint64_t>(known), place))
    return;
  mark(Content::Data, place);
  MCELFStreamer::emitFill(count, fill, place);
}

void ObjectStreamer::emitFill(const MCExpr &count, int64_t size, int64_t value, SMLoc place) {
  std::int64_t known = 0;
  constexpr std::int64_t kMostUnits = std::int64_t{1} << 32;
  if (count.evaluateAsAbsolute(known, getAssemblerPtr()) && known > 0 &&
      isTooLarge(static_cast<std::uint64_t>(std::min(known, kMostUnits) * size), place))
    return;
  mark(Content::Data, place);
  MCELFStreamer::emitFill(count, size, value, place);
}

void ObjectStreamer::emitValueToAlignment(Align alignment, int64_t value, unsigned valueSize,
                                          unsigned most) {
  if (isTooLarge(paddingToCount(alignment, most), getStartTokLoc()))
    return;
  noteStatement();
  MCELFStreamer::emitValueToAlignment(alignment, value, valueSize, most);
}

void ObjectStreamer::emitCodeAlignment(Align alignment, const MCSubtargetInfo *subtarget,
                                       unsigned most) {
  if (isTooLarge(paddingToCount(alignment, most), getStartTokLoc()))
    return;
  noteStatement();
  MCELFStreamer::emitCodeAlignment(alignment, subtarget, most);
}

void ObjectStreamer::emitValueToOffset(const MCExpr *offset, unsigned char value, SMLoc place) {
  std::int64_t known = 0;
  if (offset->evaluateAsAbsolute(known, getAssemblerPtr()) && known > 0 &&
      isTooLarge(static_cast<std::uint64_t>(known), place))
    return;
  mark(Content::Data, place);
  MCELFStreamer::emitValueToOffset(offset, value, place);
}

void ObjectStreamer::emitULEB128Value(const MCExpr *value) {
  mark(Content::Data, getStartTokLoc());
  MCELFStreamer::emitULEB128Value(value);
}

void ObjectStreamer::emitSLEB128Value(const MCExpr *value) {
  mark(Content::Data, getStartTokLoc());
  MCELFStreamer::emitSLEB128Value(value);
}

} // namespace xs3::assembler
