// Runs one packet: the door of sim/exec for an engine.
//
//   DecodedPacket packet = predecode(tile.memory, thread.pc, thread.dual());   // once per address
//   Effect effect = execute(packet, thread, tile, referenceTime);              // every time
//   if (effect.kind == EffectKind::Trap) deliver(thread, effect.trap);
#pragma once

#include "sim/exec/op.h"

namespace xs3::sim {

/// execute() for a packet with the flag Shared: what lane 0 did to other threads and to resources
/// is taken back when lane 1 traps.
Effect executeShared(const DecodedPacket &packet, Thread &thread, Tile &tile, Word referenceTime);

/// Executes `packet` in `thread`, which is one of `tile`'s and whose pc and issue mode it was
/// predecoded for. Both halves read before either writes; unless it completes (Effect::completed)
/// nothing has changed, else thread.pc is where the thread goes on. `referenceTime` is the 100 MHz
/// clock; only packets with the flag ReadsTime look at it.
inline Effect execute(const DecodedPacket &packet, Thread &thread, Tile &tile, Word referenceTime) {
  Context context{thread, tile.memory, tile, referenceTime, {}, {}};
  Effect &effect = context.effect;
  effect.nextPc = packet.nextPc;
  if (packet.active != DecodedPacket::kBoth) {
    const Op &only = packet.half[packet.active];
    effect.kind = only.run(context, only);
  } else if ((packet.flags & DecodedPacket::Shared) != 0) [[unlikely]] {
    return executeShared(packet, thread, tile, referenceTime);
  } else {
    // Lane 0 holds its write back, so that lane 1 still reads the old registers and may trap.
    const Op &first = packet.half[0];
    const Op &second = packet.half[1];
    effect.kind = first.run(context, first);
    if (!effect.completed())
      return effect;
    const HeldWrite held = context.held;
    effect.kind = second.run(context, second);
    if (effect.completed() && held.place)
      *held.place = (*held.place & held.keep) | held.value;
  }
  if (effect.completed())
    thread.pc = effect.nextPc;
  return effect;
}

} // namespace xs3::sim
