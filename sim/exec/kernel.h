// The status register, kernel calls and returns, and the registers that handlers save.
#pragma once

#include "sim/exec/branch.h"

namespace xs3::sim::exec {

constexpr Word GETSR(Word sr, Word i) { return sr & i; }
constexpr Word SETSR(Word sr, Word i) { return sr | i; }
constexpr Word CLRSR(Word sr, Word i) { return sr & ~i; }

/// The handler lies on a 128-byte boundary (resources.md 7.3).
constexpr Word SETKEP(Word r11) { return r11 & ~Word{127}; }
constexpr Word GETKEP(Word kep) { return kep; }
constexpr Word GETKSP(Word ksp) { return ksp; }
constexpr Word GETED(Word ed) { return ed; }
constexpr Word GETET(Word et) { return et; }
constexpr Word GETID(Word id) { return id; }
constexpr Word GETTIME(Word time) { return time; }

constexpr Trap ECALLT(Word a) { return {a != 0 ? TrapKind::ECall : TrapKind::None, 0}; }
constexpr Trap ECALLF(Word a) { return {a == 0 ? TrapKind::ECall : TrapKind::None, 0}; }
constexpr Trap KCALL(Word code) { return {TrapKind::KernelCall, code}; }

/// Back to the saved place, mode and event data.
inline EffectKind KRET(Context &context) {
  Thread &thread = context.thread;
  const Word sr = thread.ssr & ~status::kWaiting;
  const EffectKind kind = jump(context, thread.spc, (sr & status::kDualIssue) != 0);
  if (kind == EffectKind::Branch) {
    thread.sr = sr;
    thread.ed = thread.sed;
  }
  return kind;
}

/// Changes to the kernel stack, whose top keeps sp.
inline EffectKind KENTSP(Context &context, Word i) {
  Thread &thread = context.thread;
  const EffectKind kind = storeWord(context, thread.ksp, thread[Register::SP]);
  if (kind == EffectKind::Next)
    thread[Register::SP] = thread.ksp - 4 * i;
  return kind;
}

/// Leaves the kernel stack.
inline EffectKind KRESTSP(Context &context, Word i) {
  Thread &thread = context.thread;
  const Address top = thread[Register::SP] + 4 * i;
  Word sp = 0;
  const EffectKind kind = loadWord(context, top, sp);
  if (kind == EffectKind::Next) {
    thread.ksp = top;
    thread[Register::SP] = sp;
  }
  return kind;
}

} // namespace xs3::sim::exec
