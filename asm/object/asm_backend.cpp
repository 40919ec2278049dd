// How a symbolic field gets its value: at once when the assembler knows it, else as a relocation.
#include "asm/object/asm_backend.h"

#include "isa/mc/target.h"
#include "isa/opcodes.h"
#include "isa/rows.h"

#include <llvm/BinaryFormat/ELF.h>
#include <llvm/MC/MCAssembler.h>
#include <llvm/MC/MCContext.h>
#include <llvm/MC/MCELFObjectWriter.h>
#include <llvm/MC/MCExpr.h>
#include <llvm/MC/MCFixupKindInfo.h>
#include <llvm/MC/MCObjectWriter.h>
#include <llvm/MC/MCSection.h>
#include <llvm/MC/MCSymbolELF.h>
#include <llvm/MC/MCValue.h>
#include <llvm/Support/EndianStream.h>

#include <array>

namespace xs3::assembler {
namespace {

using namespace llvm;
namespace mc = isa::mc;

// What the assembler knows of a field, by mc::FixupKind. Relocation numbers: objects.md section 3.
struct Field {
  const char *name;
  unsigned relocation;
  unsigned bits;
  unsigned unit;      ///< Bytes that 1 in the field stands for.
  bool branch;        ///< A signed distance from the next instruction or packet.
  const char *remedy; ///< For a value that does not fit.
};
constexpr const char *kShortRemedy = "use the long form";
constexpr const char *kLongRemedy = "move the target nearer, or load its address";
constexpr unsigned kFirstKind = FirstTargetFixupKind;
constexpr std::array<Field, mc::EndOfKinds - kFirstKind> kFields = {{
    {"DpWords16", 3, 16, 4, false, ""},
    {"CpWords16", 5, 16, 4, false, ""},
    {"CpWords20", 7, 20, 4, false, ""},
    {"Branch6", 8, 6, 2, true, kShortRemedy},
    {"Branch16", 9, 16, 2, true, kLongRemedy},
    {"Branch10", 10, 10, 2, true, kShortRemedy},
    {"Branch20", 11, 20, 2, true, kLongRemedy},
    {"Number16", 12, 16, 1, false, "load it from the constant pool"},
    {"DualBranch6", 18, 6, 4, true, "give the branch a packet of its own"},
    {"DualBranch16", 19, 16, 4, true, kLongRemedy},
    {"DualBranch10", 20, 10, 4, true, "give the branch a packet of its own"},
    {"DualBranch20", 21, 20, 4, true, kLongRemedy},
}};

const Field &fieldOf(const MCFixup &fixup) { return kFields[fixup.getTargetKind() - kFirstKind]; }

bool isLong(const Field &field) { return field.bits == 16 || field.bits == 20; }

class ObjectWriter : public MCELFObjectTargetWriter {
public:
  ObjectWriter()
      : MCELFObjectTargetWriter(/*Is64Bit=*/false, /*OSABI=*/0, ELF::EM_XCORE,
                                /*HasRelocationAddend=*/true) {}

  unsigned getRelocType(MCContext &context, const MCValue &target, const MCFixup &fixup,
                        bool isPCRel) const override {
    if (const MCSymbolRefExpr *reference = target.getSymA())
      if (const MCSymbol &symbol = reference->getSymbol();
          symbol.isTemporary() && symbol.isUndefined())
        context.reportError(fixup.getLoc(),
                            "the label '" + symbol.getName() + "' is not defined in this file");
    const unsigned kind = fixup.getTargetKind();
    if (kind >= kFirstKind)
      return fieldOf(fixup).relocation;
    if (isPCRel)
      context.reportError(fixup.getLoc(), "the distance between two sections is not known before "
                                          "linking; store both addresses instead");
    else if (kind == FK_Data_4)
      return 1;
    else if (kind == FK_Data_2)
      return 15;
    else
      context.reportError(fixup.getLoc(),
                          "an address fits only a .word (or, as a small number, a .short)");
    return 0;
  }
};

class AsmBackend : public MCAsmBackend {
public:
  explicit AsmBackend(const AlignedPlaces &alignedPlaces)
      : MCAsmBackend(endianness::little), alignedPlaces_(alignedPlaces) {}

  std::unique_ptr<MCObjectTargetWriter> createObjectTargetWriter() const override {
    return std::make_unique<ObjectWriter>();
  }

  unsigned getNumFixupKinds() const override { return kFields.size(); }

  const MCFixupKindInfo &getFixupKindInfo(MCFixupKind kind) const override {
    if (kind < FirstTargetFixupKind)
      return MCAsmBackend::getFixupKindInfo(kind);
    static const auto infos = [] {
      std::array<MCFixupKindInfo, kFields.size()> made{};
      for (std::size_t i = 0; i < kFields.size(); ++i)
        made[i] = {kFields[i].name, 0, 32, MCFixupKindInfo::FKF_IsTarget};
      return made;
    }();
    return infos[static_cast<unsigned>(kind) - kFirstKind];
  }

  bool evaluateTargetFixup(const MCAssembler &assembler, const MCFixup &fixup,
                           const MCFragment *fragment, const MCValue &target,
                           const MCSubtargetInfo *subtarget, uint64_t &value,
                           bool &wasForced) override;
  void applyFixup(const MCAssembler &assembler, const MCFixup &fixup, const MCValue &target,
                  MutableArrayRef<char> data, uint64_t value, bool isResolved,
                  const MCSubtargetInfo *subtarget) const override;

