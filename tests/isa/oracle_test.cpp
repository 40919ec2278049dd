// The older common subset against LLVM's disassembler for XS1, where it is installed.
#include "base/file.h"
#include "tests/isa/described_encoding.h"
#include "tests/isa/word_source.h"

#include <gtest/gtest.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <sstream>

namespace xs3::tests {
namespace {

constexpr const char *kOracle = "llvm-mc-19";
// Between two words, so that a refusal is seen: it prints nothing.
constexpr std::uint32_t kMark = 0x07EC;
constexpr const char *kMarkText = "waiteu";

std::string bytesOf(std::uint32_t word, unsigned bytes) {
  std::string text;
  for (unsigned i = 0; i < bytes; ++i) {
    char byte[8];
    std::snprintf(byte, sizeof byte, "0x%02x ", word >> (8 * i) & 0xFF);
    text += byte;
  }
  return text;
}

// What the oracle says to each word, "" for a refusal.
std::vector<std::string> ask(const std::vector<std::uint32_t> &words) {
  const auto folder = std::filesystem::temp_directory_path() /
                      ("xs3-oracle-" + std::to_string(std::random_device{}()));
  std::filesystem::create_directory(folder);
  std::string input;
  for (const std::uint32_t word : words)
    input += bytesOf(word, (word & 0xFFFF) >= 0xF000 ? 4 : 2) + "\n" + bytesOf(kMark, 2) + "\n";
  const std::string in = folder / "in", out = folder / "out";
  writeFile(in, std::string_view(input));
  const std::string command =
      std::string(kOracle) + " --disassemble --triple=xcore < " + in + " > " + out + " 2>/dev/null";
  EXPECT_GE(std::system(command.c_str()), 0);
  std::vector<std::string> answers(1);
  std::istringstream lines(readTextFile(out));
  for (std::string line; std::getline(lines, line);) {
    std::string text;
    for (const char c : line)
      if (c != '\t' || !text.empty())
        text += c == '\t' ? ' ' : c;
    if (text == kMarkText)
      answers.emplace_back();
    else if (!text.empty() && text[0] != '.')
      answers.back() = text;
  }
  std::filesystem::remove_all(folder);
  answers.resize(words.size());
  return answers;
}

// Words of instructions that both know. The known difference: the number of chkct is plain, and
// LLVM reads it as a bit position.
std::optional<Described> describeShared(std::uint32_t word) {
  auto ours = describe(word, (word & 0xFFFF) >= 0xF000 ? 4 : 2);
  if (!ours || !ours->encoding->llvm || word == kMark ||
      (ours->encoding->mnemonic == "chkct" && ours->encoding->format == "rus"))
    return std::nullopt;
  return ours;
}

void compare(const std::vector<std::uint32_t> &words) {
  const auto answers = ask(words);
  EXPECT_GT(words.size(), 20'000u);
  for (std::size_t i = 0; i < words.size(); ++i) {
    const auto ours = *describeShared(words[i]);
    ASSERT_EQ(answers[i], ours.encoding->text(ours.operands)) << std::hex << words[i];
  }
}

class Oracle : public testing::Test {
protected:
  void SetUp() override {
    if (std::system((std::string(kOracle) + " --version > /dev/null 2>&1").c_str()) != 0)
      GTEST_SKIP() << kOracle << " is not installed";
  }
};

TEST_F(Oracle, AgreesOnEveryHalfword) {
  std::vector<std::uint32_t> words;
  for (std::uint32_t word = 0; word < 0xF000; ++word)
    if (describeShared(word))
      words.push_back(word);
  compare(words);
}

TEST_F(Oracle, AgreesOnRandomLongWords) {
  const unsigned seed = std::random_device{}();
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937 random(seed);
  std::vector<std::uint32_t> words;
  for (const LongFormat &format : longFormats())
    for (unsigned i = 0; i < 20'000; ++i)
      if (const std::uint32_t word = drawWord(format, random); describeShared(word))
        words.push_back(word);
  compare(words);
}

} // namespace
} // namespace xs3::tests
