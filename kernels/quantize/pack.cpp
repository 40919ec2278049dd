#include "kernels/quantize/pack.h"

#include "base/error.h"
#include "kernels/little_endian.h"
#include "kernels/lookup/call.h"
#include "kernels/quantize/reference.h"

#include <bit>
#include <cmath>
#include <limits>
#include <string>
#include <vector>

namespace xs3::kernels {
namespace {

constexpr std::int32_t kLowest = -128, kHighest = 127;
constexpr float kInfinity = std::numeric_limits<float>::infinity();

std::int32_t quantized(Int8Quantization output, float value) {
  std::int8_t result = 0;
  quantizeFloat(output, {&value, 1}, {&result, 1});
  return result;
}

/// Floats from -infinity to +infinity as integers in the same order, and back. (-0 is left out.)
std::int64_t rankOf(float value) {
  const auto bits = std::bit_cast<std::uint32_t>(value);
  return bits >> 31 != 0 ? -std::int64_t{bits & 0x7fffffff} : std::int64_t{bits};
}

float floatOf(std::int64_t rank) {
  return std::bit_cast<float>(rank < 0 ? static_cast<std::uint32_t>(-rank) | 0x80000000
                                       : static_cast<std::uint32_t>(rank));
}

/// The smallest float that becomes `level` or more; quantization never falls as its argument grows.
float stepOf(Int8Quantization output, std::int32_t level) {
  std::int64_t below = rankOf(-kInfinity), reached = rankOf(kInfinity);
  while (reached - below > 1) {
    const std::int64_t middle = below + (reached - below) / 2;
    (quantized(output, floatOf(middle)) >= level ? reached : below) = middle;
  }
  return floatOf(reached);
}

/// The kernel's guess, as its two float instructions and a shift make it.
std::int32_t guess(float value, float inverse, float magic) {
  const float product = value * inverse;
  const float shifted = product + magic;
  return static_cast<std::int32_t>(std::bit_cast<std::uint32_t>(shifted) >> 1) - 0x25600000;
}

/// That the guess is the result or one more. It grows with the value, so that it is enough to look
/// at both sides of every step; the kernel takes what lies below -127 or above 127 as the lowest or
/// the highest result.
void checkGuess(Int8Quantization output, const std::vector<float> &steps, float inverse,
                float magic) {
  for (std::int32_t level = kLowest + 1; level <= kHighest; ++level) {
    const float step = steps[static_cast<std::size_t>(level - kLowest)];
    if (!std::isfinite(step) || guess(step, inverse, magic) < level ||
        guess(floatOf(rankOf(step) - 1), inverse, magic) > level)
      throw Error("QUANTIZE to a scale of " + std::to_string(output.scale) +
                  " is beyond the range of float32 arithmetic");
  }
}

} // namespace

PackedCall packQuantizeFloat(std::uint32_t elements, Int8Quantization output) {
  std::vector<float> steps = {-kInfinity};
  for (std::int32_t level = kLowest + 1; level <= kHighest; ++level)
    steps.push_back(stepOf(output, level));
  steps.push_back(kInfinity);
  const float inverse = 1 / output.scale;
  const float magic = 6291456.5F + static_cast<float>(output.zeroPoint);
  checkGuess(output, steps, inverse, magic);
  QuantizeFloatArguments arguments = {};
  arguments.inverse = std::bit_cast<Word>(inverse);
  arguments.magic = std::bit_cast<Word>(magic);
  PackedCall call;
  call.kernel = "quantize_float";
  call.arguments = argumentWords(arguments);
  call.units = elements;
  pointTo(call, "input", ArgumentWord::Kind::Input);
  pointTo(call, "output", ArgumentWord::Kind::Output);
  addConstant(call, {"steps", "by result -128 .. 128: the smallest float32 that gives it or more",
                     littleEndian(steps)});
  return call;
}

PackedCall packRequantize(std::uint32_t elements, Int8Quantization input, Int8Quantization output) {
  return packLookupInt8(elements, [&](std::int8_t value) {
    std::int8_t result = 0;
    quantizeInt8(input, output, {&value, 1}, {&result, 1});
    return result;
  });
}

} // namespace xs3::kernels
