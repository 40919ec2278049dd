// The emitted text: one tiny network word for word. XS3_REWRITE=1 writes the file anew.
#include "base/file.h"
#include "kernels/compiler/emit/assembly.h"
#include "kernels/compiler/emit/note.h"
#include "kernels/compiler/lower/lower.h"
#include "tests/kernels/small_network.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>

namespace xs3::test {
namespace {

using compiler::ElementType;
using compiler::OperatorKind;

constexpr kernels::Int8Quantization kHalf{0.5f, 3}, kQuarter{0.25f, -4};

compiler::Network tinyNetwork() {
  SmallNetwork small;
  const auto input = small.input(ElementType::Int8, {1, 2, 2, 4}, kHalf);
  const auto flat = small.tensor(ElementType::Int8, {1, 16}, kHalf);
  const auto output = small.tensor(ElementType::Int8, {1, 16}, kQuarter);
  small.op(OperatorKind::Reshape, "RESHAPE", {input}, flat);
  small.op(OperatorKind::Quantize, "QUANTIZE", {flat}, output);
  small.network.outputs = {output};
  return small.network;
}

TEST(Emit, ATinyNetworkReadsAsExpected) {
  const compiler::Network network = tinyNetwork();
  const std::string text = compiler::emitAssembly(network, compiler::lower(network, 1));
  const std::string path = XS3_SOURCE_DIR "/tests/kernels/golden/tiny_network.S";
  if (std::getenv("XS3_REWRITE"))
    writeFile(path, std::string_view(text));
  EXPECT_EQ(text, readTextFile(path)) << "XS3_REWRITE=1 writes it anew; read the difference";
}

TEST(Emit, NamesOfTensorsCannotBreakTheText) {
  compiler::Network network = tinyNetwork();
  network.fileName = "a\n    .globl evil\\";
  const std::string text = compiler::emitAssembly(network, compiler::lower(network, 1));
  EXPECT_TRUE(text.starts_with("// a?    .globl evil? as"));
}

TEST(Emit, TheNoteNamesTensorsLayersAndMemory) {
  const compiler::Network network = tinyNetwork();
  const assembler::NetworkNote note = compiler::networkNote(network, compiler::lower(network, 1));
  EXPECT_EQ(note.model, "small.tflite");
  ASSERT_EQ(note.inputs.size(), 1u);
  EXPECT_EQ(note.inputs[0].symbol, "input0");
  EXPECT_EQ(note.inputs[0].zeroPoint, 3);
  ASSERT_EQ(note.outputs.size(), 1u);
  EXPECT_EQ(note.outputs[0].symbol, "output0");
  EXPECT_EQ(note.outputs[0].scale, 0.25);
  ASSERT_EQ(note.layers.size(), 2u);
  EXPECT_EQ(note.layers[1].startLabel(), "layer.001_QUANTIZE");
  EXPECT_EQ(note.layers[1].outputSymbol, "tensor.2");
  EXPECT_EQ(note.memoryMap.arenaBytes, 16u);
  EXPECT_EQ(note.memoryMap.weightBytes, 256u);
}

} // namespace
} // namespace xs3::test
