// Operators on two tensors that are broadcast against each other: the part of an argument block by
// which their kernels walk.
//
// The packer joins neighbouring dimensions as far as both operands go through them in equal steps;
// the last one that remains is a row of `inner` elements, those before it are the levels. Unit of
// work: an element of the output. Steps are bytes, 0 where an operand stands still.
#pragma once

#include "kernels/add/reference.h"
#include "kernels/call.h"

#include <vector>

namespace xs3::kernels {

struct BroadcastArguments {
  Word inputA, inputB, output;
  Word levels; ///< BroadcastLevel of every dimension before the last, from the inner to the outer.
  Word levelCount; ///< May be 0.
  Word inner;
  Word stepA, stepB; ///< From one element of a row to the next.

  static constexpr std::array<std::string_view, 8> kNames = {
      "inputA", "inputB", "output", "levels", "levelCount", "inner", "stepA", "stepB"};
};

struct BroadcastLevel {
  Word size;
  Word stepA, stepB;
};

/// A call with these arguments in front of its kernel's own.
PackedCall packBroadcast(std::string_view kernel, const BroadcastShapes &shapes,
                         std::uint32_t elementBytes, const std::vector<ArgumentWord> &own);

/// Makes the units of a packBroadcast call for bytes blocks of `block` elements (a multiple of 4),
/// the last one perhaps smaller. False, and no change, where an operand stands still within rows or
/// blocks would not end with them.
bool walkByBlocks(PackedCall &call, std::uint32_t block);

} // namespace xs3::kernels
