// The ELF writer, with marks where code of an issue mode or data begins.
#pragma once

#include "asm/object/asm_backend.h"

#include <llvm/ADT/DenseMap.h>
#include <llvm/MC/MCELFStreamer.h>

namespace xs3::assembler {

/// A statement's content: from `begin`, a label, to the next such place of its section.
struct EmittedPlace {
  llvm::MCSymbol *begin;
  llvm::SMLoc statement;
};

/// Writes local symbols in sections of code: $s.N where single-issue code begins, $d.N where
/// dual-issue code begins, $a.N where data begins.
class ObjectStreamer : public llvm::MCELFStreamer {
public:
  /// `alignedPlaces` gets the beginnings of dual-issue code; the backend checks it. `emitted`,
  /// unless null, gets every statement's place (for a listing).
  ObjectStreamer(llvm::MCContext &context, std::unique_ptr<llvm::MCAsmBackend> backend,
                 std::unique_ptr<llvm::MCObjectWriter> writer,
                 std::unique_ptr<llvm::MCCodeEmitter> emitter, AlignedPlaces &alignedPlaces,
                 std::vector<EmittedPlace> *emitted);

  void changeSection(llvm::MCSection *section, uint32_t subsection) override;
  void emitInstruction(const llvm::MCInst &inst, const llvm::MCSubtargetInfo &subtarget) override;
  void emitBytes(llvm::StringRef bytes) override;
  void emitValueImpl(const llvm::MCExpr *value, unsigned size, llvm::SMLoc place) override;
  void emitFill(const llvm::MCExpr &count, uint64_t fill, llvm::SMLoc place) override;
  void emitFill(const llvm::MCExpr &count, int64_t size, int64_t value, llvm::SMLoc place) override;
  void emitValueToAlignment(llvm::Align alignment, int64_t value, unsigned valueSize,
                            unsigned most) override;
  void emitCodeAlignment(llvm::Align alignment, const llvm::MCSubtargetInfo *subtarget,
                         unsigned most) override;
  void emitValueToOffset(const llvm::MCExpr *offset, unsigned char value,
                         llvm::SMLoc place) override;
  void emitULEB128Value(const llvm::MCExpr *value) override;
  void emitSLEB128Value(const llvm::MCExpr *value) override;

private:
  enum class Content : std::uint8_t { None, Single, Dual, Data };

  void mark(Content content, llvm::SMLoc place);
  void noteStatement();
  bool isTooLarge(std::uint64_t bytes, llvm::SMLoc place);

  AlignedPlaces &alignedPlaces_;
  std::vector<EmittedPlace> *emitted_;
  llvm::DenseMap<llvm::MCSection *, Content> contents_; ///< What each section ended with.
  llvm::MCSection *section_ = nullptr;
  Content content_ = Content::None; ///< What `section_` holds at its end.
  bool inCode_ = false;
  unsigned marks_ = 0;
  std::uint64_t filled_ = 0; ///< Bytes that fills made so far.
};

} // namespace xs3::assembler
