#include "kernels/concatenation/call.h"
#include "kernels/copy/call.h"

#include <numeric>

namespace xs3::kernels {
namespace {

PackedCall packPart(std::uint32_t rows, std::uint32_t rowBytes, std::uint32_t outputStep,
                    std::uint32_t firstByte) {
  const bool inWords = firstByte % 4 == 0;
  if (rows == 1 && inWords)
    return packCopy(rowBytes);
  ConcatenationArguments arguments = {};
  arguments.rowBytes = rowBytes;
  arguments.outputStep = outputStep;
  arguments.byBytes = inWords && rowBytes % 4 == 0 && outputStep % 4 == 0 ? 0 : 1;
  PackedCall call;
  call.kernel = "concatenation_rows";
  call.arguments = argumentWords(arguments);
  call.units = rows;
  return call;
}

} // namespace

std::vector<PackedCall> packConcatenation(std::uint32_t rows,
                                          std::span<const std::uint32_t> rowBytesOfParts) {
  const std::uint32_t outputStep =
      std::accumulate(rowBytesOfParts.begin(), rowBytesOfParts.end(), std::uint32_t{0});
  std::vector<PackedCall> calls;
  std::uint32_t firstByte = 0;
  for (const std::uint32_t rowBytes : rowBytesOfParts) {
    PackedCall call = packPart(rows, rowBytes, outputStep, firstByte);
    pointTo(call, "input", ArgumentWord::Kind::Input, static_cast<std::uint32_t>(calls.size()));
    pointTo(call, "output", ArgumentWord::Kind::Output);
    moveBy(call, "output", firstByte);
    calls.push_back(std::move(call));
    firstByte += rowBytes;
  }
  return calls;
}

} // namespace xs3::kernels
