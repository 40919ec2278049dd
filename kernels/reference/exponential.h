// exp in float32, the same on every host.
#pragma once

#include <cmath>

namespace xs3::kernels {

/// exp rounded to the nearest float32: computed in double, rounded once.
inline float exponential(float x) { return static_cast<float>(std::exp(double{x})); }

} // namespace xs3::kernels
