// An architectural exception: part of the model, not of our errors.
#pragma once

#include "base/types.h"

namespace xs3::sim {

/// Exception types by number (abi.md section 5, resources.md section 7.3).
enum class TrapKind : std::uint8_t {
  None = 0,
  LinkError = 1,
  IllegalPc = 2,
  IllegalInstruction = 3,
  IllegalResource = 4,
  LoadStore = 5,
  IllegalPs = 6,
  Arithmetic = 7,
  ECall = 8,
  ResourceDependency = 9,
  KernelCall = 15
};

struct Trap {
  TrapKind kind = TrapKind::None;
  Word data = 0; ///< The faulting address, resource or code; 0 where there is none.

  explicit operator bool() const { return kind != TrapKind::None; }
};

} // namespace xs3::sim
