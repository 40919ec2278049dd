// Recorded machine code: text to value and value to text, and one line for each row of the
// description.
#include "asm/assemble.h"
#include "base/file.h"
#include "isa/decode.h"
#include "isa/print.h"
#include "isa/rows.h"

#include <gtest/gtest.h>

#include <charconv>
#include <regex>
#include <set>
#include <sstream>

namespace xs3::tests {
namespace {

struct Golden {
  std::string text;
  std::uint32_t word;
  unsigned bytes;
  std::string decoded;
};

std::uint32_t parseHex(const std::string &digits) {
  return static_cast<std::uint32_t>(std::stoul(digits, nullptr, 16));
}

// Files of "text, value, ..." with a line of names.
std::vector<Golden> readPairs(const std::string &name) {
  std::vector<Golden> all;
  std::istringstream file(readTextFile(XS3_SOURCE_DIR "/tests/golden/" + name));
  std::string line;
  std::getline(file, line);
  while (std::getline(file, line)) {
    const std::size_t tab = line.find('\t');
    const std::string hex = line.substr(tab + 1, line.find('\t', tab + 1) - tab - 1);
    std::string text = line.substr(0, tab);
    // "add a, b, 0" reads back in its short spelling.
    std::string decoded =
        std::regex_replace(text, std::regex("add (r\\d+), (r\\d+), 0\\b"), "mov $1, $2");
    all.push_back({std::move(text), parseHex(hex), static_cast<unsigned>(hex.size() / 2),
                   std::move(decoded)});
  }
  return all;
}

// rows.txt: "text | bytes in the order of memory | decoded text".
std::vector<Golden> readRows() {
  std::vector<Golden> all;
  std::istringstream file(readTextFile(XS3_SOURCE_DIR "/tests/golden/rows.txt"));
  const std::regex shape("(.*?) *\\| *([0-9a-f ]+?) *\\| (.*)");
  for (std::string line; std::getline(file, line);) {
    std::smatch match;
    if (line.starts_with("#") || !std::regex_match(line, match, shape))
      continue;
    std::istringstream bytes(match[2].str());
    Golden golden{match[1], 0, 0, match[3]};
    for (std::string byte; bytes >> byte; ++golden.bytes)
      golden.word |= parseHex(byte) << (8 * golden.bytes);
    all.push_back(std::move(golden));
  }
  return all;
}

std::string decodedText(std::uint32_t word, unsigned bytes) {
  const auto low = static_cast<std::uint16_t>(word);
  if (bytes == 4 && isa::length(low) == 2) {
    const auto packet = isa::decodePacket(word);
    return packet ? isa::print(*packet) : "no packet";
  }
  const auto instruction = isa::decode(low, static_cast<std::uint16_t>(word >> 16));
  return instruction ? isa::print(*instruction) : "no instruction";
}

void check(const std::vector<Golden> &all, std::size_t count) {
  EXPECT_EQ(all.size(), count);
  for (const Golden &golden : all) {
    const auto encoded = assembler::assembleInstruction(golden.text);
    EXPECT_EQ(encoded.word, golden.word) << golden.text;
    EXPECT_EQ(encoded.bytes, golden.bytes) << golden.text;
    EXPECT_EQ(decodedText(golden.word, golden.bytes), golden.decoded);
  }
}

TEST(Golden, InstructionsSeenInMachineCode) { check(readPairs("vectors.tsv"), 2906); }

TEST(Golden, PacketsSeenInMachineCode) { check(readPairs("packets.tsv"), 647); }

TEST(Golden, OneLineForEachRow) { check(readRows(), isa::rows().size()); }

TEST(Golden, EveryRowHasItsLine) {
  std::set<isa::Opcode> seen;
  for (const Golden &golden : readRows())
    seen.insert(isa::decode(static_cast<std::uint16_t>(golden.word),
                            static_cast<std::uint16_t>(golden.word >> 16))
                    ->opcode);
  EXPECT_EQ(seen.size(), isa::rows().size());
}

} // namespace
} // namespace xs3::tests
