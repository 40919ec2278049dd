// Random operands that can be broadcast, for the tests of kernels with two of them.
#pragma once

#include "kernels/reference/broadcast.h"
#include "tests/kernels/kernel_windows.h"

#include <sstream>
#include <string>
#include <vector>

namespace xs3::test {

using kernels::BroadcastShapes;

/// How many values a tensor of that shape has.
inline std::size_t elements(const std::vector<std::int32_t> &shape) {
  std::size_t count = 1;
  for (const std::int32_t size : shape)
    count *= static_cast<std::size_t>(size);
  return count;
}

/// An operand of that result: some dimensions repeated, outer ones of them perhaps missing.
inline std::vector<std::int32_t> drawOperand(Random &random, std::vector<std::int32_t> shape) {
  if (random.once(2))
    return shape;
  for (auto &size : shape)
    if (random.once(2))
      size = 1;
  while (!shape.empty() && shape.front() == 1 && random.once(2))
    shape.erase(shape.begin());
  return shape;
}

/// Two random operands of one to five dimensions and the shape of their result.
inline BroadcastShapes drawShapes(Random &random) {
  std::vector<std::int32_t> shape(static_cast<std::size_t>(random.in(1, 5)));
  for (auto &size : shape)
    size = random.in(1, 6);
  BroadcastShapes shapes{drawOperand(random, shape), drawOperand(random, shape), {}};
  shapes.output = *kernels::broadcastShape(shapes.a, shapes.b);
  return shapes;
}

inline std::string describe(const BroadcastShapes &shapes) {
  std::ostringstream out;
  for (const auto *shape : {&shapes.a, &shapes.b}) {
    for (const std::int32_t size : *shape)
      out << size << ' ';
    out << "| ";
  }
  return out.str();
}

} // namespace xs3::test
