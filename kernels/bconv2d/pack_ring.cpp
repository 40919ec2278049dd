#include "kernels/bconv2d/pack_ring.h"

#include "base/error.h"
#include "kernels/little_endian.h"
#include "kernels/reference/packing.h"

#include <algorithm>
#include <bit>
#include <cassert>
#include <map>
#include <numeric>

namespace xs3::kernels {
namespace {

constexpr std::size_t kVectorBits = 256, kWordBits = 32, kVectorBytes = kVectorBits / 8;

/// The bits of one channel's weights, slice behind slice: its taps, then the filling, in which
/// (rounded down) every second bit is one.
std::vector<Word> channelRow(const BinaryField &field, std::size_t channel, std::size_t slices) {
  const std::size_t taps = field.taps(), words = field.tapWords(), used = field.filterWords();
  std::vector<Word> row(slices * kVectorBits / kWordBits, 0);
  const auto weights = field.filter.subspan(channel * used, used);
  std::copy(weights.begin(), weights.end(), row.begin());
  std::size_t ones = (row.size() * kWordBits - static_cast<std::size_t>(field.bits())) / 2;
  const auto fill = [&](std::size_t bit) {
    if (ones > 0) {
      setBit(row, bit);
      --ones;
    }
  };
  for (std::size_t bit = used * kWordBits; bit < row.size() * kWordBits; ++bit)
    fill(bit);
  for (std::size_t tap = 0; tap < taps; ++tap) // channels that only fill up a tap's last word
    for (std::size_t bit = field.tapChannels(); bit < words * kWordBits; ++bit)
      fill(tap * words * kWordBits + bit);
  if (field.inverted)
    for (Word &word : row)
      word = ~word;
  return row;
}

/// Output places along one axis, sorted into classes by which of their taps are padding.
struct BorderClasses {
  std::vector<std::vector<bool>> padded; ///< By class, by tap.
  std::vector<std::size_t> classOf;      ///< By output place.
};

BorderClasses borderClasses(const WindowAxis &axis) {
  BorderClasses classes;
  std::map<std::vector<bool>, std::size_t> known;
  for (std::int32_t output = 0; output < axis.outputs; ++output) {
    std::vector<bool> padded;
    for (std::int32_t tap = 0; tap < axis.taps; ++tap)
      padded.push_back(!axis.inside(axis.place(output, tap)));
    const auto [place, isNew] = known.try_emplace(padded, classes.padded.size());
    if (isNew)
      classes.padded.push_back(padded);
    classes.classOf.push_back(place->second);
  }
  return classes;
}

/// By channel: half of the bits of the padded taps minus the ones of their weights.
std::vector<std::int64_t> paddedSums(const BinaryField &field, const std::vector<bool> &rows,
                                     const std::vector<bool> &columns) {
  const std::size_t words = field.tapWords();
  std::vector<std::int64_t> sums(field.channels, 0);
  for (std::size_t channel = 0; channel < field.channels; ++channel)
    for (std::size_t ky = 0; ky < rows.size(); ++ky)
      for (std::size_t kx = 0; kx < columns.size(); ++kx) {
        if (!rows[ky] && !columns[kx])
          continue;
        const std::size_t tap = ky * columns.size() + kx;
        sums[channel] += static_cast<std::int64_t>(field.tapChannels() / 2);
        for (std::size_t i = 0; i < words; ++i)
          sums[channel] -=
              std::popcount(field.filter[channel * field.filterWords() + tap * words + i]);
      }
  return sums;
}

void addOffsets(PackedCall &call, std::string name, const std::vector<std::size_t> &classOf,
                std::size_t classBytes) {
  std::vector<Word> offsets;
  for (const std::size_t index : classOf)
    offsets.push_back(static_cast<Word>(index * classBytes));
  addConstant(call, {std::move(name), "by output place: bytes into the start values",
                     littleEndian(offsets)});
}

bool hasPadding(const Bconv2dParameters &p) {
  for (const WindowAxis &axis : {p.window.rows, p.window.columns})
    for (std::int32_t output = 0; output < axis.outputs; ++output)
      if (!axis.inside(axis.place(output, 0)) || !axis.inside(axis.place(output, axis.taps - 1)))
        return true;
  return false;
}

} // namespace

std::size_t BinaryField::tapChannels() const {
  return static_cast<std::size_t>(parameters.input.channels / parameters.groups);
}

std::size_t BinaryField::tapWords() const {
  return wordsFor(static_cast<std::int32_t>(tapChannels()));
}

std::size_t BinaryField::taps() const {
  return static_cast<std::size_t>(parameters.window.rows.taps) *
         static_cast<std::size_t>(parameters.window.columns.taps);
}

std::size_t BinaryField::channelAt(std::size_t group16, std::size_t lane) const {
  if (!oddsFirst)
    return group16 * kRing + lane;
  return group16 / 2 * 2 * kRing + 2 * lane + (group16 % 2 == 0 ? 1 : 0);
}

BinaryField BinaryField::part(std::size_t firstOfPart, std::size_t channelsOfPart) const {
  BinaryField field = *this;
  field.filter = filter.subspan(firstOfPart * filterWords(), channelsOfPart * filterWords());
  field.channels = channelsOfPart;
  field.first = first + firstOfPart;
  return field;
}

std::vector<BinaryField> binaryFields(const Bconv2dParameters &parameters,
                                      std::span<const Word> filter, std::int64_t mostBits,
                                      ChannelRange outputs) {
  if (fieldBits(parameters) > mostBits)
    throw Error("a binary convolution over " + std::to_string(fieldBits(parameters)) +
                " bits is beyond the 16-bit accumulators: at most " + std::to_string(mostBits));
  if (!parameters.padWithOnes && hasPadding(parameters) &&
      parameters.input.channels / parameters.groups % 2 != 0)
    throw Error("zero padding of a binary convolution needs an even number of input channels");
  const std::size_t channels =
      static_cast<std::size_t>(parameters.output.channels / parameters.groups);
  std::vector<BinaryField> fields;
  for (std::int32_t group = 0; group < parameters.groups; ++group) {
    BinaryField field{parameters, {}, channels, static_cast<std::size_t>(group) * channels, group};
    const std::size_t words = channels * field.filterWords();
    field.filter = filter.subspan(static_cast<std::size_t>(group) * words, words);
    fields.push_back(field);
  }
  if (outputs.first != 0 || outputs.count < channels) {
    assert(parameters.groups == 1 && outputs.first % 32 == 0 && outputs.first < channels);
    const std::size_t count = std::min<std::size_t>(outputs.count, channels - outputs.first);
    assert(count % 32 == 0 || outputs.first + count == channels);
    return {fields[0].part(outputs.first, count)};
  }
  return fields;
}

WindowArguments binaryWindow(const BinaryField &field) {
  WindowShape shape;
  shape.input = field.parameters.input;
  shape.window = field.parameters.window;
  shape.pixelBytes = static_cast<std::uint32_t>(4 * wordsFor(field.parameters.input.channels));
  shape.tapBytes = static_cast<std::uint32_t>(4 * field.tapWords());
  shape.firstByte = shape.tapBytes * static_cast<std::uint32_t>(field.group);
  return windowArguments(shape);
}

Word bconv2dLoop(const WindowArguments &window) {
  struct Loop {
    Word slices;
    Word rows, vectors; ///< Of a window to copy; of one in place 0, and slices of a row.
  };
  constexpr Loop kLoops[] = {{1, 0, 0}, {1, 1, 1},  {2, 0, 0},  {2, 1, 2},  {2, 3, 1},
                             {3, 3, 1}, {4, 5, 1},  {5, 3, 2},  {7, 3, 3},  {7, 5, 2},
                             {9, 0, 3}, {13, 5, 3}, {14, 3, 5}, {18, 0, 6}, {25, 0, 5}};
  const bool wholeRows = window.copyBytes % kVectorBytes == 0;
  for (Word number = 1; number <= std::size(kLoops); ++number) {
    const Loop &loop = kLoops[number - 1];
    const bool fits = loop.rows != 0
                          ? window.copyRows == loop.rows && window.copyVectors == loop.vectors
                      : loop.vectors == 0
                          ? window.copyRows == 0
                          : window.copyRows != 0 && wholeRows && window.copyVectors == loop.vectors;
    // What the whole vectors of all rows but the last one copy too much must stay within the
    // window.
    const bool tailIsKept = loop.rows <= 1 || kVectorBytes * loop.vectors <= 2 * window.copyBytes;
    if (loop.slices == window.slices && fits && tailIsKept)
      return number;
  }
  return 0;
}

void addBinaryWeights(PackedCall &call, const BinaryField &field, std::size_t groups16,
                      std::uint32_t slices) {
  constexpr std::size_t kSliceWords = kVectorBits / kWordBits;
  std::vector<Word> weights(groups16 * slices * kRing * kSliceWords, 0);
  for (std::size_t group = 0; group < groups16; ++group)
    for (std::size_t lane = 0; lane < kRing; ++lane) {
      const std::size_t channel = field.channelAt(group, lane);
      if (channel >= field.channels)
        continue;
      const std::vector<Word> row = channelRow(field, channel, slices);
      for (std::size_t slice = 0; slice < slices; ++slice) // the ring turns: last channel first
        std::copy_n(
            &row[slice * kSliceWords], kSliceWords,
            &weights[((group * slices + slice) * kRing + (kRing - 1 - lane)) * kSliceWords]);
    }
  addConstant(call, {"weights",
                     "by 16 output channels, by 256 bits of the window, channel 15 to 0: 8 words",
                     littleEndian(weights)});
}

void addStarts(PackedCall &call, const BinaryField &field, std::size_t groups16,
               const StartValues &values) {
  const Bconv2dParameters &p = field.parameters;
  const bool corrected = !p.padWithOnes && hasPadding(p);
  const BorderClasses rows = borderClasses(p.window.rows);
  const BorderClasses columns = borderClasses(p.window.columns);
  std::vector<std::int16_t> starts;
  const auto addTable = [&](const std::vector<std::int64_t> &padded) {
    for (std::size_t lane = 0; lane < groups16 * kRing; ++lane) {
      const std::size_t channel = field.channelAt(lane / kRing, lane % kRing);
      const std::int64_t start = channel >= field.channels
                                     ? values.spare
                                     : values.start(channel) + values.paddedSign * padded[channel];
      starts.push_back(static_cast<std::int16_t>(static_cast<std::uint64_t>(start)));
    }
  };
  if (!corrected) {
    addTable(std::vector<std::int64_t>(field.channels, 0));
  } else {
    for (const auto &row : rows.padded)
      for (const auto &column : columns.padded)
        addTable(paddedSums(field, row, column));
    const std::size_t tableBytes = groups16 * kRing * sizeof(std::int16_t);
    addOffsets(call, "rowStarts", rows.classOf, tableBytes * columns.padded.size());
    addOffsets(call, "columnStarts", columns.classOf, tableBytes);
  }
  addConstant(call, {"starts", "by class of border, by 16 output channels: 16 halfwords",
                     littleEndian(starts)});
}

} // namespace xs3::kernels
