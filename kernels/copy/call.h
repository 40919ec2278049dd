// Memory copied as it is: copy_bytes, for RESHAPE where it cannot share its input's place. Unit of
// work: 32 bytes, the last one perhaps fewer.
#pragma once

#include "kernels/call.h"

namespace xs3::kernels {

struct CopyArguments {
  Word input, output;
  Word last;     ///< Index of the last unit.
  Word lastMask; ///< Its bytes that are copied.

  static constexpr std::array<std::string_view, 4> kNames = {"input", "output", "last", "lastMask"};
};

PackedCall packCopy(std::uint32_t bytes);

} // namespace xs3::kernels
