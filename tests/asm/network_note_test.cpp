// The note of a compiled network: written, read back, damaged. And the hash of reports.
#include "asm/link/network_note.h"
#include "asm/link/sha256.h"
#include "base/error.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

namespace xs3::assembler {
namespace {

using testing::HasSubstr;

NetworkNote sampleNote() {
  NetworkNote note;
  note.model = "digits.tflite";
  note.modelSha256 = std::string(64, 'a');
  note.threads = 5;
  note.copyThreads = 1;
  note.inputs = {{"image", "input0", {1, 8, 8, 1}, "int8", 0.0078125, -3}};
  note.outputs = {{"", "output0", {1, 10}, "float32", std::nullopt, 0}};
  note.layers = {{4, "004_LceBMaxPool2d", "LceBMaxPool2d", {1, 4, 4, 2}, "tensor.9", "int32", 7, 0},
                 {5, "005_RESHAPE", "RESHAPE", {}, "", "int8", 0, ~std::uint64_t{0}}};
  note.memoryMap = {1, 2, 3, 4, 5, 6, 7, 8};
  return note;
}

std::span<const std::uint8_t> bytesOf(const std::string &text) {
  return {reinterpret_cast<const std::uint8_t *>(text.data()), text.size()};
}

std::string fault(const std::string &text) {
  try {
    parseNetworkNote(bytesOf(text), "p.xe");
  } catch (const Error &error) {
    return error.what();
  }
  return "";
}

std::string replaced(std::string text, const std::string &from, const std::string &to) {
  const std::size_t at = text.find(from);
  EXPECT_NE(at, text.npos) << from;
  return text.replace(at, from.size(), to);
}

TEST(NetworkNote, ReadsBackWhatWasWritten) {
  const std::string text = formatNetworkNote(sampleNote());
  const NetworkNote note = parseNetworkNote(bytesOf(text), "p.xe");
  EXPECT_EQ(formatNetworkNote(note), text);
  EXPECT_EQ(note.model, "digits.tflite");
  EXPECT_EQ(note.threads, 5u);
  ASSERT_EQ(note.inputs.size(), 1u);
  EXPECT_EQ(note.inputs[0].shape, (std::vector<std::uint32_t>{1, 8, 8, 1}));
  EXPECT_EQ(note.inputs[0].scale, 0.0078125);
  EXPECT_EQ(note.inputs[0].zeroPoint, -3);
  EXPECT_FALSE(note.outputs[0].scale);
  ASSERT_EQ(note.layers.size(), 2u);
  EXPECT_EQ(note.layers[0].startLabel(), "layer.004_LceBMaxPool2d");
  EXPECT_EQ(note.layers[0].endLabel(), "layer.004_LceBMaxPool2d.end");
  EXPECT_EQ(note.layers[1].macsInt8, ~std::uint64_t{0});
  EXPECT_TRUE(note.layers[1].outputShape.empty());
  EXPECT_EQ(note.copyThreads, 1u);
  EXPECT_EQ(note.memoryMap.streamBytes, 6u);
  EXPECT_EQ(note.memoryMap.externalBytes, 7u);
  EXPECT_EQ(note.memoryMap.externalWeightBytes, 8u);
}

TEST(NetworkNote, KeysThatEarlierVersionsLackAreZero) {
  std::string text = formatNetworkNote(sampleNote());
  for (const char *key :
       {"\"copy_threads\":1,", "\"stream_bytes\":6,", ",\"external_weight_bytes\":8"})
    text = replaced(text, key, "");
  const NetworkNote note = parseNetworkNote(bytesOf(text), "p.xe");
  EXPECT_EQ(note.copyThreads, 0u);
  EXPECT_EQ(note.memoryMap.streamBytes, 0u);
  EXPECT_EQ(note.memoryMap.externalWeightBytes, 0u);
}

TEST(NetworkNote, MoreThreadsThanATileHasAreRefused) {
  NetworkNote note = sampleNote();
  note.threads = 8;
  EXPECT_NE(fault(formatNetworkNote(note)).find("'copy_threads' is too many"), std::string::npos);
}

TEST(NetworkNote, KeysOfLaterVersionsArePassedOver) {
  EXPECT_EQ(fault(replaced(formatNetworkNote(sampleNote()), "{", "{\"later\":[1,{}],")), "");
}

TEST(NetworkNote, NamesThatAreNoUtf8AreWrittenAllTheSame) {
  NetworkNote note = sampleNote();
  note.inputs[0].name = "\xff\xfe\"\n";
  EXPECT_EQ(fault(formatNetworkNote(note)), "");
}

TEST(NetworkNote, DamageIsNamed) {
  const std::string text = formatNetworkNote(sampleNote());
  const auto with = [&](const char *from, const char *to) {
    return fault(replaced(text, from, to));
  };
  EXPECT_THAT(fault(""), HasSubstr("p.xe: error: the description of its network"));
  EXPECT_THAT(fault("[]"), HasSubstr("it is no JSON object"));
  EXPECT_THAT(fault(std::string(100'000, '[')), HasSubstr("it is no JSON object"));
  EXPECT_THAT(with("network/1", "network/2"), HasSubstr("'schema' is 'xs3.network/2'"));
  EXPECT_THAT(with("\"threads\":5", "\"threads\":0"), HasSubstr("'threads' is not 1 to 8"));
  EXPECT_THAT(with("\"threads\":5", "\"threads\":-5"), HasSubstr("'threads' is no whole number"));
  EXPECT_THAT(with("\"threads\":5", "\"threads\":1.5"), HasSubstr("'threads' is no whole number"));
  EXPECT_THAT(with("\"threads\":5", "\"threads\":4294967297"), HasSubstr("'threads' is no whole"));
  EXPECT_THAT(with("\"threads\":5", "\"other\":5"), HasSubstr("'threads' is missing"));
  EXPECT_THAT(with("\"zero_point\":-3", "\"zero_point\":\"x\""),
              HasSubstr("'inputs[0].zero_point'"));
  EXPECT_THAT(with("0.0078125", "-1"), HasSubstr("'inputs[0].scale' is no positive number"));
  EXPECT_THAT(with("[1,4,4,2]", "[1,4,4,-2]"), HasSubstr("'layers[0].output_shape'"));
  EXPECT_THAT(with("[1,4,4,2]", "[1,1,1,1,1,1,1,1,1]"), HasSubstr("more than 8 dimensions"));
  EXPECT_THAT(with("[1,4,4,2]", "4"), HasSubstr("is no list"));
  EXPECT_THAT(with("\"code_bytes\":1", "\"code_bytes\":null"),
              HasSubstr("'memory_map.code_bytes'"));
}

TEST(NetworkNote, ANoteCutAnywhereIsRefused) {
  const std::string text = formatNetworkNote(sampleNote());
  for (std::size_t size = 0; size + 2 < text.size(); ++size)
    EXPECT_NE(fault(text.substr(0, size)), "") << size;
}

TEST(NetworkNote, RandomDamageNeverCrashes) {
  constexpr unsigned kSeed = 5;
  std::mt19937 random(kSeed);
  const std::string text = formatNetworkNote(sampleNote());
  for (int i = 0; i < 5000; ++i) {
    std::string damaged = text;
    for (auto n = 1 + random() % 4; n > 0; --n)
      damaged[random() % damaged.size()] = static_cast<char>(random());
    fault(damaged);
  }
}

TEST(Sha256, AgreesWithThePublishedExamples) {
  // FIPS 180-2, appendix B.
  EXPECT_EQ(sha256({}), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(sha256(bytesOf("abc")),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(sha256(bytesOf(std::string(1'000'000, 'a'))),
            "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

} // namespace
} // namespace xs3::assembler
