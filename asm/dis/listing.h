// Machine code to text that a person reads and the assembler takes back.
#pragma once

#include "base/types.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>

namespace xs3::assembler {

struct ListingOptions {
  /// Only the code or data of this symbol: up to its size or, where that is unknown, up to the next
  /// function or global symbol.
  std::string symbol;
  /// The file is a raw image of memory that begins at this address with single-issue code.
  std::optional<Address> rawBase;
};

/// Disassembles an object, an archive of objects, a linked program (ELF or .xe; tile 0) or a raw
/// image. One line for each instruction, packet or piece of data:
///
///   /* 00080010  7f82f000 */    dualentsp 2
///
/// The comment holds the address (in objects: the offset in the section) and the value as `decode`
/// takes it. What is code, and of which issue mode, is said by the file's code marks; where they
/// are missing, code is what can be reached from the entry and from functions. All else is .word,
/// .short, .byte and .space. Branch targets without a symbol are named .L_ADDRESS.
///
/// The text assembles to the same bytes, section by section (the assembler then numbers addresses
/// from 0 again). Throws Error naming `fileName`.
std::string listing(std::span<const std::uint8_t> file, const std::string &fileName,
                    const ListingOptions &options = {});

} // namespace xs3::assembler
