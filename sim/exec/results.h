// What semantic functions give back besides plain words.
#pragma once

#include "base/types.h"
#include "sim/exec/unspecified.h"
#include "sim/state/trap.h"

namespace xs3::sim {

/// Two results, in the order of the row's places.
struct Pair {
  Word first = 0;
  Word second = 0;

  bool operator==(const Pair &) const = default;
};

/// A result, or an arithmetic trap, or a stop because nobody knows what the result is.
template <class T> struct Result {
  T value{};
  TrapKind trap = TrapKind::None;
  Unspecified unspecified = Unspecified::None;

  constexpr Result(T value) : value(value) {}
  constexpr Result(TrapKind trap) : trap(trap) {}
  constexpr Result(Unspecified unspecified) : unspecified(unspecified) {}

  bool operator==(const Result &) const = default;
};

template <class T> inline constexpr bool kIsResult = false;
template <class T> inline constexpr bool kIsResult<Result<T>> = true;

} // namespace xs3::sim
