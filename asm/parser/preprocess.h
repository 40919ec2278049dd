// The C preprocessor, as a child process.
#pragma once

#include "asm/assemble.h"

#include <optional>
#include <string>
#include <string_view>

namespace xs3::assembler {

struct Preprocessed {
  std::string text;     ///< With `# LINE "FILE"` markers.
  std::string messages; ///< What the preprocessor said; an error when `failed`.
  bool failed = false;
};

/// Whether there is work for the preprocessor: a line that begins with #, or definitions.
bool wantsPreprocessor(std::string_view text, const AssembleOptions &options);

/// Runs the first preprocessor of clang-19, clang, gcc and cc that is installed. Throws Error when
/// there is none.
Preprocessed preprocess(std::string_view text, const std::string &fileName,
                        const AssembleOptions &options);

} // namespace xs3::assembler
