// What one completed packet adds to its thread's counters.
#pragma once

#include "sim/exec/op.h"
#include "sim/run/counters.h"
#include "sim/timing/external.h"

#include <algorithm>

namespace xs3::sim {

/// The MACs' element width by the vector mode (vctrl bits 11..8: 1 = 16, 2 = 8, else 32 bits).
inline MacWidth macWidth(const VectorUnit &vector) {
  const Word type = vector.control >> 8 & 0xf;
  return type == 1 ? MacWidth::Bits16 : type == 2 ? MacWidth::Bits8 : MacWidth::Bits32;
}

inline void countHalf(Counters &counters, const Op &op, const VectorUnit &vector) {
  if (op.energy == isa::Energy::VectorMac)
    ++counters.vectorMacs[static_cast<std::size_t>(macWidth(vector))];
  else
    ++counters.executed[static_cast<std::size_t>(op.energy)];
}

inline void countAccess(Counters &counters, const Effect &effect) {
  const bool reads = effect.access == Access::Read;
  AccessCounts &counts = effect.external
                             ? (reads ? counters.external.reads : counters.external.writes)
                             : (reads ? counters.reads : counters.writes);
  counts.bytes += effect.accessBytes;
  if (effect.access == Access::MaskedWrite) {
    ++counts.masked;
    counts.maskedCharge += std::max<std::uint32_t>(effect.accessBytes, kMaskedLeastBytes);
  } else if (effect.accessBytes <= 4) {
    ++counts.narrow;
  } else if (effect.accessBytes == 8) {
    ++counts.pair;
  } else {
    ++counts.vector;
  }
}

/// What asking for lines of external memory moved.
inline void countLines(ExternalCounts &counts, const LineAnswer &answer) {
  counts.misses += answer.misses;
  counts.fills += answer.fills;
  counts.writebacks += answer.writebacks;
}

/// `vector` as it was when the packet issued: no packet holds a MAC and a change of mode, since
/// both take the memory lane.
inline void countPacket(Counters &counters, const DecodedPacket &packet, const Effect &effect,
                        const VectorUnit &vector) {
  counters.instructions += packet.instructions;
  if (packet.active == DecodedPacket::kBoth) {
    ++counters.dualSecond;
    countHalf(counters, packet.half[0], vector);
    countHalf(counters, packet.half[1], vector);
  } else if (packet.instructions != 0) {
    countHalf(counters, packet.half[packet.active], vector);
  }
  if (effect.access != Access::None)
    countAccess(counters, effect);
}

} // namespace xs3::sim
