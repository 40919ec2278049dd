#include "kernels/window/pool.h"

namespace xs3::kernels {

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
