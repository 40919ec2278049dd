#include "kernels/bmaxpool2d/pack.h"

#include "kernels/reference/packing.h"

namespace xs3::kernels {

PackedCall packBmaxpool2d(const Image &input, const Image &output, const Window &window) {
  const auto word = [](std::int32_t value) { return static_cast<Word>(value); };
  Bmaxpool2dArguments arguments = {};
  arguments.words = static_cast<Word>(wordsFor(input.channels));
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
  call.kernel = "bmaxpool2d";
  call.arguments = argumentWords(arguments);
  call.units = static_cast<std::uint32_t>(output.pixels());
  pointTo(call, "input", ArgumentWord::Kind::Input);
  pointTo(call, "output", ArgumentWord::Kind::Output);
  return call;
}

} // namespace xs3::kernels
