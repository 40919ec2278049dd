#include "kernels/conv2d/pack.h"
#include "kernels/add/call.h"
#include "kernels/little_endian.h"

#include <algorithm>
#include <cstdlib>

namespace xs3::kernels {
namespace {

/// (value - zero point) * 2^20 times the factor, by the value's byte.
std::vector<std::int32_t> termsOf(std::int32_t zeroPoint, Multiplier factor, Sign sign) {
  std::vector<std::int32_t> terms;
  for (std::int32_t byte = 0; byte < 256; ++byte) {
    const std::int32_t value = static_cast<std::int8_t>(static_cast<std::uint8_t>(byte));
    const std::int32_t term = scaleBy((value - zeroPoint) * (1 << 20), factor);
    terms.push_back(sign == Sign::Plus ? term : -term);
  }
  return terms;
}

std::int64_t largest(const std::vector<std::int32_t> &terms) {
  std::int64_t most = 0;
  for (const std::int32_t term : terms)
    most = std::max(most, std::abs(std::int64_t{term}));
  return most;
}

} // namespace

PackedCall packAddInt8(const BroadcastShapes &shapes, const AddScaling &scaling, Sign sign) {
  const auto termsA = termsOf(scaling.zeroPointA, scaling.a, Sign::Plus);
  const auto termsB = termsOf(scaling.zeroPointB, scaling.b, sign);
  const Conv2dMultiplier sum = conv2dMultiplier(scaling.sum, largest(termsA) + largest(termsB));
  const auto word = [](std::int32_t value) { return static_cast<Word>(value); };
  PackedCall call = packBroadcast(
      "add_int8", shapes, 1,
      argumentWords(AddArguments{0, 0, word(scaling.outputZeroPoint), word(scaling.range.low),
                                 word(scaling.range.high), sum.q, sum.left, sum.half, sum.down}));
  addConstant(call, {"termsA", "by byte of the first operand: 32 bits", littleEndian(termsA)});
  addConstant(call, {"termsB", "by byte of the second operand: 32 bits", littleEndian(termsB)});
  return call;
}

} // namespace xs3::kernels