  // Only single issue relaxes: a packet is 4 bytes whatever is in it.
  bool mayNeedRelaxation(const MCInst &inst, const MCSubtargetInfo &subtarget) const override {
    if (inst.getOpcode() == XS3::BUNDLE || subtarget.hasFeature(XS3::FeatureDual) ||
        (inst.getFlags() & mc::kFixedForm) != 0 || inst.getNumOperands() == 0 ||
        !inst.getOperand(inst.getNumOperands() - 1).isExpr())
      return false;
    return isa::row(mc::opcodeOf(inst.getOpcode())).bytes == 2;
  }

  bool fixupNeedsRelaxation(const MCFixup &fixup, uint64_t value) const override {
    const Field &field = fieldOf(fixup);
    const auto distance = static_cast<int64_t>(value);
    return std::abs(distance) / field.unit >= int64_t{1} << field.bits;
  }

  void relaxInstruction(MCInst &inst, const MCSubtargetInfo &) const override {
    inst.setOpcode(mc::llvmOpcode(*isa::longForm(mc::opcodeOf(inst.getOpcode()))));
  }

  bool writeNopData(raw_ostream &out, uint64_t count, const MCSubtargetInfo *) const override {
    out.write_zeros(static_cast<unsigned>(count % 2));
    for (; count >= 2; count -= 2)
      support::endian::write<uint16_t>(out, kNop, endianness::little);
    return true;
  }

  void finishLayout(const MCAssembler &assembler) const override {
    for (const auto &[symbol, place] : alignedPlaces_)
      if (assembler.getSymbolOffset(*symbol) % 4 != 0)
        assembler.getContext().reportError(
            place, "this packet does not begin on a 4-byte boundary; write .align 4 before it "
                   "and its label");
  }

private:
  static constexpr uint16_t kNop = 0x17FF;
  const AlignedPlaces &alignedPlaces_;
};

bool AsmBackend::evaluateTargetFixup(const MCAssembler &assembler, const MCFixup &fixup,
                                     const MCFragment *fragment, const MCValue &target,
                                     const MCSubtargetInfo *, uint64_t &value, bool &) {
  const Field &field = fieldOf(fixup);
  const MCSymbolRefExpr *symbol = target.getSymA();
  if (target.getSymB() != nullptr)
    return false; // the writer says what is wrong with it
  if (symbol == nullptr) {
    // A number that became known late: a distance or word index is in units.
    value = static_cast<uint64_t>(target.getConstant() * static_cast<int64_t>(field.unit));
    return true;
  }
  const auto &target0 = cast<MCSymbolELF>(symbol->getSymbol());
  if (!field.branch || !target0.isInSection() || &target0.getSection() != fragment->getParent() ||
      target0.getBinding() == ELF::STB_WEAK)
    return false;
  const uint64_t place = assembler.getFragmentOffset(*fragment) + fixup.getOffset();
  const uint64_t next =
      field.unit == 4 ? (place & ~uint64_t{3}) + 4 : place + (isLong(field) ? 4 : 2);
  value = assembler.getSymbolOffset(target0) + static_cast<uint64_t>(target.getConstant()) - next;
  return true;
}

void AsmBackend::applyFixup(const MCAssembler &assembler, const MCFixup &fixup, const MCValue &,
                            MutableArrayRef<char> data, uint64_t value, bool isResolved,
                            const MCSubtargetInfo *) const {
  char *bytes = data.data() + fixup.getOffset();
  if (fixup.getTargetKind() < kFirstKind) {
    const unsigned size = getFixupKindInfo(fixup.getKind()).TargetSize / 8;
    for (unsigned i = 0; i < size; ++i)
      bytes[i] = static_cast<char>(value >> (8 * i));
    return;
  }
  const Field &field = fieldOf(fixup);
  auto error = [&](const Twine &message) {
    assembler.getContext().reportError(fixup.getLoc(), message);
  };
  const auto amount = isResolved ? static_cast<int64_t>(value) : 0;
  if (amount % field.unit != 0)
    return error("the target is not on a " + Twine(field.unit) + "-byte boundary; write .align " +
                 Twine(field.unit) + " before its label");
  const int64_t units = amount / field.unit;
  const auto magnitude = static_cast<uint64_t>(field.branch ? std::abs(units) : units);
  if (magnitude >= uint64_t{1} << field.bits)
    return error(Twine(units) + (field.branch ? " units are" : " is") + " out of reach (" +
                 Twine(field.bits) + " bits); " + field.remedy);

  char *opcodeHalf = bytes + (isLong(field) ? 2 : 0);
  const unsigned lowBits = field.bits > 10 ? field.bits - 10 : field.bits;
  uint16_t half = support::endian::read16le(opcodeHalf);
  // Bit 10 is the direction. An open branch is left backward by 0, as other assemblers do.
  constexpr uint16_t kBackward = 0x0400;
  if (field.branch && units > 0)
    half = static_cast<uint16_t>(half & ~kBackward);
  else if (field.branch && (units < 0 || !isResolved))
    half |= kBackward;
  half = static_cast<uint16_t>(half | (magnitude & ((1u << lowBits) - 1)));
  support::endian::write16le(opcodeHalf, half);
  if (isLong(field))
    support::endian::write16le(
        bytes, static_cast<uint16_t>(support::endian::read16le(bytes) | magnitude >> lowBits));
}

} // namespace

std::unique_ptr<llvm::MCAsmBackend> createAsmBackend(const AlignedPlaces &alignedPlaces) {
  return std::make_unique<AsmBackend>(alignedPlaces);
}

} // namespace xs3::assembler
