// assemble(): preprocessor, parser, object, listing.
#include "asm/assemble.h"

#include "asm/parser/listing.h"
#include "asm/parser/preprocess.h"
#include "asm/parser/session.h"

namespace xs3::assembler {

namespace {

// The preprocessor's "FILE:LINE:COLUMN: error: message" lines.
std::vector<Diagnostic> readMessages(StringRef text, const std::string &fileName) {
  std::vector<Diagnostic> found;
  for (StringRef rest = text; !rest.empty();) {
    StringRef line;
    std::tie(line, rest) = rest.split('\n');
    for (const auto &[word, kind] : {std::pair(": error: ", Diagnostic::Kind::Error),
                                     std::pair(": fatal error: ", Diagnostic::Kind::Error),
                                     std::pair(": warning: ", Diagnostic::Kind::Warning)}) {
      if (!line.contains(word))
        continue;
      auto [place, message] = line.split(word);
      Diagnostic d;
      d.kind = kind;
      d.message = message.str();
      SmallVector<StringRef, 3> parts;
      place.split(parts, ':');
      d.file = parts[0].str();
      if (parts.size() >= 3 && !parts[1].getAsInteger(10, d.line))
        parts[2].getAsInteger(10, d.column);
      found.push_back(std::move(d));
      break;
    }
  }
  if (found.empty()) {
    found.emplace_back();
    found.back().file = fileName;
    found.back().message = "the preprocessor failed: " + text.trim().str();
  }
  return found;
}

} // namespace

AssembleResult assemble(std::string_view text, const std::string &fileName,
                        const AssembleOptions &options) {
  AssembleResult result;
  std::string expanded;
  if (options.preprocess && wantsPreprocessor(text, options)) {
    Preprocessed preprocessed = preprocess(text, fileName, options);
    if (preprocessed.failed) {
      result.diagnostics = readMessages(preprocessed.messages, fileName);
      return result;
    }
    expanded = std::move(preprocessed.text);
    text = expanded;
  }
  Session session(text, fileName, options);
  session.run();
  result.diagnostics = session.diagnostics().take();
  if (options.dependencies) {
    result.dependencies = session.markers().includedFiles();
    result.dependencies.insert(result.dependencies.end(), session.filesRead().begin(),
                               session.filesRead().end());
  }
  if (result.hasErrors())
    return result;
  result.object.assign(session.object().begin(), session.object().end());
  if (options.listing)
    result.listing = makeListing(session, text);
  return result;
}

} // namespace xs3::assembler
