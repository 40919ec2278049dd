#include "kernels/conv2d/pack.h"

#include "base/error.h"
#include "kernels/little_endian.h"

#include <algorithm>
#include <cstdlib>

namespace xs3::kernels {
namespace {

/// What the kernel keeps beside the window: 16 accumulators, their upper and their lower halves.
constexpr std::uint32_t kScratchHead = 64;
constexpr std::size_t kRing = 16, kVectorBytes = 32;

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

void addInt8Weights(PackedCall &call, const Requantization &requantization, std::size_t field,
                    std::size_t first, std::size_t channels, std::span<const std::int8_t> filter,
                    std::span<const std::int32_t> bias) {
  const std::size_t groups = (channels + kRing - 1) / kRing;
  const std::size_t slices = (field + kVectorBytes - 1) / kVectorBytes;
  std::vector<std::int8_t> weights(groups * slices * kRing * kVectorBytes, 0);
  std::vector<std::uint16_t> starts(groups * 2 * kRing, 0);
  std::vector<Conv2dMultiplier> multipliers(groups * kRing);
  for (std::size_t i = 0; i < channels; ++i) {
    const std::size_t group = i / kRing, lane = i % kRing;
    const auto row = filter.subspan((first + i) * field, field);
    std::int64_t sum = 0, magnitude = 0;
    for (std::size_t k = 0; k < field; ++k) {
      const std::size_t slice = group * slices + k / kVectorBytes;
      weights[(slice * kRing + (kRing - 1 - lane)) * kVectorBytes + k % kVectorBytes] = row[k];
      sum += row[k];
      magnitude += std::abs(int{row[k]});
    }
    const std::int64_t b = bias.empty() ? 0 : bias[first + i];
    multipliers[i] =
        conv2dMultiplier(requantization.multipliers[first + i], std::abs(b) + 256 * magnitude);
    const auto start = static_cast<std::uint64_t>(b - requantization.inputZeroPoint * sum);
    starts[group * 2 * kRing + lane] = static_cast<std::uint16_t>(start >> 16);
    starts[(group * 2 + 1) * kRing + lane] = static_cast<std::uint16_t>(start);
  }
  addConstant(call, {"weights",
                     "by 16 output channels, by 32 bytes of the window, channel 15 to 0: 32 bytes",
                     littleEndian(weights)});
  addConstant(call, {"starts", "by 16 output channels: upper, then lower halves of start values",
                     littleEndian(starts)});
  addConstant(call, {"multipliers", "by output channel: factor, left shift, half, right shift",
                     littleEndian(multipliers), 8});
}

std::vector<PackedCall> packConv2dInt8(const Conv2dParameters &parameters,
                                       const Requantization &requantization,
                                       std::span<const std::int8_t> filter,
                                       std::span<const std::int32_t> bias) {
  const auto groups = static_cast<std::size_t>(parameters.groups);
  const auto channels = static_cast<std::size_t>(parameters.output.channels) / groups;
  const auto tapBytes = static_cast<std::size_t>(parameters.input.channels) / groups;
  const std::size_t field = static_cast<std::size_t>(parameters.window.rows.taps) *
                            static_cast<std::size_t>(parameters.window.columns.taps) * tapBytes;
  std::vector<PackedCall> calls;
  for (std::size_t group = 0; group < groups; ++group) {
    WindowShape shape{parameters.input, parameters.window};
    shape.pixelBytes = static_cast<std::uint32_t>(parameters.input.channels);
    shape.tapBytes = static_cast<std::uint32_t>(tapBytes);
    shape.firstByte = static_cast<std::uint32_t>(group * tapBytes);
    shape.tailIgnored = true;
    Conv2dArguments arguments = {};
    arguments.zeroPoint = static_cast<Word>(requantization.outputZeroPoint);
    arguments.low = static_cast<Word>(requantization.range.low);
    arguments.high = static_cast<Word>(requantization.range.high);
    arguments.channels = static_cast<Word>(channels);
    arguments.outputStep = static_cast<Word>(parameters.output.channels);
    arguments.byBytes = shape.pixelBytes % 4 != 0 || shape.tapBytes % 4 != 0 ? 1 : 0;
    arguments.output = static_cast<Word>(group * channels);
    arguments.window = windowArguments(shape);
    PackedCall call;
    call.kernel = "conv2d_int8";
    call.arguments = argumentWords(arguments);
    call.units = static_cast<std::uint32_t>(parameters.output.pixels());
    call.scratchBytes = kScratchHead + windowScratchBytes(arguments.window);
    pointTo(call, "input", ArgumentWord::Kind::Input);
    pointTo(call, "output", ArgumentWord::Kind::Output);
    addInt8Weights(call, requantization, field, group * channels, channels, filter, bias);
    addConstant(call,
                {"fill", "the input's zero point",
                 std::vector<std::uint8_t>(
                     kVectorBytes, static_cast<std::uint8_t>(requantization.inputZeroPoint))});
    calls.push_back(std::move(call));
  }
  return calls;
}

} // namespace xs3::kernels
