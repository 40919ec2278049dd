// The listing: every line of the source, with what it put where.
#include "asm/parser/listing.h"

#include <llvm/ADT/StringExtras.h>
#include <llvm/MC/MCAssembler.h>
#include <llvm/MC/MCSection.h>
#include <llvm/Support/Format.h>

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

// What each line of the main text emitted.
std::multimap<unsigned, Piece> piecesByLine(Session &session) {
  const MCAssembler &assembler = session.assembler();
  std::map<const MCSection *, std::map<std::uint64_t, unsigned>> begins;
  const SourceMgr &sources = session.sources();
  for (const EmittedPlace &place : session.emitted()) {
    const unsigned buffer =
        place.statement.isValid() ? sources.FindBufferContainingLoc(place.statement) : 0;
    const unsigned line =
        buffer == sources.getMainFileID() ? sources.FindLineNumber(place.statement, buffer) : 0;
    begins[&place.begin->getSection()].emplace(assembler.getSymbolOffset(*place.begin), line);
  }
  std::multimap<unsigned, Piece> pieces;
  for (const auto &[section, places] : begins)
    for (auto it = places.begin(); it != places.end(); ++it) {
      const auto next = std::next(it);
      const std::uint64_t end =
          next == places.end() ? assembler.getSectionAddressSize(*section) : next->first;
      if (it->second != 0)
        pieces.emplace(it->second, Piece{section, it->first, end});
    }
  return pieces;
}

} // namespace

std::string makeListing(Session &session, std::string_view text) {
  std::string out;
  raw_string_ostream stream(out);
  std::map<const MCSection *, SmallString<0>> contents;
  for (const MCSection &section : session.assembler())
    if (!section.isVirtualSection()) {
      raw_svector_ostream bytes(contents[&section]);
      session.assembler().writeSectionData(bytes, &section);
    }
  const auto pieces = piecesByLine(session);
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
      const StringRef bytes = contents[piece.section];
      const std::uint64_t shown = std::min(piece.end, piece.begin + kBytesShown);
      for (std::uint64_t row = piece.begin; row < shown; row += kBytesPerLine) {
        std::string hex;
        for (std::uint64_t i = row; i < std::min(row + kBytesPerLine, shown) && i < bytes.size();
             ++i)
          hex += utohexstr(static_cast<std::uint8_t>(bytes[i]), true, 2);
        stream << format("%06llx  %-8s  ", static_cast<unsigned long long>(row), hex.c_str());
        if (!std::exchange(sourceShown, true))
          stream << source;
        stream << "\n";
      }
      if (piece.end > shown)
        stream << format("        ...       %llu more bytes\n",
                         static_cast<unsigned long long>(piece.end - shown));
    }
    if (!sourceShown)
      stream << std::string(18, ' ') << source << "\n";
  }
  return out;
}

} // namespace xs3::assembler
