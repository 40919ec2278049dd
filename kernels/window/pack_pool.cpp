#include "kernels/window/pool.h"

#include <algorithm>

namespace xs3::kernels {

namespace {

/// Outputs before the first whose window ends behind the image.
std::int32_t insideEnd(const WindowAxis &axis) {
  const std::int32_t last = axis.size - axis.taps + axis.before; // of a window that does not
  return last < 0 ? 0 : std::min(last / axis.stride + 1, axis.outputs);
}

} // namespace

PackedCall packPool(std::string_view kernel, const Image &output, const Window &window,
                    std::uint32_t pixelBytes, const std::vector<ArgumentWord> &own) {
  const auto word = [](std::int32_t value) { return static_cast<Word>(value); };
  PoolArguments arguments = {};
  arguments.pixelBytes = pixelBytes;
  arguments.outputHeight = word(window.rows.outputs);
  arguments.outputWidth = word(window.columns.outputs);
  arguments.inputHeight = word(window.rows.size);
  arguments.inputWidth = word(window.columns.size);
  arguments.strideHeight = word(window.rows.stride);
  arguments.strideWidth = word(window.columns.stride);
  arguments.top = word(window.rows.before);
  arguments.left = word(window.columns.before);
  arguments.tapRows = word(window.rows.taps);
  arguments.tapColumns = word(window.columns.taps);
  arguments.insideEnd = word(insideEnd(window.columns));
  PackedCall call;
  call.kernel = kernel;
  call.arguments = argumentWords(arguments);
  call.arguments.insert(call.arguments.end(), own.begin(), own.end());
  call.units = static_cast<std::uint32_t>(output.pixels());
  pointTo(call, "input", ArgumentWord::Kind::Input);
  pointTo(call, "output", ArgumentWord::Kind::Output);
  return call;
}

} // namespace xs3::kernels
