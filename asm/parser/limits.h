// What no reasonable source holds and LLVM's parser, which recurses and copies, would not survive.
#pragma once

#include "asm/assemble.h"

#include <optional>
#include <string_view>

namespace xs3::assembler {

/// An error about the first expression that is nested too deeply or has too many operators.
std::optional<Diagnostic> findExcess(std::string_view text, const std::string &fileName);

/// `.rept COUNT`: how often a block may be repeated.
inline constexpr std::int64_t kLargestRepeat = 1'000'000;

} // namespace xs3::assembler
