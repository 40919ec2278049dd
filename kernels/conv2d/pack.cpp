#include "kernels/conv2d/pack.h"

#include "base/error.h"
#include "kernels/conv2d/pack_vector.h"
#include "kernels/little_endian.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <optional>
#include <utility>

namespace xs3::kernels {
namespace {

constexpr std::uint32_t kScratchHead = 64;        // 16 accumulators: scratch.window of copy.inc
constexpr std::uint32_t kVectorScratchHead = 128; // ... and of vector.inc
constexpr std::size_t kVectorBytes = 32;

/// One group of a grouped convolution.
struct Group {
  const Conv2dParameters &parameters;
  const Int8Layer &layer;
  std::size_t first, channels; ///< Of its output channels.
  WindowShape shape;
};

/// What both kernels' calls have in common; the window is already among the arguments.
template <typename Arguments>
PackedCall beginCall(std::string_view kernel, const Group &group, std::size_t first,
                     Arguments arguments, std::uint32_t scratchHead) {
  arguments.output = static_cast<Word>(first);
  arguments.outputStep = static_cast<Word>(group.parameters.output.channels);
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
  arguments.byBytes = group.shape.pixelBytes % 4 != 0 || group.shape.tapBytes % 4 != 0 ? 1 : 0;
  arguments.window = windowArguments(group.shape);
  PackedCall call = beginCall("conv2d_int8", group, first, arguments, kScratchHead);
  addInt8Weights(call, group.layer, first, channels);
  return call;
}

/// The windows of a group as conv2d_int8_vector takes them: its arguments, and where the weights
/// meet their bytes for each place of the first byte in its word, and at the border.
struct VectorWindow {
  WindowArguments arguments;
  std::array<std::optional<WindowPlaces>, 4> inside; ///< None where no window begins so.
  std::optional<WindowPlaces> border;                ///< None where no window is there.
};

/// Which bytes of a word the first byte of a window inside of the image can be.
std::array<bool, 4> phasesOf(const WindowArguments &window) {
  std::array<bool, 4> found = {};
  for (Word i = 0; i < 64; ++i) // up to three steps each way say it all
    found[(window.origin + i % 4 * window.columnStep + i / 4 % 4 * window.rowStep +
           i / 16 * window.imageStep) %
          4] = true;
  return found;
}

WindowPlaces placesOf(const WindowArguments &window, std::size_t field, std::size_t rowBytes,
                      bool wholeWords, std::optional<std::size_t> phase) {
  WindowPlaces result{std::vector<std::size_t>(field), window.slices};
  for (std::size_t k = 0; k < field; ++k) {
    const std::size_t row = k / rowBytes;
    std::size_t &place = result.places[k] = k;
    if (wholeWords && window.copyRows == 0)
      place += *phase;
    else if (wholeWords && (phase || window.tapBytes == window.tapStep))
      place = row * window.copyBytes + (phase ? (*phase + row * window.copyStep) % 4 : 0) +
              k % rowBytes;
  }
  return result;
}

VectorWindow vectorWindow(const Group &group) {
  constexpr std::size_t kMostWeights = 1 << 16; // four times as many are too much for speed alone
  WindowShape shape = group.shape;
  const std::size_t field = group.layer.field;
  // Of the whole operator: a layer that is cut by channels pays for all of its pieces.
  shape.wholeWords =
      field * static_cast<std::size_t>(group.parameters.output.channels) <= kMostWeights;
  const bool wholeWords = takesWholeWords(shape);
  VectorWindow window{windowArguments(shape), {}, {}};
  WindowArguments &arguments = window.arguments;
  if (shape.tapBytes % 4 != 0 && !wholeWords)
    arguments.insideRows = 0;
  const std::size_t rowBytes = arguments.tapBytes * arguments.tapColumns;
  const bool inPlace = arguments.copyRows == 0;
  const std::array<bool, 4> phases = phasesOf(arguments);
  if (inPlace || arguments.insideRows * arguments.insideColumns > 0)
    for (std::size_t phase = 0; phase < phases.size(); ++phase)
      if (phases[phase])
        window.inside[phase] = placesOf(arguments, field, rowBytes, wholeWords, phase);
  if (!inPlace && (arguments.insideRows != arguments.outputHeight ||
                   arguments.insideColumns != arguments.outputWidth))
    window.border = placesOf(arguments, field, rowBytes, wholeWords, std::nullopt);
  return window;
}

PackedCall packVector(const Group &group, std::size_t first, std::span<const VectorScale> scales) {
  const VectorWindow window = vectorWindow(group);
  const bool aligned = group.parameters.output.channels % 4 == 0 && first % 4 == 0;
  Conv2dVectorArguments arguments = {};
  arguments.window = window.arguments;
  arguments.groups = aligned ? static_cast<Word>(scales.size() / kGroupChannels) : 0;
  arguments.rest = static_cast<Word>(scales.size() - arguments.groups * kGroupChannels);
  std::vector<std::int8_t> weights;
  std::vector<std::pair<std::vector<std::size_t>, Word>>
      known; // places, and where their weights are
  const auto add = [&](const std::optional<WindowPlaces> &places, Word &offset) {
    if (!places)
      return;
    const auto same = std::find_if(known.begin(), known.end(), [&](const auto &entry) {
      return entry.first == places->places;
    });
    if (same != known.end()) {
      offset = same->second;
      return;
    }
    offset = static_cast<Word>(weights.size());
    known.emplace_back(places->places, offset);
    const auto more = vectorWeights(group.layer, first, scales.size(), *places);
    weights.insert(weights.end(), more.begin(), more.end());
  };
  add(window.inside[0], arguments.weights0);
  add(window.inside[1], arguments.weights1);
  add(window.inside[2], arguments.weights2);
  add(window.inside[3], arguments.weights3);
  add(window.border, arguments.borderWeights);
  const ScaleForm form = formOf(scales, group.layer.requantization.range);
  constexpr std::string_view kKernels[] = {"conv2d_int8_vector", "conv2d_int8_vector_signed",
                                           "conv2d_int8_vector_relu", "conv2d_int8_vector_clamped"};
  PackedCall call = beginCall(kKernels[static_cast<std::size_t>(form)], group, first, arguments,
                              kVectorScratchHead);
  addVectorConstants(call, group.layer, first, scales, form);
  for (const char *name : {"weights0", "weights1", "weights2", "weights3", "borderWeights"})
    pointTo(call, name, ArgumentWord::Kind::Constant,
            static_cast<std::uint32_t>(call.constants.size()));
  call.constants.push_back({"weights",
                            "by the window's first byte in its word, by 16 channels, by 32 bytes "
                            "of the window, channel 15 to 0: 32 bytes; 32 zeros",
                            littleEndian(weights)});
  return call;
}

/// Runs of neighbouring groups of 16 channels, by whether their scaling is proven for the vector
/// unit.
void addCalls(std::vector<PackedCall> &calls, const Group &group) {
  const std::size_t end = group.first + group.channels;
  std::vector<VectorScale> scales; // of the run, where it is proven
  std::size_t begin = group.first; // of the run
  const auto finishRun = [&](std::size_t next) {
    if (next > begin)
      calls.push_back(scales.empty() ? packScalar(group, begin, next - begin)
                                     : packVector(group, begin, scales));
    scales.clear();
    begin = next;
  };
  for (std::size_t first = group.first; first < end; first += kGroupChannels) {
    const std::size_t next = std::min(first + kGroupChannels, end);
    std::vector<VectorScale> found;
    for (std::size_t channel = first; channel < next; ++channel)
      if (const auto scale = proveChannel(group.layer, channel))
        found.push_back(*scale);
    const bool proven = found.size() == next - first;
    if (proven == scales.empty())
      finishRun(first);
    if (proven)
      scales.insert(scales.end(), found.begin(), found.end());
  }
  finishRun(end);
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

void addInt8Multipliers(PackedCall &call, const Int8Layer &layer, std::size_t first,
                        std::size_t channels) {
  std::vector<Conv2dMultiplier> multipliers((channels + kGroupChannels - 1) / kGroupChannels *
                                            kGroupChannels);
  for (std::size_t i = 0; i < channels; ++i) {
    std::int64_t most = layer.bias.empty() ? 0 : std::abs(std::int64_t{layer.bias[first + i]});
    for (const std::int8_t weight : layer.weights(first + i))
      most += 256 * std::abs(int{weight});
    multipliers[i] = conv2dMultiplier(layer.requantization.multipliers[first + i], most);
  }
  addConstant(call, {"multipliers", "by output channel: factor, left shift, half, right shift",
                     littleEndian(multipliers), 8});
}

void addInt8Weights(PackedCall &call, const Int8Layer &layer, std::size_t first,
                    std::size_t channels) {
  addRings(call, layer, first, channels);
  addInt8Multipliers(call, layer, first, channels);
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
