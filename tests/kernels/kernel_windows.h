// Random windows, and how a test says which one it was.
#pragma once

#include "kernels/reference/window.h"
#include "tests/kernels/kernel_fixture.h"

#include <algorithm>
#include <string>

namespace xs3::test {

inline kernels::WindowAxis randomAxis(Random &random, std::int32_t size, kernels::Padding padding) {
  const std::int32_t taps = std::min(random.in(1, 5), size);
  const std::int32_t dilation = random.once(5) && (taps - 1) * 2 < size ? 2 : 1;
  return kernels::windowAxis(size, taps, random.in(1, 3), dilation, padding);
}

inline kernels::Window randomWindow(Random &random, const kernels::Image &input) {
  const auto padding = random.once(3) ? kernels::Padding::Valid : kernels::Padding::Same;
  return {randomAxis(random, input.height, padding), randomAxis(random, input.width, padding)};
}

inline std::string describe(const kernels::Window &window) {
  const auto axis = [](const kernels::WindowAxis &a) {
    return std::to_string(a.size) + " taps " + std::to_string(a.taps) + " stride " +
           std::to_string(a.stride) + " dilation " + std::to_string(a.dilation) + " before " +
           std::to_string(a.before);
  };
  return "rows " + axis(window.rows) + ", columns " + axis(window.columns);
}

/// Sometimes the units in two calls, and from either issue mode.
inline KernelOptions randomOptions(Random &random, std::uint32_t units, std::uint32_t seed) {
  KernelOptions options;
  options.seed = seed;
  options.callerDual = random.once(2);
  if (random.once(2))
    options.splits = {static_cast<std::uint32_t>(random.in(0, static_cast<std::int32_t>(units)))};
  return options;
}

} // namespace xs3::test
