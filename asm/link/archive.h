// Archives of objects (SysV/GNU `ar`): reading and writing.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace xs3::assembler {

/// One member. Names may repeat: a member is known by its place, never by its name.
struct ArchiveMember {
  std::string name;
  std::span<const std::uint8_t> bytes; ///< Of the archive's file.
};

/// An archive's members and its index of the symbols they define.
struct Archive {
  std::vector<ArchiveMember> members;
  std::vector<std::pair<std::string, std::size_t>> index; ///< Symbol, number of its member.
};

/// Whether the bytes begin like an archive.
bool isArchive(std::span<const std::uint8_t> bytes);

/// Reads an archive; refers to `bytes`. An archive without index gets one from the symbol tables of
/// its objects. Throws Error naming `fileName` and the member's place.
Archive readArchive(std::span<const std::uint8_t> bytes, const std::string &fileName);

/// Writes an archive of ELF objects, with its index. Dates and owners are 0, so that the same
/// members give the same bytes. Throws Error when a member is no object.
std::vector<std::uint8_t> writeArchive(std::span<const ArchiveMember> members);

} // namespace xs3::assembler
