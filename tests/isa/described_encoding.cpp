// Bit strings to matches.
#include "tests/isa/described_encoding.h"

#include "base/file.h"

#include <array>
#include <sstream>
#include <stdexcept>

namespace xs3::tests {
namespace {

constexpr std::array<const char *, 16> kRegisters = {"r0", "r1", "r2", "r3", "r4",  "r5",
                                                     "r6", "r7", "r8", "r9", "r10", "r11",
                                                     "cp", "dp", "sp", "lr"};
constexpr std::array<unsigned, 12> kBitPositions = {32, 1, 2, 3, 4, 5, 6, 7, 8, 16, 24, 32};

std::vector<std::string> split(const std::string &line, char separator) {
  std::vector<std::string> parts;
  std::istringstream stream(line);
  for (std::string part; std::getline(stream, part, separator);)
    parts.push_back(part);
  return parts;
}

} // namespace

DescribedEncoding::DescribedEncoding(std::string theSyntax, std::string theFormat,
                                     std::string encoding, std::string theLane, bool inLlvm)
    : syntax(std::move(theSyntax)), mnemonic(syntax.substr(0, syntax.find(' '))),
      format(std::move(theFormat)), lane(std::move(theLane)), llvm(inLlvm) {
  for (const char c : encoding)
    if (c != ' ' && c != '|')
      pattern_ += c;
  // A prefix's upper immediate bits are written I.
  const bool prefixed = encoding.find('I') != std::string::npos;
  for (unsigned i = 0; i < pattern_.size(); ++i) {
    const unsigned position = static_cast<unsigned>(pattern_.size()) - 1 - i;
    const char c = pattern_[i];
    if (c == '0' || c == '1') {
      fixedMask_ |= 1u << position;
      fixedValue_ |= static_cast<std::uint32_t>(c - '0') << position;
    } else {
      bits_[c].push_back(position);
    }
  }
  const bool branch = mnemonic == "bt" || mnemonic == "bf" || mnemonic == "setc";
  for (std::size_t begin = syntax.find('<'); begin != std::string::npos; begin = syntax.find('<')) {
    const char letter = syntax[begin - 1];
    const std::size_t end = syntax.find('>', begin);
    const std::string bound = syntax.substr(begin + 1, end - begin - 1);
    syntax.erase(begin, end + 1 - begin);
    isNumber_[letter] = true;
    if (bound == "bitp")
      isBitPosition_[letter] = true;
    else
      largest_[letter] = static_cast<unsigned>(std::stoul(bound));
  }
  const bool wholeField = format == "ru6" || format == "lru6";
  for (const char letter : {'a', 'b', 'c', 'd', 'e', 'f'})
    if (!largest_.contains(letter))
      largest_[letter] = wholeField && !branch ? 15 : 11;
  if (syntax.find("-i") != std::string::npos)
    format += "b";
  if (prefixed && bytes() != 4)
    throw std::logic_error("prefix without a long form: " + syntax);
}

unsigned DescribedEncoding::field(std::uint32_t word, char letter) const {
  unsigned value = 0;
  if (const auto found = bits_.find(letter); found != bits_.end())
    for (const unsigned position : found->second)
      value = value << 1 | (word >> position & 1);
  return value;
}

std::optional<std::map<char, unsigned>> DescribedEncoding::match(std::uint32_t word) const {
  if ((word & fixedMask_) != fixedValue_)
    return std::nullopt;
  std::map<char, unsigned> operands;
  // Joint high parts: h and H of three operands (base 3), k j of two.
  std::map<char, unsigned> high;
  const auto three = [&](char letter, const char *members) {
    unsigned joint = field(word, letter);
    if (joint > 26)
      return false;
    for (const char *m = members; *m != 0; ++m, joint /= 3)
      high[*m] = joint % 3;
    return true;
  };
  const auto two = [&](char k, char j, const char *members) {
    const unsigned joint = field(word, k) + 5 * field(word, j);
    if (field(word, k) < 27 || joint > 35)
      return false;
    high[members[0]] = (joint - 27) % 3;
    high[members[1]] = (joint - 27) / 3;
    return true;
  };
  if (bits_.contains('h') && !three('h', "abc"))
    return std::nullopt;
  if (bits_.contains('H') && !three('H', "def"))
    return std::nullopt;
  if (bits_.contains('k') && !two('k', 'j', "ab"))
    return std::nullopt;
  if (bits_.contains('K') && !two('K', 'J', "de"))
    return std::nullopt;
  for (const auto &[letter, positions] : bits_) {
    if (letter < 'a' || letter > 'f')
      continue;
    const unsigned value =
        high.contains(letter) ? high[letter] * 4 + field(word, letter) : field(word, letter);
    if (value > largest_.at(letter))
      return std::nullopt;
    operands[letter] = value;
  }
  if (bits_.contains('i'))
    operands['i'] = field(word, 'I') << bits_.at('i').size() | field(word, 'i');
  return operands;
}

std::string DescribedEncoding::text(const std::map<char, unsigned> &operands) const {
  std::string out;
  const std::size_t space = std::min(syntax.find(' '), syntax.size());
  const auto isWord = [](char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0; };
  for (std::size_t i = 0; i < syntax.size(); ++i) {
    const char c = syntax[i];
    const bool alone =
        i > space && !isWord(syntax[i - 1]) && (i + 1 == syntax.size() || !isWord(syntax[i + 1]));
    if (!alone || !operands.contains(c)) {
      out += c;
      continue;
    }
    const unsigned value = operands.at(c);
    if (isBitPosition_.contains(c))
      out += std::to_string(kBitPositions[value]);
    else if (c == 'i' && value == 0 && out.ends_with("-"))
      out.back() = '0';
    else if (c == 'i' || isNumber_.contains(c))
      out += std::to_string(value);
    else
      out += kRegisters[value];
  }
  return out;
}

std::span<const DescribedEncoding> describedEncodings() {
  static const std::vector<DescribedEncoding> all = [] {
    std::vector<DescribedEncoding> made;
    std::istringstream file(readTextFile(XS3_SOURCE_DIR "/tests/golden/encodings.tsv"));
    std::string line;
    std::getline(file, line); // the names of the columns
    while (std::getline(file, line)) {
      const auto columns = split(line, '\t');
      made.emplace_back(columns.at(0), columns.at(1), columns.at(2), columns.at(3),
                        columns.at(4) == "yes");
    }
    return made;
  }();
  return all;
}

std::optional<Described> describe(std::uint32_t word, unsigned bytes) {
  std::optional<Described> found;
  for (const DescribedEncoding &encoding : describedEncodings()) {
    if (encoding.bytes() != bytes)
      continue;
    if (auto operands = encoding.match(word)) {
      if (found)
        throw std::logic_error(found->encoding->syntax + " and " + encoding.syntax + " overlap");
      found = Described{&encoding, std::move(*operands)};
    }
  }
  return found;
}

} // namespace xs3::tests
