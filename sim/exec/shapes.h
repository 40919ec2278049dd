// How operands get into semantic functions and results out of them: one template per shape. The
// rows of isa/description name a shape and a function; the generated table joins the two.
//
//   write<A, D>::from<B, C, E>::with<&exec::LADD>      a, d = LADD(b, c, e)
//   load<A>::at<B, Number<C>>::with<&exec::LDW>        a = LDW(word at b + 4 * number)
//   store<A>::at<SP, Number<B>>::with<&exec::STW>      word at sp + 4 * number = STW(a)
//   branch<Forward<B>>::when<A>::with<&exec::BT>       if BT(a): pc = target
//   raise<A>::with<&exec::ECALLT>                      trap = ECALLT(a), if there is one
//   act<Number<A>>::with<&exec::ENTSP>                 ENTSP(context, number): the rest
//   use<B, A>::with<&exec::OUT>                        OUT(context, b, a): on what threads share
//   obtain<A>::from<B>::with<&exec::IN>                IN(context, b, a): the same with a result
//
// (The vector unit's are in vector_shapes.h.) Every shape reads all operands, computes, checks for
// traps, and only then writes.
#pragma once

#include "sim/exec/access.h"
#include "sim/exec/fields.h"
#include "sim/exec/results.h"

#include <type_traits>

