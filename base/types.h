// The machine's plain numbers, named.
#pragma once

#include <cstdint>

namespace xs3 {

using Word = std::uint32_t;    ///< A 32-bit machine value.
using Address = std::uint32_t; ///< A byte address of the simulated machine.
using Cycles = std::uint64_t;  ///< Clocks of a tile.
using Slots = std::uint64_t; ///< Issue slots of a thread: what code costs. Never mixed with Cycles.

} // namespace xs3
