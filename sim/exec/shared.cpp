// Packets of which lane 0 changes what threads share. Such an operation cannot be held back as a
// register write can, so that everything it may change is kept until lane 1 is known not to trap.
#include "sim/exec/execute.h"

namespace xs3::sim {

Effect executeShared(const DecodedPacket &packet, Thread &thread, Tile &tile, Word referenceTime) {
  Context context{thread, tile.memory, tile, referenceTime, {}, {}};
  Effect &effect = context.effect;
  effect.nextPc = packet.nextPc;
  const std::array<Thread, kThreadsPerTile> threads = tile.threads;
  const Resources resources = tile.resources;
  effect.kind = packet.half[0].run(context, packet.half[0]);
  if (!effect.completed())
    return effect;
  const HeldWrite held = context.held;
  effect.kind = packet.half[1].run(context, packet.half[1]);
  if (!effect.completed()) {
    tile.threads = threads;
    tile.resources = resources;
    effect.changedThreads = 0;
    return effect;
  }
  if (held.place)
    *held.place = (*held.place & held.keep) | held.value;
  thread.pc = effect.nextPc;
  return effect;
}

} // namespace xs3::sim
