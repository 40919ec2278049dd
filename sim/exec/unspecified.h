// Everything about instructions that no public source settles, in one list with names: where the
// executor stops, and where it does a documented default (design.md section 7).
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace xs3::sim {

/// Situations in which the executor stops because there is no sensible default.
enum class Unspecified : std::uint8_t {
  None,
  VlmaccrOneBitIn32BitMode,
  DepthMode,
  ComplexMode,
  FourierMode,
  ShiftMode,
  CrcLength,
  SlaveFreet,
  ForeignMaster,
  BusySynchroniser,
  Count
};

/// One entry of the list.
struct OpenQuestion {
  std::string_view name;     ///< Stable, kebab-case: "vlmaccr1-32bit".
  std::string_view sentence; ///< What is unknown and what the machine does about it.
  bool stops;                ///< The run ends there; else the sentence's default is done.
};

/// The list's entry for a stop; `which` is not None.
const OpenQuestion &openQuestion(Unspecified which);

/// The whole list: the stops in the order of the enumeration, then the defaults.
std::span<const OpenQuestion> openQuestions();

} // namespace xs3::sim
