// Recorded machine code: text to value and value to text, and one line for each row of the
// description.
#include "asm/assemble.h"
#include "base/file.h"
#include "isa/decode.h"
#include "isa/print.h"
#include "isa/rows.h"

#include <gtest/gtest.h>

#include <algorithm>
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

// "add a, b, 0" reads back as "mov a, b", in packets too.
std::string shortSpelling(std::string text) {
  for (std::size_t add = text.find("add "); add != std::string::npos;
       add = text.find("add ", add + 1)) {
    const std::size_t end =
        std::min(text.find(" ;", add), std::min(text.find(" }", add), text.size()));
    const std::string half = text.substr(add, end - add);
    if (half.ends_with(", 0") && (add == 0 || text[add - 1] == ' '))
      text.replace(add, end - add, "mov " + half.substr(4, half.size() - 7));
  }
  return text;
}

std::string trimmed(const std::string &text) {
  const std::size_t begin = text.find_first_not_of(' ');
  return begin == std::string::npos ? ""
                                    : text.substr(begin, text.find_last_not_of(' ') + 1 - begin);
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
    std::string decoded = shortSpelling(text);
    all.push_back({std::move(text), parseHex(hex), static_cast<unsigned>(hex.size() / 2),
                   std::move(decoded)});
  }
  return all;
}

// rows.txt: "text | bytes in the order of memory | decoded text".
std::vector<Golden> readRows() {
  std::vector<Golden> all;
  std::istringstream file(readTextFile(XS3_SOURCE_DIR "/tests/golden/rows.txt"));
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with("#"))
      continue;
    const std::size_t first = line.find('|');
    const std::size_t second = line.find('|', first + 1);
    std::istringstream bytes(line.substr(first + 1, second - first - 1));
    Golden golden{trimmed(line.substr(0, first)), 0, 0, trimmed(line.substr(second + 1))};
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
