// Accesses that leave SRAM.
#include "sim/exec/access.h"
#include "sim/exec/memory.h"

namespace xs3::sim {

bool mayAccessExternal(Context &context, Address address, std::uint8_t bytes, Access access) {
  ExternalLeave &leave = context.tile.externalLeave[context.thread.id];
  if (leave.given && leave.address == address) {
    leave.given = false;
    return true;
  }
  context.effect.access = access;
  context.effect.accessBytes = bytes;
  context.effect.accessAddress = address;
  return false;
}

Touch touchElsewhere(Context &context, Address address, std::uint8_t bytes, Address alignment,
                     Access access) {
  if ((address & (alignment - 1)) != 0 || !context.memory.isExternal(address, bytes))
    return {nullptr, context.raise(TrapKind::LoadStore, address)};
  if (!mayAccessExternal(context, address, bytes, access))
    return {nullptr, EffectKind::External};
  context.effect.external = true;
  context.effect.access = access;
  context.effect.accessBytes = bytes;
  context.effect.accessAddress = address;
  return {context.memory.at(address)};
}

namespace exec {

EffectKind PREFETCH(Context &context, Word r11) {
  if (!context.memory.isExternal(r11, 1) || mayAccessExternal(context, r11, 1, Access::Prefetch))
    return EffectKind::Next;
  return EffectKind::External;
}

} // namespace exec
} // namespace xs3::sim
