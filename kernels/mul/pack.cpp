#include "kernels/conv2d/pack.h"
#include "kernels/halves/pack_halves.h"
#include "kernels/little_endian.h"
#include "kernels/mul/call.h"

#include <algorithm>
#include <array>

namespace xs3::kernels {
namespace {

PackedCall packScalar(const BroadcastShapes &shapes, const MulScaling &scaling) {
  const Conv2dMultiplier multiplier = conv2dMultiplier(scaling.product, 255 * 255);
  const auto word = [](std::int32_t value) { return static_cast<Word>(value); };
  return packBroadcast(
      "mul_int8", shapes, 1,
      argumentWords(MulArguments{word(scaling.zeroPointA), word(scaling.zeroPointB),
                                 word(scaling.outputZeroPoint), word(scaling.range.low),
                                 word(scaling.range.high), multiplier.q, multiplier.left,
                                 multiplier.half, multiplier.down}));
}

/// What the products can be.
AccumulatorRange productRange(const MulScaling &scaling) {
  AccumulatorRange range;
  for (const std::int64_t a : {-128 - scaling.zeroPointA, 127 - scaling.zeroPointA})
    for (const std::int64_t b : {-128 - scaling.zeroPointB, 127 - scaling.zeroPointB}) {
      range.least = std::min(range.least, a * b);
      range.most = std::max(range.most, a * b);
    }
  return range;
}

/// MulVectorArguments::constants, where the search finds what it needs.
std::optional<std::vector<std::uint8_t>> vectorConstants(const MulScaling &scaling) {
  const Requantization requantization{0, {scaling.product}, scaling.outputZeroPoint, scaling.range};
  if (!halvesCanClamp(scaling.range))
    return std::nullopt;
  const auto scale = searchHalves(requantization, 0, productRange(scaling));
  if (!scale)
    return std::nullopt;
  std::vector<std::uint8_t> block;
  const std::int32_t start = scaling.zeroPointA * scaling.zeroPointB;
  for (const std::int32_t half : {start >> 16, start}) {
    const auto bytes =
        littleEndian(std::vector<std::uint16_t>(kHalvesLanes, static_cast<std::uint16_t>(half)));
    block.insert(block.end(), bytes.begin(), bytes.end());
  }
  for (const std::int32_t zeroPoint : {scaling.zeroPointB, scaling.zeroPointA})
    for (const std::int32_t part : {zeroPoint / 2, zeroPoint - zeroPoint / 2})
      block.insert(block.end(), 2 * kHalvesLanes, static_cast<std::uint8_t>(-part));
  appendHalves(block, std::vector<HalvesScale>(kHalvesLanes, *scale), scaling.range);
  return block;
}

} // namespace

PackedCall packMulInt8(const BroadcastShapes &shapes, const MulScaling &scaling) {
  MulVectorArguments arguments = {1, 0};
  for (const std::int32_t size : shapes.output)
    arguments.elements *= static_cast<Word>(size);
  PackedCall call =
      packBroadcast(isWholeRange(scaling.range) ? "mul_int8_vector" : "mul_int8_vector_clamped",
                    shapes, 1, argumentWords(arguments));
  auto constants = walkByBlocks(call, kHalvesLanes) ? vectorConstants(scaling) : std::nullopt;
  if (!constants)
    return packScalar(shapes, scaling);
  call.scratchBytes = kHalvesScratch;
  addConstant(call, {"constants",
                     "zero point * zero point (upper, lower halves), -zero points (two bytes "
                     "vectors each), what scales",
                     std::move(*constants)});
  return call;
}

} // namespace xs3::kernels
