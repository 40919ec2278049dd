#include "kernels/compiler/lower/layer_builder.h"
#include "kernels/compiler/lower/lowerings.h"
#include "kernels/concatenation/call.h"
#include "kernels/pad/call.h"

namespace xs3::compiler {
namespace {

/// One element of what lies outside, repeated to a word: real 0, or +1 of packed tensors.
Word fillWord(const Tensor &tensor) {
  if (tensor.type != ElementType::Int8)
    return 0;
  return Word{0x01010101} * static_cast<std::uint8_t>(tensor.int8Quantization().zeroPoint);
}

} // namespace

void lowerConcatenation(LayerBuilder &layer) {
  const auto axis = static_cast<std::size_t>(layer.options<ConcatenationOptions>().axis);
  std::uint32_t rows = 1;
  for (std::size_t i = 0; i < axis; ++i)
    rows *= static_cast<std::uint32_t>(layer.output().shape[i]);
  std::vector<std::uint32_t> rowBytes;
  for (std::size_t i = 0; i < layer.op().inputs.size(); ++i)
    rowBytes.push_back(static_cast<std::uint32_t>(layer.input(i).bytes() / rows));
  for (const kernels::PackedCall &call : kernels::packConcatenation(rows, rowBytes))
    layer.call(call);
}

void lowerPad(LayerBuilder &layer) {
  const auto &options = layer.options<PadOptions>();
  const kernels::PadParameters parameters{layer.input().shape, options.before, options.after};
  for (const kernels::PackedCall &call :
       kernels::packPad(parameters, static_cast<std::uint32_t>(elementBytes(layer.input().type)),
                        fillWord(layer.output())))
    layer.call(call);
}

} // namespace xs3::compiler
