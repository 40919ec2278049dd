// Diagnostics: from LLVM, and as text.
#include "asm/parser/diagnostics.h"

#include <llvm/ADT/StringExtras.h>
#include <llvm/Support/SourceMgr.h>

#include <algorithm>
#include <charconv>
#include <cstdlib>

namespace xs3::assembler {

using namespace llvm;

namespace {

constexpr const char *kInstantiation = "<instantiation>";

// `# 12 "file.h" 1` or `#line 12 "file.h"`
std::optional<std::pair<unsigned, std::string>> parseMarker(StringRef line) {
  unsigned number = 0;
  if (!line.consume_front("#"))
    return std::nullopt;
  line = line.ltrim(' ');
  line.consume_front("line ");
  if (line.consumeInteger(10, number))
    return std::nullopt;
  line = line.ltrim(' ');
  if (!line.consume_front("\"") || !line.contains('"'))
    return std::nullopt;
  return std::pair(number, line.take_until([](char c) { return c == '"'; }).str());
}

Diagnostic::Kind kindOf(SourceMgr::DiagKind kind) {
  switch (kind) {
  case SourceMgr::DK_Error:
    return Diagnostic::Kind::Error;
  case SourceMgr::DK_Warning:
    return Diagnostic::Kind::Warning;
  default:
    return Diagnostic::Kind::Note;
  }
}

// The columns of the offending text: what the message marks, else the word at its place.
std::pair<unsigned, unsigned> underline(const SMDiagnostic &message, StringRef line) {
  const auto column = static_cast<unsigned>(std::max(message.getColumnNo(), 0));
  if (!message.getRanges().empty() && message.getRanges()[0].first == column)
    return message.getRanges()[0];
  unsigned end = column;
  while (end < line.size() && (isAlnum(line[end]) || line[end] == '_' || line[end] == '.'))
    ++end;
  return {column, std::max(end, column + 1)};
}

} // namespace

LineMarkers::LineMarkers(std::string_view text, std::string fileName)
    : fileName_(std::move(fileName)) {
  unsigned number = 1;
  for (std::size_t begin = 0; begin < text.size(); ++number) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    if (text[begin] == '#')
      if (auto marker = parseMarker(text.substr(begin, end - begin)))
        markers_.push_back({number, marker->first, std::move(marker->second)});
    begin = end + 1;
  }
}

std::pair<std::string, unsigned> LineMarkers::origin(unsigned line) const {
  const auto next = std::upper_bound(markers_.begin(), markers_.end(), line,
                                     [](unsigned l, const Marker &m) { return l < m.line; });
  if (next == markers_.begin())
    return {fileName_, line};
  const Marker &marker = *std::prev(next);
  return {marker.file, marker.originLine + (line - marker.line) - 1};
}

std::vector<std::string> LineMarkers::includedFiles() const {
  std::vector<std::string> files;
  for (const Marker &marker : markers_)
    if (marker.file != fileName_ && !marker.file.starts_with("<") &&
        std::find(files.begin(), files.end(), marker.file) == files.end())
      files.push_back(marker.file);
  return files;
}

DiagnosticCollector::DiagnosticCollector(SourceMgr &sources, const LineMarkers &markers)
    : sources_(sources), markers_(markers) {
  sources.setDiagHandler([](const SMDiagnostic &message,
                            void *self) { static_cast<DiagnosticCollector *>(self)->add(message); },
                         this);
}

void DiagnosticCollector::add(const SMDiagnostic &message) {
  Diagnostic d;
  d.kind = kindOf(message.getKind());
  d.message = message.getMessage().str();
  d.sourceLine = message.getLineContents().rtrim("\r").str();
  const unsigned buffer =
      message.getLoc().isValid() ? sources_.FindBufferContainingLoc(message.getLoc()) : 0;
  if (buffer != 0) {
    // LLVM's own reading of line markers knows only the last one it came by.
    const unsigned line = sources_.FindLineNumber(message.getLoc(), buffer);
    std::tie(d.file, d.line) =
        buffer == sources_.getMainFileID()
            ? markers_.origin(line)
            : std::pair(sources_.getMemoryBuffer(buffer)->getBufferIdentifier().str(), line);
    d.column = static_cast<unsigned>(message.getColumnNo()) + 1;
    std::tie(d.underlineBegin, d.underlineEnd) = underline(message, d.sourceLine);
    if (d.message == "unknown directive")
      d.message = "unknown directive '" +
                  d.sourceLine.substr(d.underlineBegin, d.underlineEnd - d.underlineBegin) + "'";
  } else {
    // A local label without a definition was told already, with its place.
    if (message.getMessage().starts_with("Undefined temporary symbol") && hasErrors())
      return;
    d.file = markers_.fileName();
  }
  // Inside a macro, the place that counts is where it was used; the note that follows names it.
  if (d.kind == Diagnostic::Kind::Note && !found_.empty() && found_.back().file == kInstantiation) {
    found_.back().file = d.file;
    found_.back().line = d.line;
    found_.back().column = d.column;
    return;
  }
  const auto same = [&](const Diagnostic &other) {
    return other.kind == d.kind && other.file == d.file && other.line == d.line &&
           other.column == d.column && other.message == d.message;
  };
  if (std::none_of(found_.begin(), found_.end(), same))
    found_.push_back(std::move(d));
}

bool DiagnosticCollector::hasErrors() const {
  return std::any_of(found_.begin(), found_.end(),
                     [](const Diagnostic &d) { return d.kind == Diagnostic::Kind::Error; });
}

std::vector<Diagnostic> DiagnosticCollector::take() {
  // Errors of the layout come last; people read a file from its top.
  std::stable_sort(found_.begin(), found_.end(), [](const Diagnostic &a, const Diagnostic &b) {
    return a.file == b.file && a.line != 0 && b.line != 0 && a.line < b.line;
  });
  return std::move(found_);
}

std::string Diagnostic::text() const {
  std::string out = file;
  if (line != 0)
    out += ":" + std::to_string(line) + ":" + std::to_string(column);
  constexpr const char *kNames[] = {"error", "warning", "note"};
  out += std::string(": ") + kNames[static_cast<unsigned>(kind)] + ": " + message;
  if (line == 0 || sourceLine.empty())
    return out;
  out += "\n" + sourceLine + "\n";
  for (unsigned i = 0; i < underlineBegin; ++i)
    out += i < sourceLine.size() && sourceLine[i] == '\t' ? '\t' : ' ';
  out +=
      "^" + std::string(underlineEnd > underlineBegin ? underlineEnd - underlineBegin - 1 : 0, '~');
  return out;
}

bool AssembleResult::hasErrors() const {
  return std::any_of(diagnostics.begin(), diagnostics.end(),
                     [](const Diagnostic &d) { return d.kind == Diagnostic::Kind::Error; });
}

} // namespace xs3::assembler
