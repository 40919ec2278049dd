// Which addresses can be loaded, stored and executed, and the steps that check it.
#pragma once

#include "sim/exec/op.h"

#include <cstring>

namespace xs3::sim {

/// Whether a packet may begin at `pc`: mapped, and aligned to 2 bytes, in dual issue to 4 (what the
/// hardware does with a dual-issue pc of 2 modulo 4 is unknown: encoding.md section 7).
inline bool isExecutable(const Memory &memory, Address pc, bool dual) {
  return (pc & (dual ? 3u : 1u)) == 0 && memory.contains(pc, 2);
}

/// Goes on at `target` in the given issue mode. The branch itself traps when it cannot.
inline EffectKind jump(Context &context, Address target, bool dual) {
  if (!isExecutable(context.memory, target, dual))
    return context.raise(TrapKind::IllegalPc, target);
  context.effect.nextPc = target;
  return EffectKind::Branch;
}

/// Where the packet's one data access goes, when `kind` is Next; else how the packet ends.
struct Touch {
  std::uint8_t *bytes = nullptr;
  EffectKind kind = EffectKind::Next;

  bool refused() const { return kind != EffectKind::Next; }
};

/// touch() of what does not lie in SRAM: external memory, or a trap.
Touch touchElsewhere(Context &context, Address address, std::uint8_t bytes, Address alignment,
                     Access access);

/// Whether the thread has leave to access external memory at `address`, which this uses up. Else
/// the packet ends with EffectKind::External, and the effect says which bytes it wants: `bytes`
/// from `address` on.
bool mayAccessExternal(Context &context, Address address, std::uint8_t bytes, Access access);

/// Notes the packet's one data access. A trap when it is misaligned or leaves memory;
/// EffectKind::External for external memory without leave.
inline Touch touch(Context &context, Address address, std::uint8_t bytes, Address alignment,
                   Access access) {
  Memory &memory = context.memory;
  if ((address & (alignment - 1)) != 0 || !memory.isSram(address, bytes)) [[unlikely]]
    return touchElsewhere(context, address, bytes, alignment, access);
  context.effect.access = access;
  context.effect.accessBytes = bytes;
  context.effect.accessAddress = address;
  return {memory.bytes() + (address - memory.base())};
}

/// The word at `address` into `value`.
inline EffectKind loadWord(Context &context, Address address, Word &value) {
  const Touch place = touch(context, address, 4, 4, Access::Read);
  if (!place.refused())
    std::memcpy(&value, place.bytes, sizeof value);
  return place.kind;
}

/// `value` to the word at `address`.
inline EffectKind storeWord(Context &context, Address address, Word value) {
  const Touch place = touch(context, address, 4, 4, Access::Write);
  if (!place.refused())
    std::memcpy(place.bytes, &value, sizeof value);
  return place.kind;
}

} // namespace xs3::sim
