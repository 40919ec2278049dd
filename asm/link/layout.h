// Where every section of every object goes in memory.
#pragma once

#include "asm/link/resolve.h"

#include <map>
#include <string>
#include <vector>

namespace xs3::assembler {

/// A loaded section of an object at its place.
struct PlacedSection {
  ObjectFile *object = nullptr;
  std::size_t index = 0; ///< Of the section in its object.

  InputSection &section() const { return object->sections[index]; }
};

/// A run of sections that becomes one segment.
struct SegmentPlan {
  std::string name;
  std::vector<PlacedSection> sections; ///< By address.
  Address address = 0;
  std::uint32_t fileBytes = 0;   ///< Up to the end of the last section that has bytes.
  std::uint32_t memoryBytes = 0; ///< With the zeroed sections.
};

struct Layout {
  std::vector<SegmentPlan> segments; ///< By address, none empty.
  /// The symbols that the linker defines when no object does, by name.
  std::map<std::string, Address, std::less<>> symbols;
};

/// Gives each loaded section its address (InputSection::address) in the order that link.h
/// describes. Complains when the memory is too small, naming by how much and the largest sections.
Layout placeSections(Resolution &resolution, const LinkOptions &options, Complaints &complaints);

} // namespace xs3::assembler
