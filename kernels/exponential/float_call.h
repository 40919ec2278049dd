// SOFTMAX and LOGISTIC in float32: what their kernels read.
//
//   softmax_float    unit: a row of `classes` elements
//   logistic_float   unit: an element
//
// Both share a function that gives exp rounded to the nearest float32, for every float32: with 256
// table entries and polynomials in 64-bit fixed point its relative error before rounding is below
// 2^-57, and a search over all arguments found none whose rounding that would change. Quotients are
// rounded to the nearest float32 as well.
#pragma once

#include "kernels/call.h"

namespace xs3::kernels {

struct SoftmaxFloatArguments {
  Word input, output;
  Word classes;
  Word beta; ///< float32

  static constexpr std::array<std::string_view, 4> kNames = {"input", "output", "classes", "beta"};
};

struct LogisticFloatArguments {
  Word input, output;

  static constexpr std::array<std::string_view, 2> kNames = {"input", "output"};
};

PackedCall packSoftmaxFloat(std::size_t rows, std::size_t classes, float beta);
PackedCall packLogisticFloat(std::size_t elements);

} // namespace xs3::kernels
