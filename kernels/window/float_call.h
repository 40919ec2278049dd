// CONV_2D, DEPTHWISE_CONV_2D, FULLY_CONNECTED, MAX_POOL_2D and AVERAGE_POOL_2D in float32: what
// their kernels read.
//
//   conv2d_float             sums of four output channels with the same inputs; dense layers too
//   depthwise_conv2d_float   sums of four channels, each with an input of its own
//   max_pool2d_float, average_pool2d_float
//
// Unit of work: up to four neighbouring channels of an output pixel. The channels of a pixel are in
// groups of equal size, a group is units of four channels and a last one of what is left. The taps
// inside of the image are visited in the order of the filter. Steps are bytes.
#pragma once

#include "kernels/call.h"
#include "kernels/reference/activation.h"
#include "kernels/reference/window.h"

#include <span>

namespace xs3::kernels {

/// Of an output row or column, along its axis.
struct FloatWindowEntry {
  Word input;  ///< From the image's (row's) beginning to the first tap inside of the image.
  Word filter; ///< From the filter's beginning to that tap.
  Word count;  ///< Taps inside of the image.
  Word next; ///< From that tap to the next entry's where `filter` and `count` are the same; else 0.
};

struct FloatWindowArguments {
  Word input, output;
  Word filter;        ///< By unit: by tap and input channel four weights, then four biases.
  Word rows, columns; ///< FloatWindowEntry of every output row, of every output column.
  Word outputHeight, outputWidth;
  Word imageBytes;          ///< Of the input.
  Word tapStep, tapRowStep; ///< Of the input, from tap to tap.
  Word depth;               ///< conv2d_float: input channels of an output; else 0.
  Word solid;               ///< conv2d_float, 1: the taps of a window row are one piece of memory.
  Word filterTap, filterRow, filterBlock; ///< Of the filter, from tap to tap, row to row, unit to
                                          ///< unit.
  Word blocks;                            ///< Units of an output pixel.
  Word groups;                            ///< Of its channels.
  Word groupBlocks, groupChannels;        ///< Units and channels of a group.
  Word groupStep, blockStep;              ///< Of the input, from group to group, unit to unit.
  Word low, high;                         ///< float32.
  Word clamp;                             ///< 0: low and high are infinite.
  Word pixelBytes;                        ///< Of the output.

  static constexpr std::array<std::string_view, 25> kNames = {
      "input",        "output",      "filter",      "rows",          "columns",
      "outputHeight", "outputWidth", "imageBytes",  "tapStep",       "tapRowStep",
      "depth",        "solid",       "filterTap",   "filterRow",     "filterBlock",
      "blocks",       "groups",      "groupBlocks", "groupChannels", "groupStep",
      "blockStep",    "low",         "high",        "clamp",         "pixelBytes"};
};

/// Channels of a unit.
inline constexpr std::uint32_t kFloatBlock = 4;

/// Where the channels of a unit find their inputs.
enum class FloatChannels : std::uint8_t {
  Shared, ///< All channels of a group read the same inputs: `depth` channels of every tap.
  Own,    ///< Each reads the channel of its number.
};

/// All arguments but the filter. `groups` divides the channels of input and output.
PackedCall packFloatWindow(std::string_view kernel, const Image &input, const Image &output,
                           const Window &window, FloatChannels channels, std::int32_t groups,
                           FloatRange range);

/// The constant of addFloatWeights.
void addFloatFilter(PackedCall &call, std::span<const float> filter);

/// Adds filter and bias to a call of packFloatWindow. weight(channel, tapRow, tapColumn, element)
/// is the weight of an output channel; `bias` may be empty.
template <typename Weight>
void addFloatWeights(PackedCall &call, const Image &output, const Window &window,
                     std::int32_t groups, std::int32_t depth, std::span<const float> bias,
                     Weight &&weight) {
  const std::int32_t block = static_cast<std::int32_t>(kFloatBlock);
  const std::int32_t groupChannels = output.channels / groups;
  std::vector<float> filter;
  for (std::int32_t group = 0; group < groups; ++group)
    for (std::int32_t first = 0; first < groupChannels; first += block) {
      const auto forEachChannel = [&](auto &&visit) {
        for (std::int32_t c = first; c < first + block; ++c)
          visit(c < groupChannels, group * groupChannels + c);
      };
      for (std::int32_t row = 0; row < window.rows.taps; ++row)
        for (std::int32_t column = 0; column < window.columns.taps; ++column)
          for (std::int32_t i = 0; i < depth; ++i)
            forEachChannel([&](bool exists, std::int32_t channel) {
              filter.push_back(exists ? weight(channel, row, column, i) : 0.0F);
            });
      forEachChannel([&](bool exists, std::int32_t channel) {
        filter.push_back(exists && !bias.empty() ? bias[static_cast<std::size_t>(channel)] : 0.0F);
      });
    }
  addFloatFilter(call, filter);
}

} // namespace xs3::kernels
