// Fixups, relaxation and relocations (isa/mc/target.h lists the fields).
#pragma once

#include <llvm/MC/MCAsmBackend.h>
#include <llvm/MC/MCSymbol.h>
#include <llvm/Support/SMLoc.h>

#include <memory>
#include <utility>
#include <vector>

namespace xs3::assembler {

/// Places that must lie on 4-byte boundaries when all is laid out: beginnings of dual-issue code.
using AlignedPlaces = std::vector<std::pair<const llvm::MCSymbol *, llvm::SMLoc>>;

/// `alignedPlaces` is checked after layout and must live as long.
std::unique_ptr<llvm::MCAsmBackend> createAsmBackend(const AlignedPlaces &alignedPlaces);

} // namespace xs3::assembler
