// Branches, calls, entry to and return from functions.
#pragma once

#include "sim/exec/access.h"

namespace xs3::sim::exec {

constexpr bool BT(Word a) { return a != 0; }
constexpr bool BF(Word a) { return a == 0; }
constexpr bool BU() { return true; }

inline EffectKind NOP(Context &) { return EffectKind::Next; }

/// Jumps and leaves the way back in lr: the next address, bit 0 set in dual issue.
inline EffectKind call(Context &context, Address target) {
  const bool dual = context.thread.dual();
  const Address back = context.effect.nextPc | (dual ? 1 : 0);
  const EffectKind kind = jump(context, target, dual);
  if (kind == EffectKind::Branch)
    context.thread[Register::LR] = back;
  return kind;
}
inline EffectKind BL(Context &context, Address target) { return call(context, target); }
inline EffectKind BLA(Context &context, Word a) { return call(context, a); }

/// Calls through word i of a table.
inline EffectKind BLAT(Context &context, Address table, Word i) {
  Address target = 0;
  const EffectKind kind = loadWord(context, table + 4 * i, target);
  return kind == EffectKind::Next ? call(context, target) : kind;
}

inline EffectKind BAU(Context &context, Word a) { return jump(context, a, context.thread.dual()); }
/// Over a units, which are 2 bytes in single and 4 bytes in dual issue.
inline EffectKind BRU(Context &context, Word a) {
  const bool dual = context.thread.dual();
  return jump(context, context.effect.nextPc + a * (dual ? 4 : 2), dual);
}

inline void setIssueMode(Thread &thread, bool dual) {
  thread.sr = (thread.sr & ~status::kDualIssue) | (dual ? status::kDualIssue : 0);
}

/// Makes a frame of i words, the old word at sp keeping lr; an empty frame keeps nothing.
inline EffectKind enter(Context &context, Word i, bool dual) {
  Thread &thread = context.thread;
  if (i != 0) {
    const EffectKind kind = storeWord(context, thread[Register::SP], thread[Register::LR]);
    if (kind != EffectKind::Next)
      return kind;
    thread[Register::SP] -= 4 * i;
  }
  setIssueMode(thread, dual);
  return EffectKind::Next;
}
inline EffectKind ENTSP(Context &context, Word i) { return enter(context, i, false); }
inline EffectKind DUALENTSP(Context &context, Word i) { return enter(context, i, true); }

/// Leaves a frame of i words. Bit 0 of lr is the issue mode of the place returned to.
inline EffectKind RETSP(Context &context, Word i) {
  Thread &thread = context.thread;
  const Address sp = thread[Register::SP] + 4 * i;
  Word lr = thread[Register::LR];
  if (i != 0)
    if (const EffectKind kind = loadWord(context, sp, lr); kind != EffectKind::Next)
      return kind;
  const bool dual = (lr & 1) != 0;
  const EffectKind kind = jump(context, lr & ~Word{1}, dual);
  if (kind != EffectKind::Branch)
    return kind;
  thread[Register::SP] = sp;
  thread[Register::LR] = lr;
  setIssueMode(thread, dual);
  return kind;
}

} // namespace xs3::sim::exec
