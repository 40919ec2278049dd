#include "kernels/broadcast/call.h"
#include "kernels/little_endian.h"

#include <algorithm>

namespace xs3::kernels {
namespace {

/// A dimension of the result that both operands walk in constant steps.
using Level = BroadcastLevel;

/// The size of a dimension counted from the last one; 1 where there is none.
std::uint32_t fromEnd(const std::vector<std::int32_t> &shape, std::size_t position) {
  return position < shape.size() ? static_cast<std::uint32_t>(shape[shape.size() - 1 - position])
                                 : 1;
}

/// The dimensions of the result, inner first, joined where both operands go on in the same steps.
std::vector<Level> joined(const BroadcastShapes &shapes, std::uint32_t elementBytes) {
  std::vector<Level> levels;
  std::uint32_t stepA = elementBytes, stepB = elementBytes;
  for (std::size_t i = 0; i < shapes.output.size(); ++i) {
    const std::uint32_t size = fromEnd(shapes.output, i), sizeA = fromEnd(shapes.a, i),
                        sizeB = fromEnd(shapes.b, i);
    const Level level{size, sizeA == 1 ? 0 : stepA, sizeB == 1 ? 0 : stepB};
    stepA *= sizeA;
    stepB *= sizeB;
    if (size == 1)
      continue;
    if (!levels.empty() && levels.back().stepA * levels.back().size == level.stepA &&
        levels.back().stepB * levels.back().size == level.stepB)
      levels.back().size *= size;
    else
      levels.push_back(level);
  }
  if (levels.empty())
    levels.push_back({1, 0, 0});
  return levels;
}

Word word(const PackedCall &call, std::string_view name) {
  return std::find_if(call.arguments.begin(), call.arguments.end(),
                      [&](const ArgumentWord &word) { return word.name == name; })
      ->value;
}

} // namespace

PackedCall packBroadcast(std::string_view kernel, const BroadcastShapes &shapes,
                         std::uint32_t elementBytes, const std::vector<ArgumentWord> &own) {
  std::vector<Level> levels = joined(shapes, elementBytes);
  BroadcastArguments arguments = {};
  arguments.inner = levels.front().size;
  arguments.stepA = levels.front().stepA;
  arguments.stepB = levels.front().stepB;
  arguments.levelCount = static_cast<Word>(levels.size() - 1);
  PackedCall call;
  call.kernel = kernel;
  call.arguments = argumentWords(arguments);
  call.arguments.insert(call.arguments.end(), own.begin(), own.end());
  call.units = 1;
  for (const Level &level : levels)
    call.units *= level.size;
  levels.erase(levels.begin());
  pointTo(call, "inputA", ArgumentWord::Kind::Input, 0);
  pointTo(call, "inputB", ArgumentWord::Kind::Input, 1);
  pointTo(call, "output", ArgumentWord::Kind::Output);
  addConstant(call, {"levels", "by dimension, inner first: size, steps of both operands",
                     littleEndian(levels)});
  return call;
}

bool walkByBlocks(PackedCall &call, std::uint32_t block) {
  const bool oneRow = word(call, "levelCount") == 0;
  if (word(call, "stepA") != 1 || word(call, "stepB") != 1 ||
      (!oneRow && word(call, "inner") % block != 0))
    return false;
  call.units = (call.units + block - 1) / block;
  return true;
}

} // namespace xs3::kernels
