// The listing: every line of the source, with what it put where.
#include "asm/parser/listing.h"

#include <llvm/MC/MCAssembler.h>
#include <llvm/MC/MCSection.h>
#include <llvm/Support/Format.h>

#include <algorithm>
#include <map>

namespace xs3::assembler {

namespace {

struct Piece {
  const MCSection *section;
  std::uint64_t begin;
  std::uint64_t end;
};

constexpr std::uint64_t kBytesShown = 16; // of one statement
constexpr std::uint64_t kBytesPerLine = 4;
constexpr std::size_t kSourceColumn = 18;

constexpr const char *kDigits = "0123456789abcdef";

// What each line of the file emitted. What comes out of a macro or an included file stands with the
// line that was read before it.
std::multimap<unsigned, Piece> piecesByLine(Session &session, const std::string &fileName) {
  const MCAssembler &assembler = session.assembler();
  const SourceMgr &sources = session.sources();
  struct Place {
    std::uint64_t offset;
    unsigned line;
  };
  std::map<const MCSection *, std::vector<Place>> places;
  unsigned line = 1;
  for (const EmittedPlace &emitted : session.emitted()) {
    if (emitted.statement.isValid() &&
        sources.FindBufferContainingLoc(emitted.statement) == sources.getMainFileID()) {
      const auto origin = session.markers().origin(sources.FindLineNumber(emitted.statement));
      if (origin.first == fileName)
        line = origin.second;
    }
    places[&emitted.begin->getSection()].push_back(
        {assembler.getSymbolOffset(*emitted.begin), line});
  }
  std::multimap<unsigned, Piece> pieces;
  for (auto &[section, all] : places) {
    // Subsections are laid out in another order than they are written in.
    std::stable_sort(all.begin(), all.end(),
                     [](const Place &a, const Place &b) { return a.offset < b.offset; });
    for (std::size_t i = 0; i < all.size(); ++i) {
      const std::uint64_t end =
          i + 1 == all.size() ? assembler.getSectionAddressSize(*section) : all[i + 1].offset;
      if (end > all[i].offset)
        pieces.emplace(all[i].line, Piece{section, all[i].offset, end});
    }
  }
  return pieces;
}

// The bytes begin..end in lowercase hexadecimal; zeros for sections without content.
std::string hexOf(StringRef contents, std::uint64_t begin, std::uint64_t end) {
  std::string hex;
  for (std::uint64_t i = begin; i < end; ++i) {
    const auto byte =
        i < contents.size() ? static_cast<std::uint8_t>(contents[i]) : std::uint8_t{0};
    hex += {kDigits[byte >> 4], kDigits[byte & 15]};
  }
  return hex;
}

} // namespace

std::string makeListing(Session &session, std::string_view text, const std::string &fileName) {
  std::string out;
  raw_string_ostream stream(out);
  std::map<const MCSection *, SmallString<0>> contents;
  for (const MCSection &section : session.assembler())
    if (!section.isVirtualSection()) {
      raw_svector_ostream bytes(contents[&section]);
      session.assembler().writeSectionData(bytes, &section);
    }
  const auto pieces = piecesByLine(session, fileName);
  const MCSection *current = nullptr;
  unsigned line = 1;
  for (std::size_t begin = 0; begin < text.size(); ++line) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    const StringRef source(text.data() + begin, end - begin);
    begin = end + 1;
    bool sourceShown = false;
    const auto [first, last] = pieces.equal_range(line);
    for (auto it = first; it != last; ++it) {
      const Piece &piece = it->second;
      if (piece.section != std::exchange(current, piece.section))
        stream << "section " << piece.section->getName() << "\n";
      const std::uint64_t shown = std::min(piece.end, piece.begin + kBytesShown);
      for (std::uint64_t row = piece.begin; row < shown; row += kBytesPerLine) {
        const std::string hex =
            hexOf(contents[piece.section], row, std::min(row + kBytesPerLine, shown));
        const bool withSource = !std::exchange(sourceShown, true);
        stream << format(withSource ? "%06llx  %-8s  " : "%06llx  %s",
                         static_cast<unsigned long long>(row), hex.c_str())
               << (withSource ? source : "") << "\n";
      }
      if (piece.end > shown)
        stream << "        ...       " << piece.end - shown << " more bytes\n";
    }
    if (!sourceShown)
      stream << (source.empty() ? "" : std::string(kSourceColumn, ' ')) << source << "\n";
  }
  return out;
}

} // namespace xs3::assembler
