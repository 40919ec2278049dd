// Where operands come from and results go to: the vocabulary of the rows' shapes.
#pragma once

#include "sim/exec/op.h"

#include <cstdint>

namespace xs3::sim::run {

/// How predecode turns the immediate operand into Op::immediate.
enum class Resolve : std::uint8_t {
  None,    ///< No immediate.
  Plain,   ///< The number itself.
  Forward, ///< An address: the next packet's plus the distance in units of the issue mode.
  Backward ///< The same minus the distance.
};

/// The register that operand `Position` names (0 = the first of isa::Instruction).
template <unsigned Position> struct Field {
  static constexpr Resolve kResolve = Resolve::None;
  static constexpr Word kKeep = 0;
  static Word &place(Context &context, const Op &op) {
    return context.thread.registers[op.operands[Position]];
  }
  static Word read(Context &context, const Op &op) { return place(context, op); }
};
using A = Field<0>;
using B = Field<1>;
using C = Field<2>;
using D = Field<3>;
using E = Field<4>;
using F = Field<5>;

/// The number that operand `Position` is, predecoded as `How` says.
template <class Position, Resolve How> struct Immediate;
template <unsigned Position, Resolve How> struct Immediate<Field<Position>, How> {
  static constexpr Resolve kResolve = How;
  static constexpr std::int8_t kPosition = Position;
  static Word read(Context &, const Op &op) { return op.immediate; }
};
template <class Position> using Number = Immediate<Position, Resolve::Plain>;
template <class Position> using Forward = Immediate<Position, Resolve::Forward>;
template <class Position> using Backward = Immediate<Position, Resolve::Backward>;

/// A register that the instruction implies.
template <Register Which> struct Implied {
  static constexpr Resolve kResolve = Resolve::None;
  static constexpr Word kKeep = 0;
  static Word &place(Context &context, const Op &) { return context.thread[Which]; }
  static Word read(Context &context, const Op &op) { return place(context, op); }
};
using R11 = Implied<Register::R11>;
using CP = Implied<Register::CP>;
using DP = Implied<Register::DP>;
using SP = Implied<Register::SP>;

/// A word of the thread's state that is no numbered register. A write leaves the bits of `Keep`.
template <Word Thread::*Member, Word Keep = 0> struct State {
  static constexpr Resolve kResolve = Resolve::None;
  static constexpr Word kKeep = Keep;
  static Word &place(Context &context, const Op &) { return context.thread.*Member; }
  static Word read(Context &context, const Op &op) { return place(context, op); }
};
/// The issue mode and the waiting bit cannot be written by software (resources.md 7.1).
using SR = State<&Thread::sr, status::kDualIssue | status::kWaiting>;
using SPC = State<&Thread::spc>;
using SSR = State<&Thread::ssr>;
using SED = State<&Thread::sed>;
using ET = State<&Thread::et>;
using ED = State<&Thread::ed>;
using KEP = State<&Thread::kep>;
using KSP = State<&Thread::ksp>;

/// The vector unit's control word.
struct VectorControl {
  static constexpr Resolve kResolve = Resolve::None;
  static constexpr Word kKeep = 0;
  static Word &place(Context &context, const Op &) { return context.thread.vector.control; }
  static Word read(Context &context, const Op &op) { return place(context, op); }
};

/// A number that the instruction implies.
template <Word Value> struct Constant {
  static constexpr Resolve kResolve = Resolve::None;
  static Word read(Context &, const Op &) { return Value; }
};

/// The number of the register that operand `Position` names: of another thread's register.
template <class Position> struct RegisterNumber;
template <unsigned Position> struct RegisterNumber<Field<Position>> {
  static constexpr Resolve kResolve = Resolve::None;
  static Word read(Context &, const Op &op) { return op.operands[Position]; }
};

/// The thread's number.
struct ThreadId {
  static constexpr Resolve kResolve = Resolve::None;
  static Word read(Context &context, const Op &) { return context.thread.id; }
};

/// The reference clock's count.
struct ReferenceTime {
  static constexpr Resolve kResolve = Resolve::None;
  static Word read(Context &context, const Op &) { return context.referenceTime; }
};

} // namespace xs3::sim::run
