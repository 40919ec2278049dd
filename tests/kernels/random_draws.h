// What random networks are made of: numbers, scales, shapes, windows.
#pragma once

#include "kernels/compiler/import/network.h"
#include "kernels/reference/window.h"

#include <cmath>
#include <cstdint>
#include <optional>
#include <random>
#include <type_traits>
#include <vector>

namespace xs3::test {

using Shape = std::vector<std::int32_t>;

inline std::size_t elementsOf(const Shape &shape) {
  std::size_t count = 1;
  for (const std::int32_t size : shape)
    count *= static_cast<std::size_t>(size);
  return count;
}

/// Draws from a generator. `wildScales`: of 100 scales, those that no converter would choose.
class RandomDraws {
public:
  RandomDraws(std::mt19937 &random, int wildScales) : random_(random), wildScales_(wildScales) {}

  std::int32_t number(std::int32_t low, std::int32_t high) {
    return std::uniform_int_distribution<std::int32_t>(low, high)(random_);
  }
  bool chance(int percent) { return number(1, 100) <= percent; }
  float real(float low, float high) {
    return std::uniform_real_distribution<float>(low, high)(random_);
  }
  template <typename T> std::vector<T> values(std::size_t count, T low, T high) {
    std::vector<T> drawn(count);
    for (T &value : drawn)
      if constexpr (std::is_floating_point_v<T>)
        value = real(low, high);
      else
        value = static_cast<T>(std::uniform_int_distribution<std::int64_t>(low, high)(random_));
    return drawn;
  }
  kernels::Activation activation() { return static_cast<kernels::Activation>(number(0, 3)); }

  /// Only int8 has scales here; now and then one that no converter would choose.
  std::optional<kernels::Int8Quantization> quantization(compiler::ElementType type) {
    if (type != compiler::ElementType::Int8)
      return std::nullopt;
    const std::int32_t zeroPoint = chance(20) ? -128 : chance(10) ? 127 : number(-128, 127);
    return kernels::Int8Quantization{std::exp2(wild() ? real(-40, 40) : real(-7, 0)), zeroPoint};
  }

  Shape anyShape() {
    Shape shape;
    for (int rank = number(1, 4); rank > 0; --rank)
      shape.push_back(number(1, 9));
    return shape;
  }

  /// One dimension of a window that fits; now and then a large one, or one with gaps.
  kernels::WindowAxis axis(kernels::Padding padding, bool dilated) {
    while (true) {
      const bool large = chance(8);
      const kernels::WindowAxis drawn = kernels::windowAxis(
          number(1, large ? 24 : 9), number(1, large ? 9 : 4), number(1, large ? 7 : 3),
          dilated && chance(30) ? number(2, large ? 5 : 2) : 1, padding);
      if (drawn.outputs > 0)
        return drawn;
    }
  }

  /// A window over an image, of which a few make a batch.
  struct Draw {
    kernels::WindowAxis rows, columns;
    kernels::Padding padding;
    std::int32_t batches;
  };
  Draw window(bool dilated) {
    const kernels::Padding padding = chance(50) ? kernels::Padding::Same : kernels::Padding::Valid;
    return {axis(padding, dilated), axis(padding, dilated), padding, chance(20) ? 2 : 1};
  }
  template <typename Options> static Options windowOptions(const Draw &draw) {
    Options options;
    options.padding = draw.padding;
    options.strideHeight = draw.rows.stride;
    options.strideWidth = draw.columns.stride;
    return options;
  }

  bool wild() { return chance(wildScales_); }

private:
  std::mt19937 &random_;
  int wildScales_;
};

} // namespace xs3::test
