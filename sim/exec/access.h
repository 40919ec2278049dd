// Which addresses can be loaded, stored and executed, and the steps that check it.
#pragma once

#include "sim/exec/op.h"

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

/// Notes the packet's one data access; traps when it is misaligned or leaves memory.
inline EffectKind touch(Context &context, Address address, std::uint8_t bytes, Address alignment,
                        Access access) {
  if ((address & (alignment - 1)) != 0 || !context.memory.contains(address, bytes))
    return context.raise(TrapKind::LoadStore, address);
  context.effect.access = access;
  context.effect.accessBytes = bytes;
  context.effect.accessAddress = address;
  return EffectKind::Next;
}

/// The word at `address` into `value`.
inline EffectKind loadWord(Context &context, Address address, Word &value) {
  const EffectKind kind = touch(context, address, 4, 4, Access::Read);
  if (kind == EffectKind::Next)
    value = context.memory.read<Word>(address);
  return kind;
}

/// `value` to the word at `address`.
inline EffectKind storeWord(Context &context, Address address, Word value) {
  const EffectKind kind = touch(context, address, 4, 4, Access::Write);
  if (kind == EffectKind::Next)
    context.memory.write(address, value);
  return kind;
}

} // namespace xs3::sim
