// Text of instructions in both spellings of the mnemonic.
#pragma once

#include "isa/print.h"

#include <llvm/MC/MCInst.h>

namespace xs3::isa::mc {

/// One instruction as text; `withFormat` = mnemonic with its format as a suffix, no aliases.
std::string printInst(const llvm::MCInst &inst, const PrintOptions &options, bool withFormat);

} // namespace xs3::isa::mc
