// Places in a program's memory as the command line names them: `--load PLACE=FILE` and
// `--dump PLACE[:BYTES]=FILE`.
#pragma once

#include "asm/link/program.h"

#include <optional>
#include <string>

namespace xs3::cli {

/// PLACE is SYMBOL, SYMBOL+OFFSET or an address (0x81000). Numbers may be hexadecimal behind 0x.
struct MemoryPlace {
  std::string text;   ///< As typed, for messages.
  std::string symbol; ///< Empty for an address.
  Address address = 0;
  std::optional<std::uint32_t> bytes; ///< What is said, or what is left of the symbol's size.
  std::string file;
};

/// Reads "PLACE=FILE", with `wantsBytes` "PLACE[:BYTES]=FILE". `option` is "--load", for messages.
/// Throws Error when the form is wrong (status 2) or the program has no such symbol.
MemoryPlace parseMemoryPlace(const std::string &option, const std::string &text, bool wantsBytes,
                             const assembler::Program &program);

} // namespace xs3::cli
