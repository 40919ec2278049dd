#include "kernels/bconv2d/pack.h"

#include "base/error.h"
#include "kernels/bconv2d/pack_ring.h"
#include "kernels/bconv2d/search_int8.h"
#include "kernels/little_endian.h"
#include "kernels/reference/packing.h"

#include <algorithm>
#include <vector>

namespace xs3::kernels {
namespace {

/// What the kernels keep beside the window: one ring.
constexpr std::uint32_t kScratchHead = 64;
constexpr std::int64_t kMostBitsForBits = 32767, kMostBits = 65534;

std::size_t groupsOf(std::size_t channels, std::size_t size) {
  return (channels + size - 1) / size;
}

/// A call with everything but its weights, starts and transform. `outputBytes`: of a pixel of the
/// whole output; `firstByte`: where this field's part of it begins.
PackedCall beginCall(std::string_view kernel, const BinaryField &field, Bconv2dArguments arguments,
                     std::size_t outputBytes, std::size_t firstByte) {
  const Image &output = field.parameters.output;
  arguments.outputStep = static_cast<Word>(outputBytes);
  arguments.window = binaryWindow(field);
  arguments.output = static_cast<Word>(firstByte);
  PackedCall call;
  call.kernel = kernel;
  call.arguments = argumentWords(arguments);
  call.units = static_cast<std::uint32_t>(output.pixels());
  call.scratchBytes = kScratchHead + windowScratchBytes(arguments.window);
  pointTo(call, "input", ArgumentWord::Kind::Input);
  pointTo(call, "output", ArgumentWord::Kind::Output);
  return call;
}

struct ScaleAndBias {
  float multiplier = 0, bias = 0;
};

/// The float formula, for float or int8 output.
PackedCall packAffine(BinaryField field, const Bconv2dOutputTransform &transform,
                      std::string_view kernel, std::size_t elementBytes) {
  field.inverted = true;
  const std::size_t groups = groupsOf(field.channels, kRing);
  Bconv2dArguments arguments = {};
  arguments.groups = static_cast<Word>(groups);
  arguments.channels = static_cast<Word>(field.channels);
  arguments.low = static_cast<Word>(transform.low);
  arguments.high = static_cast<Word>(transform.high);
  const std::size_t outputBytes =
      static_cast<std::size_t>(field.parameters.output.channels) * elementBytes;
  PackedCall call = beginCall(kernel, field, arguments, outputBytes, field.first * elementBytes);
  addBinaryWeights(call, field, groups, binaryWindow(field).slices);
  addStarts(call, field, groups, {[&](std::size_t) { return field.halfBits(); }, 0, 1});
  std::vector<ScaleAndBias> table(groups * kRing);
  for (std::size_t i = 0; i < field.channels; ++i) {
    table[i] = {transform.multiplier[field.first + i], transform.bias[field.first + i]};
  }
  addConstant(call, {"transform", "by output channel: multiplier, bias", littleEndian(table), 8});
  return call;
}

/// int8 by proven constants for every channel of the field.
PackedCall packProven(BinaryField field, std::span<const Int8Constants> constants, bool relu) {
  field.oddsFirst = true;
  const std::size_t pairs = field.channels / (2 * kRing);
  bool wide = false;
  std::vector<Bconv2dInt8Group> table(2 * pairs);
  for (std::size_t lane = 0; lane < table.size() * kRing; ++lane) {
    const Int8Constants &c = constants[field.channelAt(lane / kRing, lane % kRing)];
    Bconv2dInt8Group &group = table[lane / kRing];
    const std::int32_t factor = std::clamp(c.factor, -32767, 32767);
    group.startHigh[lane % kRing] = static_cast<std::int16_t>(c.start >> 16);
    group.startLow[lane % kRing] = static_cast<std::uint16_t>(c.start & 0xffff);
    group.factor[lane % kRing] = static_cast<std::int16_t>(factor);
    group.moreFactor[lane % kRing] = static_cast<std::int16_t>(c.factor - factor);
    group.shift[lane % kRing] = static_cast<std::uint16_t>(c.shift);
    wide |= c.factor != factor;
  }
  Bconv2dArguments arguments = {};
  arguments.groups = static_cast<Word>(pairs);
  arguments.channels = bconv2dLoop(binaryWindow(field));
  const std::string_view kernel = relu ? (wide ? "bconv2d_int8_relu_wide" : "bconv2d_int8_relu")
                                       : (wide ? "bconv2d_int8_wide" : "bconv2d_int8");
  PackedCall call =
      beginCall(kernel, field, arguments,
                static_cast<std::size_t>(field.parameters.output.channels), field.first);
  addBinaryWeights(call, field, 2 * pairs, binaryWindow(field).slices);
  addStarts(call, field, 2 * pairs, {[](std::size_t) { return 0; }, 0, -1});
  addConstant(call, {"transform",
                     "by 16 output channels: start high and low, factor, its rest, shift: 16 "
                     "halfwords each",
                     littleEndian(table)});
  return call;
}

/// Runs of neighbouring blocks of 32 channels, by whether constants are known for all of a block; a
/// last block of fewer channels has none.
void addInt8Calls(std::vector<PackedCall> &calls, const BinaryField &field,
                  const Bconv2dOutputTransform &transform) {
  constexpr std::size_t kBlock = 2 * kRing;
  std::vector<Int8Step> steps;
  for (std::size_t i = 0; i < field.channels; ++i)
    steps.emplace_back(field.bits(), transform, field.first + i);
  const bool relu =
      std::all_of(steps.begin(), steps.end(), [](const Int8Step &s) { return s.flatBelowZero(); });
  std::vector<Int8Constants> constants(field.channels);
  std::vector<bool> proven(groupsOf(field.channels, kBlock), true);
  for (std::size_t i = 0; i < field.channels; ++i) {
    const double slope = -2.0 * double{transform.multiplier[field.first + i]};
    const auto found = searchInt8(steps[i], slope, relu);
    constants[i] = found.value_or(Int8Constants{});
    proven[i / kBlock] = proven[i / kBlock] && found.has_value();
  }
  if (field.channels % kBlock != 0)
    proven.back() = false;
  if (field.parameters.output.channels % 4 != 0 || field.first % 4 != 0)
    proven.assign(proven.size(), false); // pixels that whole-vector stores cannot reach
  for (std::size_t begin = 0, end = 0; begin < proven.size(); begin = end) {
    while (end < proven.size() && proven[end] == proven[begin])
      ++end;
    const std::size_t first = begin * kBlock;
    const std::size_t channels = std::min(end * kBlock, field.channels) - first;
    const BinaryField part = field.part(first, channels);
    calls.push_back(proven[begin]
                        ? packProven(part, std::span(constants).subspan(first, channels), relu)
                        : packAffine(part, transform, "bconv2d_int8_float", 1));
  }
}

} // namespace

std::vector<PackedCall> packBconv2dBits(const Bconv2dParameters &parameters,
                                        std::span<const Word> filter,
                                        std::span<const std::int32_t> threshold,
                                        ChannelRange outputs) {
  std::vector<PackedCall> calls;
  for (const BinaryField &field : binaryFields(parameters, filter, kMostBitsForBits, outputs)) {
    if (parameters.groups > 1 && field.channels % 32 != 0)
      throw Error("a grouped binary convolution with packed output needs groups of whole words: "
                  "this one's have " +
                  std::to_string(field.channels) + " output channels");
    const std::size_t groups = groupsOf(field.channels, 2 * kRing);
    Bconv2dArguments arguments = {};
    arguments.groups = static_cast<Word>(groups);
    arguments.channels = bconv2dLoop(binaryWindow(field));
    PackedCall call = beginCall("bconv2d_bits", field, arguments,
                                4 * wordsFor(parameters.output.channels), field.first / 8);
    const std::uint32_t slices = binaryWindow(field).slices;
    addBinaryWeights(call, field, 2 * groups, slices);
    StartValues values;
    values.start = [&](std::size_t channel) {
      const std::int64_t t = threshold[field.first + channel];
      return std::clamp<std::int64_t>(t, -1, field.bits()) - field.halfBits();
    };
    // Weights of zero leave T/2 minus the ones of the window: K of them at most, and the sign must
    // stay plus.
    values.spare = field.bits() - std::int64_t{slices} * 128;
    values.paddedSign = -1;
    addStarts(call, field, 2 * groups, values);
    calls.push_back(std::move(call));
  }
  return calls;
}

std::vector<PackedCall> packBconv2dFloat(const Bconv2dParameters &parameters,
                                         std::span<const Word> filter,
                                         const Bconv2dOutputTransform &transform,
                                         ChannelRange outputs) {
  std::vector<PackedCall> calls;
  for (const BinaryField &field : binaryFields(parameters, filter, kMostBits, outputs))
    calls.push_back(packAffine(field, transform, "bconv2d_float", sizeof(float)));
  return calls;
}

std::vector<PackedCall> packBconv2dInt8(const Bconv2dParameters &parameters,
                                        std::span<const Word> filter,
                                        const Bconv2dOutputTransform &transform,
                                        ChannelRange outputs) {
  std::vector<PackedCall> calls;
  for (const BinaryField &field : binaryFields(parameters, filter, kMostBits, outputs))
    addInt8Calls(calls, field, transform);
  return calls;
}

} // namespace xs3::kernels
