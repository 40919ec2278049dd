// assemble(): preprocessor, parser, object, listing.
#include "asm/assemble.h"

#include "asm/parser/limits.h"
#include "asm/parser/listing.h"
#include "asm/parser/preprocess.h"
#include "asm/parser/session.h"

#include <optional>

namespace xs3::assembler {

namespace {

// A line of the preprocessor's messages, "FILE:LINE:COLUMN: error: message"; nothing for the
// quotations between them.
std::optional<Diagnostic> readMessage(StringRef line) {
  for (const auto &[word, kind] : {std::pair(": error: ", Diagnostic::Kind::Error),
                                   std::pair(": fatal error: ", Diagnostic::Kind::Error),
                                   std::pair(": warning: ", Diagnostic::Kind::Warning)}) {
    if (!line.contains(word))
      continue;
    const auto [place, message] = line.split(word);
    SmallVector<StringRef, 3> parts;
    place.split(parts, ':');
    Diagnostic d;
    d.kind = kind;
    d.message = message.str();
    d.file = parts[0].str();
    if (parts.size() >= 3 && !parts[1].getAsInteger(10, d.line))
      parts[2].getAsInteger(10, d.column);
    return d;
  }
  return std::nullopt;
}

// Quotes the line that a diagnostic of this file is about.
void quote(Diagnostic &d, StringRef source) {
  for (unsigned line = 1; line < d.line; ++line)
    source = source.split('\n').second;
  d.sourceLine = source.split('\n').first.rtrim("\r").str();
  d.underlineBegin = d.column - 1;
  d.underlineEnd = d.column;
}

std::vector<Diagnostic> readMessages(const Preprocessed &preprocessed, const std::string &fileName,
                                     StringRef source) {
  std::vector<Diagnostic> found;
  for (StringRef rest = preprocessed.messages; !rest.empty();) {
    StringRef line;
    std::tie(line, rest) = rest.split('\n');
    if (auto d = readMessage(line)) {
      if (d->file == fileName && d->column != 0)
        quote(*d, source);
      found.push_back(std::move(*d));
    }
  }
  if (found.empty() && preprocessed.failed) {
    found.emplace_back();
    found.back().file = fileName;
    found.back().message =
        "the preprocessor failed: " + StringRef(preprocessed.messages).trim().str();
  }
  return found;
}

} // namespace

AssembleResult assemble(std::string_view text, const std::string &fileName,
                        const AssembleOptions &options) {
  AssembleResult result;
  const std::string_view source = text;
  std::string expanded;
  if (options.preprocess && wantsPreprocessor(text, options)) {
    Preprocessed preprocessed = preprocess(text, fileName, options);
    result.diagnostics = readMessages(preprocessed, fileName, source);
    if (preprocessed.failed)
      return result;
    expanded = std::move(preprocessed.text);
    text = expanded;
  }
  if (auto excess = findExcess(text, fileName)) {
    result.diagnostics.push_back(std::move(*excess));
    return result;
  }
  Session session(text, fileName, options);
  session.run();
  for (Diagnostic &d : session.diagnostics().take())
    result.diagnostics.push_back(std::move(d));
  if (options.dependencies) {
    result.dependencies = session.markers().includedFiles();
    result.dependencies.insert(result.dependencies.end(), session.filesRead().begin(),
                               session.filesRead().end());
  }
  if (result.hasErrors())
    return result;
  result.object.assign(session.object().begin(), session.object().end());
  if (options.listing)
    result.listing = makeListing(session, source, fileName);
  return result;
}

} // namespace xs3::assembler
