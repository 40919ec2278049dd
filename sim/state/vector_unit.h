// A thread's vector unit: three 256-bit registers and a control word (vpu.md section 1).
#pragma once

#include "base/types.h"

#include <array>
#include <cstdint>

namespace xs3::sim {

/// 256 bits, element 0 at the lowest byte, little endian.
using Vector = std::array<std::uint8_t, 32>;

/// The manual's names: vR holds results and the low parts of the accumulators, vD data and their
/// high parts, vC coefficients.
struct VectorUnit {
  alignas(32) Vector vR{};
  alignas(32) Vector vD{};
  alignas(32) Vector vC{};
  Word control = 0; ///< vctrl: headroom 4..0, shift 7..6, type 11..8.
};

} // namespace xs3::sim
