// Decode, print, assemble: the same word or a refusal, for every halfword and a million words of
// each long format.
#include "asm/assemble.h"
#include "isa/decode.h"
#include "isa/print.h"
#include "isa/rows.h"
#include "tests/isa/described_encoding.h"
#include "tests/isa/word_source.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace xs3::tests {
namespace {

// Assembles all texts and compares with the words they came from.
void expectSameWords(const std::vector<std::string> &texts, const std::vector<std::uint32_t> &words,
                     bool dual) {
  const auto lines = assembler::assembleInstructions(texts, dual);
  ASSERT_EQ(lines.size(), words.size());
  for (std::size_t i = 0; i < words.size(); ++i)
    ASSERT_TRUE(lines[i].error.empty() && lines[i].encoded.word == words[i])
        << texts[i] << " is " << std::hex << words[i] << " and became " << lines[i].encoded.word
        << " " << lines[i].error;
}

TEST(RoundTrip, EveryHalfword) {
  std::vector<std::string> texts;
  std::vector<std::uint32_t> words;
  for (std::uint32_t word = 0; word < 0xF000; ++word)
    if (const auto decoded = isa::decode(static_cast<std::uint16_t>(word), 0)) {
      texts.push_back(isa::print(*decoded));
      words.push_back(word);
    }
  EXPECT_EQ(words.size(), 57560u);
  expectSameWords(texts, words, false);
}

class LongRoundTrip : public testing::TestWithParam<LongFormat> {};

TEST_P(LongRoundTrip, AMillionWords) {
  const unsigned seed = std::random_device{}();
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937 random(seed);
#if defined(__SANITIZE_ADDRESS__)
  constexpr unsigned kWords = 50'000; // thirty times slower
#else
  constexpr unsigned kWords = 1'000'000;
#endif
  constexpr std::size_t kPortion = 100'000;
  std::vector<std::string> texts;
  std::vector<std::uint32_t> words;
  std::size_t accepted = 0;
  for (unsigned i = 0; i < kWords; ++i) {
    const std::uint32_t word = drawWord(GetParam(), random);
    const auto decoded =
        isa::decode(static_cast<std::uint16_t>(word), static_cast<std::uint16_t>(word >> 16));
    ASSERT_EQ(decoded.has_value(), describe(word, 4).has_value()) << std::hex << word;
    if (decoded) {
      ++accepted;
      ASSERT_EQ(isa::encode(*decoded), word) << std::hex << word;
      texts.push_back(isa::print(*decoded));
      words.push_back(word);
    }
    if (words.size() == kPortion || i + 1 == kWords) {
      expectSameWords(texts, words, false);
      if (HasFatalFailure())
        return;
      texts.clear();
      words.clear();
    }
  }
  if (GetParam().name == "unused prefix")
    EXPECT_EQ(accepted, 0u);
  else
    EXPECT_GT(accepted, kWords / 100u);
}

INSTANTIATE_TEST_SUITE_P(Formats, LongRoundTrip,
                         testing::ValuesIn(longFormats().begin(), longFormats().end()),
                         [](const auto &test) {
                           std::string name = test.param.name;
                           std::erase(name, ' ');
                           return name;
                         });

TEST(RoundTrip, RandomPackets) {
  const unsigned seed = std::random_device{}();
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937 random(seed);
  std::vector<std::string> texts;
  std::vector<std::uint32_t> words;
  while (words.size() < 200'000) {
    const auto word = static_cast<std::uint32_t>(random());
    if (const auto packet = isa::decodePacket(word)) {
      texts.push_back(isa::print(*packet));
      words.push_back(word);
    }
  }
  expectSameWords(texts, words, true);
}

// Encode, then decode: random operands of every row come back.
TEST(RoundTrip, EncodeThenDecodeGivesTheOperands) {
  const unsigned seed = std::random_device{}();
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937 random(seed);
  for (const std::uint32_t start : {0u, 0xF800u}) {
    for (unsigned i = 0; i < 200'000; ++i) {
      const std::uint32_t word = static_cast<std::uint32_t>(random()) | start;
      const auto decoded =
          isa::decode(static_cast<std::uint16_t>(word), static_cast<std::uint16_t>(word >> 16));
      if (!decoded)
        continue;
      isa::Instruction changed = *decoded;
      for (unsigned k = 0; k < changed.operandCount; ++k)
        if (random() % 2 == 0 && isa::row(changed.opcode).immediate == isa::Immediate::None)
          changed.operands[k] = static_cast<std::int32_t>(random() % 12);
      const std::uint32_t bits = isa::encode(changed);
      EXPECT_EQ(
          isa::decode(static_cast<std::uint16_t>(bits), static_cast<std::uint16_t>(bits >> 16)),
          changed);
    }
  }
}

} // namespace
} // namespace xs3::tests
