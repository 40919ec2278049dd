#include "kernels/conv2d/pack.h"
#include "kernels/add/call.h"
#include "kernels/add/search_sum.h"
#include "kernels/little_endian.h"

#include <algorithm>
#include <cstdlib>

namespace xs3::kernels {
namespace {

/// A term of every value, by its byte.
template <typename Term> std::vector<std::int32_t> byByte(Term &&term) {
  std::vector<std::int32_t> terms;
  for (std::int32_t byte = 0; byte < 256; ++byte)
    terms.push_back(term(byte < 128 ? byte : byte - 256));
  return terms;
}

std::int64_t largest(const std::vector<std::int32_t> &terms) {
  std::int64_t most = 0;
  for (const std::int32_t term : terms)
    most = std::max(most, std::abs(std::int64_t{term}));
  return most;
}

PackedCall packScalar(const BroadcastShapes &shapes, const AddScaling &scaling, Sign sign) {
  const auto termsA = byByte([&](std::int32_t value) { return scaling.termA(value); });
  const auto termsB = byByte([&](std::int32_t value) {
    return sign == Sign::Plus ? scaling.termB(value) : -scaling.termB(value);
  });
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

/// Numbers of 16 bits, each in all lanes of a vector.
class LaneConstants {
public:
  void add(std::int64_t value) {
    values_.insert(values_.end(), 16, static_cast<std::uint16_t>(value));
  }
  std::vector<std::uint8_t> bytes() const { return littleEndian(values_); }

private:
  std::vector<std::uint16_t> values_;
};

constexpr std::int64_t upper(std::int64_t value) { return value >> 16; }

/// The part of a weight that counts 65536 each, the rest being within 16 bits.
constexpr std::int64_t coarse(std::int64_t weight) { return (weight + (1 << 15)) >> 16; }
constexpr std::int64_t fine(std::int64_t weight) { return weight - coarse(weight) * (1 << 16); }

/// vlsat adds half of what it shifts away.
std::int64_t startOf(const SumWeights &weights) {
  return weights.start - (weights.shift == 0 ? 0 : std::int64_t{1} << (weights.shift - 1));
}

/// What sum_of_products reads (vector.inc).
void addProducts(LaneConstants &constants, const SumWeights &weights) {
  constants.add(upper(startOf(weights)));
  constants.add(startOf(weights));
  constants.add(factored(weights.weightA)->other);
  constants.add(factored(weights.weightB)->other);
}

/// What sum_by_halves reads.
void addHalves(LaneConstants &constants, const SumWeights &weights) {
  constants.add(upper(startOf(weights)));
  constants.add(coarse(weights.weightA));
  constants.add(coarse(weights.weightB));
  constants.add(startOf(weights));
  constants.add(fine(weights.weightB));
  constants.add(fine(weights.weightA));
}

/// What clamp_sum reads: numbers whose saturated sums end at the range's ends, and their negatives.
void addClamps(LaneConstants &constants, Int8Range range) {
  constexpr std::int32_t kMost = 32767;
  const std::int32_t down = kMost + range.low * 256, up = kMost - (range.high * 256 + 255);
  for (const std::int32_t step : {-down, down, up, -up})
    constants.add(step);
}

bool clampable(Int8Range range) { return range.low <= 0 && range.high >= 0; }
bool isWhole(Int8Range range) { return range.low <= -128 && range.high >= 127; }

struct VectorSum {
  std::string_view kernel;
  LaneConstants constants;
};

/// The vector kernel and its constants, where there are any.
std::optional<VectorSum> vectorSum(const AddScaling &scaling, Sign sign) {
  constexpr std::int32_t kSplit = 256, kAsItIs = 1 << 6; // vlmul's 1 is 2^14, elements times 256
  const bool clamped = !isWhole(scaling.range);
  if (clamped && !clampable(scaling.range))
    return std::nullopt;
  VectorSum sum;
  sum.constants.add(kSplit);
  const auto products = clamped ? std::nullopt : searchSum(scaling, sign, SumForm::Factored);
  if (products) {
    sum.kernel = "add_int8_vector";
    sum.constants.add(factored(products->weightA)->factor * kAsItIs);
    sum.constants.add(factored(products->weightB)->factor * kAsItIs);
    addProducts(sum.constants, *products);
    sum.constants.add(products->shift);
    addHalves(sum.constants, *products);
    sum.constants.add(products->shift);
    return sum;
  }
  const auto any = searchSum(scaling, sign, SumForm::Any);
  if (!any)
    return std::nullopt;
  sum.kernel = clamped ? "add_int8_vector_clamped" : "add_int8_vector_wide";
  sum.constants.add(kAsItIs);
  sum.constants.add(kAsItIs);
  for (int parity = 0; parity < 2; ++parity) {
    addHalves(sum.constants, *any);
    sum.constants.add(any->shift);
    if (clamped)
      addClamps(sum.constants, scaling.range);
  }
  return sum;
}

constexpr std::uint32_t kBlock = 32; ///< Elements of a unit.
constexpr std::uint32_t kVectorScratch = 6 * 32;

} // namespace

PackedCall packAddInt8(const BroadcastShapes &shapes, const AddScaling &scaling, Sign sign) {
  AddVectorArguments arguments = {1, 0};
  for (const std::int32_t size : shapes.output)
    arguments.elements *= static_cast<Word>(size);
  PackedCall call = packBroadcast("", shapes, 1, argumentWords(arguments));
  const auto sum = walkByBlocks(call, kBlock) ? vectorSum(scaling, sign) : std::nullopt;
  if (!sum)
    return packScalar(shapes, scaling, sign);
  call.kernel = sum->kernel;
  call.scratchBytes = kVectorScratch;
  addConstant(call, {"constants", "of the sum, in the order of use: 16 halfwords each",
                     sum->constants.bytes()});
  return call;
}

} // namespace xs3::kernels
