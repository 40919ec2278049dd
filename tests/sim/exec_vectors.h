// Vectors for tests: random ones full of corners, and elements taken out byte by byte.
#pragma once

#include "tests/sim/exec_bench.h"

#include <cstdint>
#include <random>
#include <string>
#include <vector>

namespace xs3::sim::test {

inline constexpr Address kOperand = kBase + 0x104; ///< A multiple of 4 only.
inline constexpr int kWidths[] = {8, 16, 32};

/// vctrl for elements of `width` bits.
inline Word mode(int width) { return width == 8 ? 0x200 : width == 16 ? 0x100 : 0; }

using Values = std::vector<std::int64_t>;

/// The signed elements of `width` bits.
inline Values valuesOf(const Vector &vector, int width) {
  Values values;
  const auto bytes = static_cast<std::size_t>(width / 8);
  for (std::size_t first = 0; first < vector.size(); first += bytes) {
    std::int64_t value = 0;
    for (std::size_t k = 0; k < bytes; ++k)
      value += std::int64_t{vector[first + k]} << (8 * k);
    values.push_back(value >= std::int64_t{1} << (width - 1) ? value - (std::int64_t{1} << width)
                                                             : value);
  }
  return values;
}
/// The vector of these elements; missing ones are 0.
inline Vector vectorOf(const Values &values, int width) {
  Vector vector{};
  const auto bytes = static_cast<std::size_t>(width / 8);
  for (std::size_t i = 0; i < values.size(); ++i)
    for (std::size_t k = 0; k < bytes; ++k)
      vector[i * bytes + k] = static_cast<std::uint8_t>(values[i] >> (8 * k));
  return vector;
}

inline std::int64_t limit(int width) { return (std::int64_t{1} << (width - 1)) - 1; }
/// Symmetric saturation.
inline std::int64_t sat(std::int64_t value, int width) {
  if (value > limit(width))
    return limit(width);
  return value < -limit(width) ? -limit(width) : value;
}
/// floor((x + 2^(s-1)) / 2^s), for values that leave room.
inline std::int64_t rnd(std::int64_t value, int shift) {
  if (shift == 0)
    return value;
  const std::int64_t unit = std::int64_t{1} << shift;
  const std::int64_t sum = value + unit / 2;
  return sum >= 0 ? sum / unit : -((-sum + unit - 1) / unit);
}

/// Random vectors in which every other element is a corner of its width.
class RandomVectors {
public:
  explicit RandomVectors(unsigned seed) : seed(seed), random_(seed) {}

  Vector next(int width) {
    Values values;
    for (int i = 0; i < 256 / width; ++i) {
      const auto any = static_cast<std::int64_t>(random_());
      const std::int64_t corners[] = {0,
                                      1,
                                      -1,
                                      limit(width),
                                      -limit(width),
                                      -limit(width) - 1,
                                      limit(width) / 2 + 1,
                                      -limit(width) / 2 - 1};
      values.push_back(random_() % 2 == 0 ? corners[any & 7] : any);
    }
    return vectorOf(values, width);
  }
  std::uint64_t number() { return random_(); }

  const unsigned seed;

private:
  std::mt19937_64 random_;
};

/// A bench with random vR, vD, vC and a random memory operand at r1 (and r11).
inline Bench vectorBench(RandomVectors &vectors, int width, Word control) {
  Bench m;
  m.thread.vector.vR = vectors.next(width);
  m.thread.vector.vD = vectors.next(width);
  m.thread.vector.vC = vectors.next(width);
  m.thread.vector.control = control;
  m[R1] = m[R11] = kOperand;
  m.memory.write(kOperand, vectors.next(width));
  return m;
}
inline Vector operand(const Bench &m) { return m.memory.read<Vector>(kOperand); }

/// Whether vD, vC, vctrl (not vR) are as before.
inline void expectOnlyResultChanged(const Bench &before, const Bench &after) {
  EXPECT_EQ(before.thread.vector.vD, after.thread.vector.vD);
  EXPECT_EQ(before.thread.vector.vC, after.thread.vector.vC);
  EXPECT_EQ(before.thread.vector.control, after.thread.vector.control);
}

} // namespace xs3::sim::test