namespace xs3::sim::run {

/// What the table says of a row: how to run it, and how to predecode its immediate.
struct Semantics {
  Run run;                         ///< Alone, or in lane 1.
  Run held = nullptr;              ///< In lane 0 of a pair: the write goes to Context::held.
  Resolve resolve = Resolve::None; ///< Of its immediate operand ...
  std::int8_t position = 0;        ///< ... and which operand that is.
  bool readsTime = false;
  bool shared = false; ///< Changes what threads share: needs care in lane 0.
};

/// What one operand field tells about its row.
template <class Source> constexpr void note(Semantics &semantics) {
  if constexpr (Source::kResolve != Resolve::None) {
    semantics.resolve = Source::kResolve;
    semantics.position = Source::kPosition;
  }
  if constexpr (std::is_same_v<Source, ReferenceTime>)
    semantics.readsTime = true;
}

/// The row's data out of its operand fields, of which at most one is an immediate.
template <class... Sources> constexpr Semantics describe(Run run, Run held) {
  Semantics semantics{run, held};
  (note<Sources>(semantics), ...);
  return semantics;
}

template <class Place> void put(Context &context, const Op &op, Word value) {
  Word &place = Place::place(context, op);
  place = (place & Place::kKeep) | (value & ~Place::kKeep);
}

/// A pair to its two places, the first one first.
template <class First, class Second> void putPair(Context &context, const Op &op, Pair values) {
  put<First>(context, op, values.first);
  put<Second>(context, op, values.second);
}

/// One word to one place, or a Pair to two. A Result may be a trap or a stop instead.
template <class... Places> struct write {
  template <class... Sources> struct from {
    template <auto Function, bool Held> static EffectKind run(Context &context, const Op &op) {
      const auto result = Function(Sources::read(context, op)...);
      if constexpr (kIsResult<std::remove_const_t<decltype(result)>>) {
        if (result.trap != TrapKind::None)
          return context.raise(result.trap, 0);
        if (result.unspecified != Unspecified::None)
          return context.stop(result.unspecified);
        return finish<Held>(context, op, result.value);
      } else {
        return finish<Held>(context, op, result);
      }
    }

    template <bool Held, class Result>
    static EffectKind finish(Context &context, const Op &op, Result result) {
      if constexpr (Held)
        ((context.held = {&Places::place(context, op), Places::kKeep, result & ~Places::kKeep}),
         ...);
      else if constexpr (sizeof...(Places) == 1)
        (put<Places>(context, op, result), ...);
      else
        putPair<Places...>(context, op, result);
      return EffectKind::Next;
    }

    /// Only short instructions stand in pairs, and those have one result.
    template <auto Function> static constexpr Run heldRun() {
      if constexpr (sizeof...(Places) == 1)
        return &run<Function, true>;
      else
        return nullptr;
    }

    template <auto Function>
    static constexpr Semantics with =
        describe<Sources...>(&run<Function, false>, heldRun<Function>());
  };
};

template <class Result, class Parameter> Parameter parameterOf(Result (*)(Parameter));

/// A value from memory to one place, a double word to two. The function's parameter gives the
/// width, which is also the alignment and what the index counts.
template <class... Places> struct load {
  template <class Base, class Index> struct at {
    template <auto Function> static EffectKind run(Context &context, const Op &op) {
      using Unit = decltype(parameterOf(Function));
      constexpr std::uint8_t kBytes = sizeof(Unit);
      const Address address = Base::read(context, op) + kBytes * Index::read(context, op);
      const Touch place = touch(context, address, kBytes, kBytes, Access::Read);
      if (place.refused())
        return place.kind;
      Unit value;
      std::memcpy(&value, place.bytes, kBytes);
      const auto result = Function(value);
      if constexpr (sizeof...(Places) == 1)
        (put<Places>(context, op, result), ...);
      else
        putPair<Places...>(context, op, result);
      return EffectKind::Next;
    }

    template <auto Function>
    static constexpr Semantics with = describe<Base, Index>(&run<Function>, nullptr);
  };
};

/// A value to memory. The function's result gives the width, which is also the alignment and what
/// the index counts.
template <class... Sources> struct store {
  template <class Base, class Index> struct at {
    template <auto Function> static EffectKind run(Context &context, const Op &op) {
      const auto value = Function(Sources::read(context, op)...);
      constexpr std::uint8_t kBytes = sizeof value;
      const Address address = Base::read(context, op) + kBytes * Index::read(context, op);
      const Touch place = touch(context, address, kBytes, kBytes, Access::Write);
      if (!place.refused())
        std::memcpy(place.bytes, &value, kBytes);
      return place.kind;
    }

    template <auto Function>
    static constexpr Semantics with = describe<Base, Index>(&run<Function>, nullptr);
  };
};

/// A branch to a fixed target when the function says so.
template <class Target> struct branch {
  template <class... Sources> struct when {
    template <auto Function> static EffectKind run(Context &context, const Op &op) {
      if (!Function(Sources::read(context, op)...))
        return EffectKind::Next;
      return jump(context, Target::read(context, op), context.thread.dual());
    }

    template <auto Function>
    static constexpr Semantics with = describe<Target>(&run<Function>, nullptr);
  };
};

/// A trap that the function returns, or nothing at all.
template <class... Sources> struct raise {
  template <auto Function> static EffectKind run(Context &context, const Op &op) {
    const Trap trap = Function(Sources::read(context, op)...);
    return trap ? context.raise(trap.kind, trap.data) : EffectKind::Next;
  }

  template <auto Function>
  static constexpr Semantics with = describe<Sources...>(&run<Function>, &run<Function>);
};

/// Whatever the function does to the context. It must check for traps before it changes anything.
template <class... Sources> struct act {
  template <auto Function> static EffectKind run(Context &context, const Op &op) {
    return Function(context, Sources::read(context, op)...);
  }

  template <auto Function>
  static constexpr Semantics with = describe<Sources...>(&run<Function>, nullptr);
};

/// The same for what threads share. It may pause the thread.
template <class... Sources> struct use {
  template <auto Function> static EffectKind run(Context &context, const Op &op) {
    return Function(context, Sources::read(context, op)...);
  }

  template <auto Function>
  static constexpr Semantics with = [] {
    Semantics semantics = describe<Sources...>(&run<Function>, &run<Function>);
    semantics.shared = true;
    return semantics;
  }();
};

/// The same with a word that the function's last parameter takes, unless the packet does not
/// complete.
template <class Place> struct obtain {
  template <class... Sources> struct from {
    template <auto Function, bool Held> static EffectKind run(Context &context, const Op &op) {
      Word result = 0;
      const EffectKind kind = Function(context, Sources::read(context, op)..., result);
      if (kind != EffectKind::Next)
        return kind;
      if constexpr (Held)
        context.held = {&Place::place(context, op), Place::kKeep, result};
      else
        put<Place>(context, op, result);
      return kind;
    }

    template <auto Function>
    static constexpr Semantics with = [] {
      Semantics semantics = describe<Sources...>(&run<Function, false>, &run<Function, true>);
      semantics.shared = true;
      return semantics;
    }();
  };
};

// The shapes that a format has when its row does not say otherwise.
template <auto Function>
inline constexpr const Semantics &rrr = write<A>::from<B, C>::template with<Function>;
template <auto Function>
inline constexpr const Semantics &rri = write<A>::from<B, Number<C>>::template with<Function>;
template <auto Function>
inline constexpr const Semantics &rr = write<A>::from<B>::template with<Function>;
template <auto Function>
inline constexpr const Semantics &ri = write<A>::from<Number<B>>::template with<Function>;
template <auto Function> inline constexpr const Semantics &none = act<>::template with<Function>;

/// A row that is decoded but not executed yet.
inline EffectKind stopUnimplemented(Context &, const Op &) { return EffectKind::Unimplemented; }
inline constexpr Semantics unimplemented{&stopUnimplemented, &stopUnimplemented};

} // namespace xs3::sim::run
