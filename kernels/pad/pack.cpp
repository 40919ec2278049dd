#include "kernels/copy/call.h"
#include "kernels/fill/call.h"
#include "kernels/little_endian.h"
#include "kernels/pad/call.h"

namespace xs3::kernels {
namespace {

/// A dimension; its places are counted in whatever the dimensions behind it leave.
struct Padded {
  std::uint32_t size, before, after;
  std::uint32_t outputSize() const { return before + size + after; }
};

/// The dimensions of the input, the last one in bytes, with those that are not padded joined to the
/// one before them. Outer dimensions of size 1 without padding are left out.
std::vector<Padded> joined(const PadParameters &parameters, std::uint32_t elementBytes) {
  std::vector<Padded> dimensions;
  const auto join = [&](std::uint32_t size) {
    for (std::uint32_t *part :
         {&dimensions.back().size, &dimensions.back().before, &dimensions.back().after})
      *part *= size;
  };
  for (std::size_t i = 0; i < parameters.shape.size(); ++i) {
    const auto size = static_cast<std::uint32_t>(parameters.shape[i]);
    const auto before = static_cast<std::uint32_t>(parameters.before[i]);
    const auto after = static_cast<std::uint32_t>(parameters.after[i]);
    const bool padded = before + after > 0;
    if (!padded && !dimensions.empty())
      join(size);
    else if (padded || size > 1)
      dimensions.push_back({size, before, after});
  }
  if (dimensions.empty())
    dimensions.push_back({1, 0, 0});
  join(elementBytes);
  return dimensions;
}

/// One row: its parts, each a call of its own.
std::vector<PackedCall> packRow(const Padded &row, Word fill) {
  std::vector<PackedCall> calls;
  const auto addFill = [&](std::uint32_t firstByte, std::uint32_t bytes) {
    if (bytes == 0)
      return;
    calls.push_back(packFillWords(bytes / 4, fill));
    moveBy(calls.back(), "output", firstByte);
  };
  addFill(0, row.before);
  calls.push_back(packCopy(row.size));
  moveBy(calls.back(), "output", row.before);
  addFill(row.before + row.size, row.after);
  return calls;
}

} // namespace

std::vector<PackedCall> packPad(const PadParameters &parameters, std::uint32_t elementBytes,
                                Word fill) {
  const std::vector<Padded> dimensions = joined(parameters, elementBytes);
  const Padded &row = dimensions.back();
  const bool inWords = row.before % 4 == 0 && row.size % 4 == 0 && row.after % 4 == 0;
  if (dimensions.size() == 1 && inWords)
    return packRow(row, fill);
  PadArguments arguments = {};
  arguments.levelCount = static_cast<Word>(dimensions.size() - 1);
  arguments.beforeBytes = row.before;
  arguments.rowBytes = row.size;
  arguments.afterBytes = row.after;
  arguments.byBytes = inWords ? 0 : 1;
  std::vector<PadLevel> levels;
  std::uint32_t step = row.size, rows = 1;
  for (std::size_t i = dimensions.size() - 1; i-- > 0;) {
    const Padded &dimension = dimensions[i];
    levels.push_back({dimension.outputSize(), dimension.before, dimension.size, step});
    step *= dimension.size;
    rows *= dimension.outputSize();
  }
  PackedCall call;
  call.kernel = "pad_rows";
  call.arguments = argumentWords(arguments);
  call.units = rows;
  pointTo(call, "input", ArgumentWord::Kind::Input);
  pointTo(call, "output", ArgumentWord::Kind::Output);
  addConstant(call, {"levels", "by dimension, inner first: output size, before, input size, step",
                     littleEndian(levels)});
  addConstant(call,
              {"fill", "one element over and over", littleEndian(std::vector<Word>(8, fill))});
  return {call};
}

} // namespace xs3::kernels
