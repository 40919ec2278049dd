// Objects and programs out of assembly text, for tests.
#pragma once

#include "asm/assemble.h"
#include "asm/link/link.h"
#include "base/error.h"

#include <string>

namespace xs3::assembler::test {

/// Assembles; an error in the text is thrown with its diagnostics.
inline LinkInput assembled(std::string_view text, const std::string &name = "test.S") {
  AssembleOptions options;
  options.includeFolders = {XS3_SOURCE_DIR};
  AssembleResult result = assemble(text, name, options);
  if (result.hasErrors()) {
    std::string errors;
    for (const Diagnostic &diagnostic : result.diagnostics)
      errors += diagnostic.text() + "\n";
    throw Error(errors);
  }
  return {name, std::move(result.object)};
}

} // namespace xs3::assembler::test
