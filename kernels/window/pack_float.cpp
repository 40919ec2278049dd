#include "kernels/little_endian.h"
#include "kernels/window/float_call.h"

#include <bit>
#include <limits>

namespace xs3::kernels {
namespace {

constexpr Word kFloatBytes = sizeof(float);
constexpr Word kBlockBytes = kFloatBlock * kFloatBytes;

Word word(std::int32_t value) { return static_cast<Word>(value); }

std::vector<FloatWindowEntry> entries(const WindowAxis &axis, Word inputStep, Word filterStep) {
  std::vector<FloatWindowEntry> places;
  for (std::int32_t output = 0; output < axis.outputs; ++output) {
    FloatWindowEntry entry = {};
    for (std::int32_t tap = 0; tap < axis.taps; ++tap) {
      const std::int32_t place = axis.place(output, tap);
      if (!axis.inside(place))
        continue;
      if (entry.count++ == 0) {
        entry.input = word(place) * inputStep;
        entry.filter = word(tap) * filterStep;
      }
    }
    if (!places.empty() && places.back().filter == entry.filter &&
        places.back().count == entry.count)
      places.back().next = entry.input - places.back().input;
    places.push_back(entry);
  }
  return places;
}

} // namespace

PackedCall packFloatWindow(std::string_view kernel, const Image &input, const Image &output,
                           const Window &window, FloatChannels channels, std::int32_t groups,
                           FloatRange range) {
  const auto &[rows, columns] = window;
  const bool shared = channels == FloatChannels::Shared;
  const Word inputPixel = kFloatBytes * word(input.channels);
  const Word inputRow = inputPixel * word(input.width);
  FloatWindowArguments a = {};
  a.outputHeight = word(output.height);
  a.outputWidth = word(output.width);
  a.imageBytes = inputRow * word(input.height);
  a.tapStep = inputPixel * word(columns.dilation);
  a.tapRowStep = inputRow * word(rows.dilation);
  a.depth = shared ? word(input.channels / groups) : 0;
  a.solid = shared && (columns.taps == 1 || (columns.dilation == 1 && groups == 1)) ? 1 : 0;
  a.filterTap = kBlockBytes * (shared ? a.depth : 1);
  a.filterRow = a.filterTap * word(columns.taps);
  a.filterBlock = a.filterRow * word(rows.taps) + kBlockBytes;
  a.groups = word(groups);
  a.groupChannels = word(output.channels / groups);
  a.groupBlocks = (a.groupChannels + kFloatBlock - 1) / kFloatBlock;
  a.blocks = a.groupBlocks * word(groups);
  a.groupStep = kFloatBytes * word(input.channels / groups);
  a.blockStep = shared ? 0 : kBlockBytes;
  a.low = std::bit_cast<Word>(range.low);
  a.high = std::bit_cast<Word>(range.high);
  constexpr float kInfinity = std::numeric_limits<float>::infinity();
  a.clamp = range.low == -kInfinity && range.high == kInfinity ? 0 : 1;
  a.pixelBytes = kFloatBytes * word(output.channels);

  PackedCall call;
  call.kernel = kernel;
  call.arguments = argumentWords(a);
  call.units = static_cast<std::uint32_t>(output.pixels()) * a.blocks;
  pointTo(call, "input", ArgumentWord::Kind::Input);
  pointTo(call, "output", ArgumentWord::Kind::Output);
  constexpr std::string_view kLayout =
      "input offset, filter offset and taps inside of the image; step to a like one";
  addConstant(call, {"rows", "by output row: " + std::string(kLayout),
                     littleEndian(entries(rows, inputRow, a.filterRow))});
  addConstant(call, {"columns", "by output column: " + std::string(kLayout),
                     littleEndian(entries(columns, inputPixel, a.filterTap))});
  return call;
}

void addFloatFilter(PackedCall &call, std::span<const float> filter) {
  addConstant(call, {"filter",
                     "float32 by four output channels: by tap row, tap column and input channel "
                     "four weights; four biases",
                     littleEndian(filter), 8});
}

} // namespace xs3::kernels
