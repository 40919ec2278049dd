#include "kernels/average_pool2d/pack.h"

#include "base/error.h"
#include "kernels/average_pool2d/reference.h"
#include "kernels/little_endian.h"

#include <algorithm>
#include <cstdlib>

namespace xs3::kernels {
namespace {

constexpr std::int32_t kMost16 = 32767;
constexpr std::int16_t kNotLowest =
    127 * 256 + 127; ///< Makes 256 times an average above -127.5 positive.

/// What the vector kernel makes of a sum.
std::int64_t averaged(AverageScale scale, std::int64_t sum) {
  const std::int64_t product = (sum * scale.weight * scale.factor + (1 << 13)) >> 14;
  const std::int64_t lane =
      std::clamp<std::int64_t>(product < 0 ? product - 1 : product, -kMost16, kMost16);
  return std::min<std::int64_t>((lane + 128) >> 8, 127);
}

/// Numbers of places that windows have along an axis: the least and the most.
std::pair<std::int32_t, std::int32_t> placesAlong(const WindowAxis &axis) {
  std::int32_t least = axis.taps, most = 0;
  for (std::int32_t output = 0; output < axis.outputs; ++output) {
    const std::int32_t first = output * axis.stride - axis.before;
    const std::int32_t places = std::min(first + axis.taps, axis.size) - std::max(first, 0);
    least = std::min(least, places);
    most = std::max(most, places);
  }
  return {least, most};
}

/// A call of the vector kernel, where all numbers of places have constants.
std::optional<PackedCall> packVector(const Image &input, const Image &output, const Window &window,
                                     Int8Range range) {
  if (input.channels % 4 != 0 || range.low > -128 || range.high < 127)
    return std::nullopt;
  const auto [leastRows, mostRows] = placesAlong(window.rows);
  const auto [leastColumns, mostColumns] = placesAlong(window.columns);
  const std::int32_t first = leastRows * leastColumns, last = mostRows * mostColumns;
  std::vector<std::uint8_t> table;
  for (std::int32_t n = first; n <= last; ++n) {
    // The numbers between that no window has need none.
    const auto scale = searchAverage(n).value_or(AverageScale{0, 0});
    if (scale.weight == 0)
      return std::nullopt;
    table.insert(table.end(), 32, static_cast<std::uint8_t>(scale.weight));
    const auto factors = littleEndian(std::vector<std::int16_t>(16, scale.factor));
    table.insert(table.end(), factors.begin(), factors.end());
  }
  PackedCall call = packPool("average_pool2d_int8_vector", output, window,
                             static_cast<std::uint32_t>(input.channels),
                             argumentWords(AveragePool2dVectorArguments{}));
  call.scratchBytes = 64;
  addConstant(call,
              {"scales", "by number of places: 32 bytes of a weight, 16 halfwords of a factor",
               std::move(table)});
  moveBy(call, "scales", -(static_cast<Word>(first) << 6));
  auto constants = littleEndian(std::vector<std::int16_t>(16, kNotLowest));
  constants.insert(constants.end(), 32, std::uint8_t{0x80});
  addConstant(call, {"constants", "127.5 * 256 - 1 (16 halfwords), -128 (32 bytes)", constants});
  return call;
}

} // namespace

std::optional<AverageScale> searchAverage(std::int32_t n) {
  constexpr double kOne = 1 << 22; // the average times 256, times vlmul's 2^14
  const std::int64_t most = std::int64_t{128} * n;
  for (std::int64_t weight = std::min<std::int64_t>(127, kMost16 / most); weight > 0; --weight) {
    const auto near = static_cast<std::int64_t>(kOne / static_cast<double>(n * weight));
    for (std::int64_t factor = near - 4; factor <= std::min<std::int64_t>(near + 8, kMost16);
         ++factor) {
      const AverageScale scale{static_cast<std::int8_t>(weight), static_cast<std::int16_t>(factor)};
      std::int64_t sum = -most;
      while (sum <= most - n && averaged(scale, sum) == averageOf(sum, n))
        ++sum;
      if (factor > 0 && sum > most - n)
        return scale;
    }
  }
  return std::nullopt;
}

PackedCall packAveragePool2dInt8(const Image &input, const Image &output, const Window &window,
                                 Int8Range range) {
  constexpr std::int64_t kMostTaps = 2889;
  const std::int64_t taps = std::int64_t{window.rows.taps} * window.columns.taps;
  if (taps > kMostTaps)
    throw Error("an average over " + std::to_string(taps) + " places is beyond the limit of " +
                std::to_string(kMostTaps));
  if (auto call = packVector(input, output, window, range))
    return std::move(*call);
  const bool words = input.channels % 4 == 0;
  const AveragePool2dArguments own{0, 0, static_cast<Word>(range.low),
                                   static_cast<Word>(range.high)};
  PackedCall call =
      packPool(words ? "average_pool2d_int8" : "average_pool2d_int8_bytes", output, window,
               static_cast<std::uint32_t>(input.channels), argumentWords(own));
  call.scratchBytes = 64;
  std::vector<std::uint32_t> reciprocals = {0};
  for (std::uint32_t n = 1; n <= taps; ++n)
    reciprocals.push_back((std::uint32_t{1} << 31) / n + 1);
  addConstant(call,
              {"reciprocals", "by number of places n: 2^31 / n + 1", littleEndian(reciprocals)});
  addConstant(call, {"ones", "32 bytes of 1", std::vector<std::uint8_t>(32, 1)});
  return call;
}

} // namespace xs3::kernels
