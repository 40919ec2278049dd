// The activations that an operator may carry, and the clamps they mean.
#pragma once

#include <cstdint>

namespace xs3::kernels {

/// An activation fused into an operator, or one of its own. Numbered as in a .tflite file.
enum class Activation : std::uint8_t { None, Relu, ReluN1To1, Relu6 };

/// A closed range of int8 values, as integers.
struct Int8Range {
  std::int32_t low = -128, high = 127;
};

/// A closed range of real values.
struct FloatRange {
  float low, high;
};

/// How an int8 tensor stands for real values: real = scale * (value - zeroPoint). Scale > 0.
struct Int8Quantization {
  float scale = 1;
  std::int32_t zeroPoint = 0;
};

/// The int8 values that an activation lets through, for an output of this quantization.
Int8Range int8Range(Activation activation, Int8Quantization output);

/// The real values that an activation lets through.
FloatRange floatRange(Activation activation);

} // namespace xs3::kernels
