// Patching: what each relocation type does to the bytes at its place.
#pragma once

#include "base/types.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>

namespace xs3::assembler {

/// The bases that relocations count from.
struct PoolBases {
  Address cp = 0, dp = 0;
};

/// Patches one place. `bytes` are the section's, which lies at `sectionAddress`; `target` is symbol
/// value plus addend. Gives nothing when all is well, else what is wrong and what to do, to follow
/// "... + 0x12: ". (isa/objects.md section 3: all fields are overwritten, all magnitudes unsigned.)
std::optional<std::string> relocate(std::uint8_t type, std::span<std::uint8_t> bytes,
                                    Address sectionAddress, std::uint32_t offset,
                                    std::int64_t target, const std::string &symbol,
                                    const PoolBases &bases);

/// Whether a relocation of this type patches nothing (type 22: keeps its symbol's block).
bool isKeepOnly(std::uint8_t type);

/// What a disassembler must know of a relocation type; nothing for unknown types.
enum class OperandKind : std::uint8_t { Word, Half, FromDp, FromCp, Branch, Absolute, None };
std::optional<OperandKind> relocatedOperand(std::uint8_t type);

} // namespace xs3::assembler
