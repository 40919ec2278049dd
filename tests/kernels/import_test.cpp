// Reading .tflite files: what a Network holds, and the sentence for each file that cannot be taken.
#include "base/error.h"
#include "kernels/compiler/import/import.h"
#include "tests/kernels/edited_model.h"
#include "tests/kernels/model_files.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

namespace xs3::test {
namespace {

using compiler::Bytes;
using compiler::importNetwork;
using compiler::Network;
using compiler::OperatorKind;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::StartsWith;

Bytes digitsFile() { return bytesOf(bundled("digits_bnn/digits_bnn.tflite")); }

TEST(Import, ReadsTheDigitsNetwork) {
  const Network network = importNetwork(digitsFile(), "digits.tflite");

  std::vector<std::string> names;
  for (const auto &op : network.operators)
    names.push_back(layerName(op));
  EXPECT_THAT(names,
              ElementsAre("000_CONV_2D", "001_LceQuantize", "002_LceBconv2d", "003_LceBconv2d",
                          "004_LceBMaxPool2d", "005_LceBconv2d", "006_RESHAPE", "007_QUANTIZE",
                          "008_FULLY_CONNECTED", "009_SOFTMAX"));
  const auto &input = network.tensor(network.inputs.at(0));
  EXPECT_EQ(describe(input), "int8 1x8x8x1");
  EXPECT_FLOAT_EQ(input.int8Quantization().scale, 0.007843138f);
  const auto &output = network.tensor(network.outputs.at(0));
  EXPECT_EQ(describe(output), "int8 1x10");
  EXPECT_EQ(output.int8Quantization().zeroPoint, -128);
}

TEST(Import, ReadsOptionsAndAbsentInputs) {
  const Network network = importNetwork(digitsFile(), "digits.tflite");

  const auto &bits = network.operators[3];
  const auto &options = std::get<compiler::Bconv2dOptions>(bits.options);
  EXPECT_EQ(bits.kind, OperatorKind::LceBconv2d);
  EXPECT_EQ(options.channelsIn, 64);
  EXPECT_EQ(options.padding, compiler::Padding::Same);
  EXPECT_TRUE(options.padWithOnes);
  EXPECT_EQ(options.strideHeight, 1);
  EXPECT_EQ(network.input(bits, 2), nullptr);
  ASSERT_NE(network.input(bits, 4), nullptr);
  EXPECT_EQ(constantValues<std::int32_t>(*network.input(bits, 4)).size(), 64u);

  const auto &pool = std::get<compiler::Pool2dOptions>(network.operators[4].options);
  EXPECT_EQ(pool.filterWidth, 2);
  EXPECT_EQ(pool.strideHeight, 2);
  EXPECT_EQ(pool.padding, compiler::Padding::Valid);
}

TEST(Import, ReadsQuantizationByChannel) {
  const Network network = importNetwork(digitsFile(), "digits.tflite");

  const auto &filter = *network.input(network.operators[0], 1);
  ASSERT_TRUE(filter.quantization);
  EXPECT_EQ(filter.quantization->scales.size(), 32u);
  EXPECT_EQ(filter.quantization->zeroPoints.size(), 32u);
  EXPECT_EQ(filter.quantization->axis, 0);
}

TEST(Import, TakesAFileAtAnyAddress) {
  Bytes moved(1);
  const Bytes file = digitsFile();
  moved.insert(moved.end(), file.begin(), file.end());
  EXPECT_EQ(refusal(std::span(moved).subspan(1)), "");
}

TEST(Import, KeepsAnUnknownOperatorWithItsName) {
  const auto rename = [](const std::string &name) {
    return importNetwork(edited(digitsFile(),
                                [&](tflite::ModelT &model) {
                                  for (auto &code : model.operator_codes)
                                    if (code->custom_code == "LceBMaxPool2d")
                                      code->custom_code = name;
                                }),
                         "x.tflite");
  };
  EXPECT_EQ(rename("LceMystery").operators[4].kind, OperatorKind::Unknown);
  EXPECT_EQ(rename("LceMystery").operators[4].name, "LceMystery");
}

TEST(Import, NamesABuiltinOperatorThatItDoesNotKnow) {
  const Bytes file = edited(digitsFile(), [](tflite::ModelT &model) {
    code(model, tflite::BuiltinOperator::SOFTMAX).builtin_code = tflite::BuiltinOperator::TANH;
    code(model, tflite::BuiltinOperator::TANH).deprecated_builtin_code = 28;
  });
  const Network network = importNetwork(file, "x.tflite");
  EXPECT_EQ(network.operators[9].name, "TANH");
  EXPECT_EQ(network.operators[9].kind, OperatorKind::Unknown);
}

TEST(Import, ReadsTheOldOperatorCodeWhereThereIsNoNewOne) {
  const Bytes file = edited(digitsFile(), [](tflite::ModelT &model) {
    for (auto &code : model.operator_codes)
      code->builtin_code = tflite::BuiltinOperator::ADD; // the default: as if absent
  });
  EXPECT_EQ(importNetwork(file, "x.tflite").operators[9].name, "SOFTMAX");
}

TEST(Import, FoldsAShapeComputedFromAFixedShape) {
  const Network network = importNetwork(reshapeModel(), "x.tflite");

  ASSERT_EQ(network.operators.size(), 1u);
  EXPECT_EQ(layerName(network.operators[0]), "003_RESHAPE");
  const auto &table = *network.input(network.operators[0], 1);
  EXPECT_THAT(constantValues<std::int32_t>(table), ElementsAre(1, 16));
}

TEST(Import, RefusesAFoldedShapeThatContradictsTheOutput) {
  const Bytes file = edited(
      reshapeModel(), [](tflite::ModelT &model) { tensor(model, "reshaped").shape = {2, 8}; });
  EXPECT_THAT(refusal(file), HasSubstr("operator 3 (RESHAPE): its shape table says 1x16"));
}

// Not a model at all.

TEST(ImportRefuses, AnEmptyFile) {
  EXPECT_THAT(refusal({}), StartsWith("x.tflite: error: not a .tflite file: it is empty"));
}

TEST(ImportRefuses, APicture) {
  const Bytes png{0x89, 'P', 'N', 'G', 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 'I', 'H', 'D', 'R'};
  EXPECT_THAT(refusal(png), StartsWith("x.tflite: error: not a .tflite file: "));
}

TEST(ImportRefuses, EveryLengthBelowTheHeader) {
  const Bytes file = digitsFile();
  for (std::size_t length = 0; length < 64; ++length)
    EXPECT_THAT(refusal(std::span(file).first(length)), HasSubstr("not a .tflite file: "))
        << length;
}

TEST(ImportRefuses, AFileCutAnywhere) {
  const Bytes file = digitsFile();
  const auto expectCut = [&](std::size_t length) {
    EXPECT_THAT(refusal(std::span(file).first(length)), HasSubstr("not a .tflite file: "))
        << length;
  };
  for (std::size_t length = 100; length < file.size(); length += 100)
    expectCut(length);
  for (std::size_t length = file.size() - 200; length < file.size(); ++length)
    expectCut(length);
}

TEST(ImportRefuses, GarbageBehindTheRightMagic) {
  Bytes file(4096, 0xff);
  std::copy_n("TFL3", 4, file.begin() + 4);
  EXPECT_THAT(refusal(file), HasSubstr("not a .tflite file: "));
}

TEST(Import, TakesTheEditedModelWhenNothingIsChanged) {
  EXPECT_EQ(refusal(edited(digitsFile(), [](tflite::ModelT &) {})), "");
}

TEST(ImportRefuses, AnInt8MeanWithoutQuantization) {
  if (!exists(shared("int8/test_mean_0.tflite")))
    GTEST_SKIP() << "no " << shared("int8");
  EXPECT_THAT(refusal(bytesOf(shared("int8/test_mean_0.tflite"))),
              HasSubstr("operator 0 (MEAN): its input is int8 without quantization"));
}

/// Damages files at random. Whatever is left is refused in a sentence or is a Network that keeps
/// its promises so far that its tensors can be described; the sanitizers see the rest.
void expectHarmless(const Bytes &file, int rounds, std::uint32_t seed) {
  std::mt19937 random(seed);
  std::uniform_int_distribution<std::size_t> anywhere(0, file.size() - 1);
  int refused = 0;
  for (int round = 0; round < rounds; ++round) {
    Bytes damaged = file;
    for (unsigned flips = random() % 8 + 1; flips > 0; --flips)
      damaged[anywhere(random)] = static_cast<std::uint8_t>(random());
    try {
      const Network network = importNetwork(damaged, "x.tflite");
      for (const auto &op : network.operators)
        EXPECT_FALSE(describe(network.output(op)).empty());
    } catch (const Error &error) {
      ++refused;
      EXPECT_THAT(error.what(), StartsWith("x.tflite: error: ")) << "seed " << seed;
    }
  }
  EXPECT_GT(refused, rounds / 100) << "the damage was found nowhere, seed " << seed;
}

TEST(Import, SurvivesRandomDamage) { expectHarmless(digitsFile(), 2000, 1); }

TEST(Import, SurvivesRandomDamageOfASmallFile) { expectHarmless(reshapeModel(), 10000, 2); }

TEST(Import, SurvivesRandomDamageOfCustomOptions) {
  std::mt19937 random(3);
  for (int round = 0; round < 3000; ++round) {
    const Bytes damaged = edited(digitsFile(), [&](tflite::ModelT &model) {
      auto &options = op(model, 2).custom_options;
      for (unsigned flips = random() % 4 + 1; flips > 0; --flips)
        options[random() % options.size()] = static_cast<std::uint8_t>(random());
    });
    EXPECT_THAT(refusal(damaged), testing::AnyOf("", HasSubstr("operator 2 (LceBconv2d): ")));
  }
}

} // namespace
} // namespace xs3::test
