#include "base/bits.h"
#include "kernels/window/call.h"

namespace xs3::kernels {
namespace {

constexpr std::uint32_t kVectorBytes = 32;

Word unsignedOf(std::int64_t value) { return static_cast<Word>(value); }

Word vectors(std::uint32_t bytes) { return (bytes + kVectorBytes - 1) / kVectorBytes; }

/// Outputs whose taps all lie inside: the first, and how many.
std::pair<std::int32_t, std::int32_t> insideOutputs(const WindowAxis &axis) {
  const std::int64_t room =
      std::int64_t{axis.size} - 1 - (std::int64_t{axis.taps} - 1) * axis.dilation + axis.before;
  if (room < 0)
    return {0, 0};
  const std::int64_t first = (std::int64_t{axis.before} + axis.stride - 1) / axis.stride;
  const std::int64_t end = std::min<std::int64_t>(room / axis.stride + 1, axis.outputs);
  return {static_cast<std::int32_t>(first),
          static_cast<std::int32_t>(std::max<std::int64_t>(0, end - first))};
}

bool allInside(const WindowAxis &axis) {
  return insideOutputs(axis) == std::pair{std::int32_t{0}, axis.outputs};
}

bool isAligned(const WindowShape &shape) {
  return shape.pixelBytes % 4 == 0 && shape.firstByte % 4 == 0;
}

bool hasSolidRows(const WindowShape &shape) {
  const WindowAxis &columns = shape.window.columns;
  return columns.taps == 1 || (columns.dilation == 1 && shape.tapBytes == shape.pixelBytes);
}

} // namespace

bool takesWholeWords(const WindowShape &shape) {
  return shape.wholeWords && hasSolidRows(shape) && (!isAligned(shape) || shape.tapBytes % 4 != 0);
}

WindowArguments windowArguments(const WindowShape &shape) {
  const auto &[rows, columns] = shape.window;
  const std::int64_t pixel = shape.pixelBytes, imageRow = pixel * shape.input.width;
  const bool solidRow = hasSolidRows(shape), wholeWords = takesWholeWords(shape);
  const auto bytesOfRow = shape.tapBytes * unsignedOf(columns.taps);
  const auto rowBytes = wholeWords ? (bytesOfRow + 3 + 3) / 4 * 4 : bytesOfRow;
  const bool solidWindow =
      solidRow && (rows.taps == 1 || (rows.dilation == 1 && bytesOfRow == imageRow));
  const bool aligned = isAligned(shape) || wholeWords;
  const bool inPlace =
      solidWindow && aligned && allInside(rows) && allInside(columns) &&
      (bytesOfRow * unsignedOf(rows.taps) % kVectorBytes == 0 || shape.tailIgnored);
  const auto windowBytes = wholeWords && inPlace ? bytesOfRow * unsignedOf(rows.taps) + 3
                                                 : rowBytes * unsignedOf(rows.taps);
  const Word slices = vectors(windowBytes);
  const Word filled = windowBytes - (slices - 1) * kVectorBytes; // of the last slice: 1 .. 32
  const auto [insideRow, insideRows] = insideOutputs(rows);
  const auto [insideColumn, insideColumns] = insideOutputs(columns);

  WindowArguments arguments = {};
  arguments.copyRows = inPlace ? 0 : unsignedOf(rows.taps);
  arguments.copyVectors = vectors(rowBytes);
  arguments.copyBytes = rowBytes;
  arguments.copyStep = unsignedOf(rows.dilation * imageRow);
  arguments.tailMask = filled == kVectorBytes ? 0 : ~Word{0} << filled;
  arguments.slices = slices;
  arguments.columnStep = unsignedOf(columns.stride * pixel);
  arguments.rowStep = unsignedOf(rows.stride * imageRow);
  arguments.imageStep = unsignedOf(imageRow * shape.input.height);
  arguments.outputWidth = unsignedOf(columns.outputs);
  arguments.outputHeight = unsignedOf(rows.outputs);
  arguments.origin = unsignedOf(shape.firstByte - rows.before * imageRow - columns.before * pixel);
  arguments.insideRow = unsignedOf(insideRow);
  arguments.insideRows = solidRow ? unsignedOf(insideRows) : 0;
  arguments.insideColumn = unsignedOf(insideColumn);
  arguments.insideColumns = unsignedOf(insideColumns);
  arguments.inputHeight = unsignedOf(rows.size);
  arguments.inputWidth = unsignedOf(columns.size);
  arguments.strideHeight = unsignedOf(rows.stride);
  arguments.strideWidth = unsignedOf(columns.stride);
  arguments.top = unsignedOf(rows.before);
  arguments.left = unsignedOf(columns.before);
  arguments.tapRows = unsignedOf(rows.taps);
  arguments.tapColumns = unsignedOf(columns.taps);
  arguments.tapBytes = shape.tapBytes;
  arguments.tapVectors = vectors(shape.tapBytes);
  arguments.tapStep = unsignedOf(columns.dilation * pixel);
  arguments.dilationHeight = unsignedOf(rows.dilation);
  arguments.dilationWidth = unsignedOf(columns.dilation);
  return arguments;
}

std::uint32_t windowScratchBytes(const WindowArguments &window) {
  return window.copyRows == 0 ? 0 : (window.slices + 1) * kVectorBytes;
}

} // namespace xs3::kernels
