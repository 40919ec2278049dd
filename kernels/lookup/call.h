// Functions of one int8 value by a table: requantization, LOGISTIC, the RELU family, DEQUANTIZE.
//
//   lookup_int8    table of 256 bytes,   indexed by the value's byte; unit: an element
//   lookup_word    table of 256 words,   the same
#pragma once

#include "kernels/call.h"

#include <cstdint>
#include <functional>

namespace xs3::kernels {

struct LookupArguments {
  Word input, output;
  Word table;

  static constexpr std::array<std::string_view, 3> kNames = {"input", "output", "table"};
};

/// A call for an int8 function of an int8 value, and one for a float function.
PackedCall packLookupInt8(std::uint32_t elements,
                          const std::function<std::int8_t(std::int8_t)> &function);
PackedCall packLookupFloat(std::uint32_t elements,
                           const std::function<float(std::int8_t)> &function);

} // namespace xs3::kernels
