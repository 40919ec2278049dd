// Shapes of the vector unit's rows (see shapes.h).
//
//   onVector::with<&exec::VPOS>              VPOS(unit)
//   onVectorAt<A>::with<&exec::VLADD>        VLADD(unit, the 32 bytes at a)
//   onVectorAt<A, B>::with<&exec::VLASHR>    VLASHR(unit, the 32 bytes at a, b)
//   storeVector<A>::with<&exec::VSTR>        the 32 bytes at a = VSTR(unit)
//   storeMasked<A, B>::with<&exec::VSTRPV>   those of them whose bit of b is set
//
// A function that returns Unspecified may refuse a mode; it has changed nothing then.
#pragma once

#include "sim/exec/shapes.h"

#include <bit>
#include <type_traits>

namespace xs3::sim::run {

inline constexpr std::uint8_t kVectorBytes = sizeof(Vector);
/// Any word address will do (vpu.md section 1).
inline constexpr Address kVectorAlignment = 4;

/// Calls a function of the vector unit that may or may not refuse.
template <auto Function, class... Arguments>
EffectKind apply(Context &context, const Arguments &...arguments) {
  VectorUnit &unit = context.thread.vector;
  if constexpr (std::is_void_v<decltype(Function(unit, arguments...))>) {
    Function(unit, arguments...);
    return EffectKind::Next;
  } else {
    const Unspecified refused = Function(unit, arguments...);
    return refused == Unspecified::None ? EffectKind::Next : context.stop(refused);
  }
}

struct onVector {
  template <auto Function> static EffectKind run(Context &context, const Op &) {
    return apply<Function>(context);
  }
  template <auto Function> static constexpr Semantics with{&run<Function>};
};

template <class Base, class... Sources> struct onVectorAt {
  template <auto Function> static EffectKind run(Context &context, const Op &op) {
    const Address address = Base::read(context, op);
    const Touch place = touch(context, address, kVectorBytes, kVectorAlignment, Access::Read);
    if (place.refused())
      return place.kind;
    Vector bytes;
    std::memcpy(bytes.data(), place.bytes, kVectorBytes);
    return apply<Function>(context, bytes, Sources::read(context, op)...);
  }
  template <auto Function> static constexpr Semantics with{&run<Function>};
};

template <class Base> struct storeVector {
  template <auto Function> static EffectKind run(Context &context, const Op &op) {
    const Address address = Base::read(context, op);
    const Touch place = touch(context, address, kVectorBytes, kVectorAlignment, Access::Write);
    if (!place.refused()) {
      const Vector bytes = Function(context.thread.vector);
      std::memcpy(place.bytes, bytes.data(), kVectorBytes);
    }
    return place.kind;
  }
  template <auto Function> static constexpr Semantics with{&run<Function>};
};

/// Only the bytes that are written need to exist (open question "vstrpv-range").
template <class Base, class Mask> struct storeMasked {
  template <auto Function> static EffectKind run(Context &context, const Op &op) {
    const Address address = Base::read(context, op);
    const Word mask = Mask::read(context, op);
    const auto first = static_cast<Word>(std::countr_zero(mask));
    const auto end = static_cast<Word>(std::bit_width(mask));
    const Memory &memory = context.memory;
    if (address % kVectorAlignment != 0 ||
        (mask != 0 && !memory.contains(address + first, end - first)))
      return context.raise(TrapKind::LoadStore, address);
    if (mask != 0 && !memory.isSram(address + first, end - first)) {
      if (!mayAccessExternal(context, address + first, static_cast<std::uint8_t>(end - first),
                             Access::MaskedWrite))
        return EffectKind::External;
      context.effect.external = true;
    }
    const Vector bytes = Function(context.thread.vector);
    for (Word k = first; k < end; ++k)
      if (((mask >> k) & 1) != 0)
        context.memory.write(address + k, bytes[k]);
    context.effect.access = Access::MaskedWrite;
    context.effect.accessBytes = static_cast<std::uint8_t>(std::popcount(mask));
    context.effect.accessAddress = address;
    return EffectKind::Next;
  }
  template <auto Function> static constexpr Semantics with{&run<Function>};
};

} // namespace xs3::sim::run
