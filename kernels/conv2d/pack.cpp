#include "kernels/conv2d/pack.h"

#include "base/error.h"
#include "kernels/conv2d/pack_vector.h"
#include "kernels/little_endian.h"

#include <algorithm>
#include <cstdlib>
#include <numeric>

namespace xs3::kernels {
namespace {

constexpr std::uint32_t kScratchHead = 64;        // 16 accumulators: scratch.window of copy.inc
constexpr std::uint32_t kVectorScratchHead = 192; // ... and of vector.S
constexpr std::size_t kVectorBytes = 32;

/// One group of a grouped convolution.
struct Group {
  const Conv2dParameters &parameters;
  const Int8Layer &layer;
  std::size_t first, channels; ///< Of its output channels.
  WindowShape shape;
};

/// What both kernels' arguments have in common.
template <typename Arguments>
PackedCall beginCall(std::string_view kernel, const Group &group, std::size_t first,
                     Arguments arguments, std::uint32_t scratchHead) {
  const WindowShape &shape = group.shape;
  arguments.output = static_cast<Word>(first);
  arguments.outputStep = static_cast<Word>(group.parameters.output.channels);
  arguments.byBytes = shape.pixelBytes % 4 != 0 || shape.tapBytes % 4 != 0 ? 1 : 0;
  arguments.window = windowArguments(shape);
  PackedCall call;
  call.kernel = kernel;
  call.arguments = argumentWords(arguments);
  call.units = static_cast<std::uint32_t>(group.parameters.output.pixels());
  call.scratchBytes = scratchHead + windowScratchBytes(arguments.window);
  pointTo(call, "input", ArgumentWord::Kind::Input);
  pointTo(call, "output", ArgumentWord::Kind::Output);
  const auto zero = static_cast<std::uint8_t>(group.layer.requantization.inputZeroPoint);
  addConstant(call, {"fill", "the input's zero point", std::vector(kVectorBytes, zero)});
  return call;
}

PackedCall packScalar(const Group &group, std::size_t first, std::size_t channels) {
  const Requantization &requantization = group.layer.requantization;
  Conv2dArguments arguments = {};
  arguments.zeroPoint = static_cast<Word>(requantization.outputZeroPoint);
  arguments.low = static_cast<Word>(requantization.range.low);
  arguments.high = static_cast<Word>(requantization.range.high);
  arguments.channels = static_cast<Word>(channels);
  PackedCall call = beginCall("conv2d_int8", group, first, arguments, kScratchHead);
  addInt8Weights(call, group.layer, first, channels);
  return call;
}

PackedCall packVector(const Group &group, std::size_t first, unsigned left,
                      std::span<const VectorScale> scales) {
  const std::size_t blocks = scales.size() / kBlockChannels;
  Conv2dVectorArguments arguments = {};
  arguments.left = left;
  arguments.blocks = static_cast<Word>(blocks);
  PackedCall call = beginCall("conv2d_int8_vector", group, first, arguments, kVectorScratchHead);
  addRings(call, group.layer, vectorLanes(first, blocks));
  addVectorScales(call, scales, group.layer.requantization.range);
  addConstant(call, {"zeros", "nothing", std::vector<std::uint8_t>(kVectorBytes, 0)});
  return call;
}

/// Runs of neighbouring blocks of 32 channels, by whether their scaling is proven for the vector
/// unit; the last channels that fill no block are scaled one by one.
void addCalls(std::vector<PackedCall> &calls, const Group &group) {
  const bool aligned = group.parameters.output.channels % 4 == 0 && group.first % 4 == 0;
  const std::size_t end = group.first + group.channels;
  const unsigned left = vectorLeftShift(group.layer, group.first, group.channels);
  std::vector<VectorScale> scales;
  std::size_t begin = group.first;
  for (std::size_t first = group.first; first < end; first += kBlockChannels) {
    const std::size_t next = std::min(first + kBlockChannels, end);
    const auto proven = aligned && next - first == kBlockChannels
                            ? proveBlock(group.layer, first, left)
                            : std::nullopt;
    if (proven.has_value() == scales.empty() && first > begin) {
      calls.push_back(scales.empty() ? packScalar(group, begin, first - begin)
                                     : packVector(group, begin, left, scales));
      scales.clear();
      begin = first;
    }
    if (proven)
      scales.insert(scales.end(), proven->begin(), proven->end());
  }
  calls.push_back(scales.empty() ? packScalar(group, begin, end - begin)
                                 : packVector(group, begin, left, scales));
}

} // namespace

Conv2dMultiplier conv2dMultiplier(Multiplier factor, std::int64_t mostAccumulator) {
  std::int32_t left = std::max(factor.shift, 0), right = std::max(-factor.shift, 0);
  const std::int64_t most = mostAccumulator * (std::int64_t{1} << left);
  if (right == 31 && most < std::int64_t{1} << 30) // nothing comes near to half of 2^31
    factor.q = right = 0;
  if (2 * most + (std::int64_t{1} << right) > INT32_MAX)
    throw Error("int8 accumulators of up to " + std::to_string(mostAccumulator) +
                " times a factor of 2^" + std::to_string(factor.shift) +
                " do not fit into 30 bits");
  return {static_cast<Word>(factor.q), static_cast<Word>(left), Word{1} << right,
          static_cast<Word>(right + 1)};
}

void addInt8Weights(PackedCall &call, const Int8Layer &layer, std::size_t first,
                    std::size_t channels) {
  constexpr std::size_t kRing = 16;
  std::vector<std::size_t> lanes(channels);
  std::iota(lanes.begin(), lanes.end(), first);
  addRings(call, layer, lanes);
  std::vector<Conv2dMultiplier> multipliers((channels + kRing - 1) / kRing * kRing);
  for (std::size_t i = 0; i < channels; ++i) {
    std::int64_t most = layer.bias.empty() ? 0 : std::abs(std::int64_t{layer.bias[first + i]});
    for (const std::int8_t weight : layer.weights(first + i))
      most += 256 * std::abs(int{weight});
    multipliers[i] = conv2dMultiplier(layer.requantization.multipliers[first + i], most);
  }
  addConstant(call, {"multipliers", "by output channel: factor, left shift, half, right shift",
                     littleEndian(multipliers), 8});
}

std::vector<PackedCall> packConv2dInt8(const Conv2dParameters &parameters,
                                       const Requantization &requantization,
                                       std::span<const std::int8_t> filter,
                                       std::span<const std::int32_t> bias, ChannelRange outputs) {
  const auto groups = static_cast<std::size_t>(parameters.groups);
  const auto channels = static_cast<std::size_t>(parameters.output.channels) / groups;
  const auto tapBytes = static_cast<std::size_t>(parameters.input.channels) / groups;
  const std::size_t field = static_cast<std::size_t>(parameters.window.rows.taps) *
                            static_cast<std::size_t>(parameters.window.columns.taps) * tapBytes;
  const SettledLayer settled({requantization, field, filter, bias});
  const Int8Layer &layer = settled.layer();
  std::vector<PackedCall> calls;
  const std::size_t wantedEnd = std::size_t{outputs.first} + outputs.count;
  for (std::size_t i = 0; i < groups; ++i) {
    const std::size_t first = std::max<std::size_t>(i * channels, outputs.first);
    const std::size_t end = std::min((i + 1) * channels, wantedEnd);
    if (first >= end)
      continue;
    Group group{parameters, layer, first, end - first, {parameters.input, parameters.window}};
    group.shape.pixelBytes = static_cast<std::uint32_t>(parameters.input.channels);
    group.shape.tapBytes = static_cast<std::uint32_t>(tapBytes);
    group.shape.firstByte = static_cast<std::uint32_t>(i * tapBytes);
    group.shape.tailIgnored = true;
    addCalls(calls, group);
  }
  return calls;
}

} // namespace xs3::kernels
