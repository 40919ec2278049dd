// Random float32 operands, and the comparison of a float32 kernel with its reference.
#pragma once

#include "kernels/reference/activation.h"
#include "tests/kernels/kernel_windows.h"

#include <gtest/gtest.h>

#include <bit>
#include <string>
#include <vector>

namespace xs3::test {

/// Numbers of sensible size, now and then 0.
inline std::vector<float> plainFloats(Random &random, std::size_t count) {
  std::vector<float> values(count);
  for (auto &value : values)
    value = random.once(8) ? 0.0F : random.real(-2.0F, 2.0F);
  return values;
}

/// Often special: zeros of both signs, subnormals, infinities, not a number, any bits at all.
inline std::vector<float> anyFloats(Random &random, std::size_t count) {
  constexpr Word kSpecial[] = {0x00000000, 0x80000000, 0x00000001, 0x807fffff, 0x7f7fffff,
                               0xff7fffff, 0x7f800000, 0xff800000, 0x7fc00000, 0x3f800000,
                               0x33800000, 0xc1100000, 0x4184f3cf, 0x41851000, 0xc2b00000};
  std::vector<float> values(count);
  for (auto &value : values)
    value = random.once(6)    ? std::bit_cast<float>(kSpecial[random.word() % std::size(kSpecial)])
            : random.once(12) ? std::bit_cast<float>(random.word())
                              : random.real(-9.0F, 9.0F);
  return values;
}

inline kernels::FloatRange randomRange(Random &random) {
  return kernels::floatRange(static_cast<kernels::Activation>(random.in(0, 3)));
}

/// The bits of floats, those of every NaN alike: hosts give NaN results a sign and a payload as
/// they please, the machine has one.
inline std::vector<Word> bitsOf(const std::vector<float> &values) {
  std::vector<Word> bits;
  for (const float value : values)
    bits.push_back(value != value ? 0x7fc00000 : std::bit_cast<Word>(value));
  return bits;
}

inline void expectFloats(const kernels::PackedCall &call,
                         const std::vector<std::vector<float>> &operands,
                         const std::vector<float> &expected, Random &random, std::uint32_t seed,
                         const std::string &what) {
  std::vector<Bytes> inputs;
  for (const auto &operand : operands)
    inputs.push_back(bytesOf(operand));
  const auto run =
      runKernels({&call, 1}, inputs, 4 * expected.size(), randomOptions(random, call.units, seed));
  EXPECT_EQ(run.fault, "") << call.kernel << ' ' << what;
  EXPECT_EQ(bitsOf(valuesOf<float>(run.output)), bitsOf(expected)) << call.kernel << ' ' << what;
}

} // namespace xs3::test
