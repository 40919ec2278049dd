// The encodings read from their bit strings ("00010 hhhhh aa bb cc", tests/golden/encodings.tsv): a
// formulation that shares nothing with the description in TableGen.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace xs3::tests {

/// One line of encodings.tsv.
class DescribedEncoding {
public:
  DescribedEncoding(std::string syntax, std::string format, std::string encoding, std::string lane,
                    bool llvm);

  std::string syntax;   ///< "add a, b, c<11>": <N> bounds a number, <bitp> marks a bit position.
  std::string mnemonic; ///< "add"
  std::string format;   ///< "2rus"; backward branches end in b as in the description: "ru6b".
  std::string lane;     ///< either, memory, resource, long
  bool llvm;            ///< LLVM's XCore target knows it.

  unsigned bytes() const { return pattern_.size() == 32 ? 4 : 2; }

  /// Operands by letter when the word (HI:LO) is this instruction. A bit position is given by its
  /// code.
  std::optional<std::map<char, unsigned>> match(std::uint32_t word) const;

  /// "add r1, r2, 3" for those operands, without a format suffix and without aliases.
  std::string text(const std::map<char, unsigned> &operands) const;

  bool isBitPosition(char letter) const { return isBitPosition_.contains(letter); }

private:
  std::string pattern_; ///< A character for each bit, the highest first: 0, 1, or a field's letter.
  std::map<char, std::vector<unsigned>>
      bits_; ///< Positions of each field's bits, the highest first.
  std::uint32_t fixedMask_ = 0, fixedValue_ = 0;
  std::map<char, unsigned> largest_;
  std::map<char, bool> isBitPosition_;
  std::map<char, bool> isNumber_;

  unsigned field(std::uint32_t word, char letter) const;
};

/// All lines of encodings.tsv.
std::span<const DescribedEncoding> describedEncodings();

/// The one encoding that matches, and its operands; nothing when none does. Throws when two do.
struct Described {
  const DescribedEncoding *encoding;
  std::map<char, unsigned> operands;
};
std::optional<Described> describe(std::uint32_t word, unsigned bytes);

} // namespace xs3::tests
