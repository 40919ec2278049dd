// LLVM's messages as ours: real file and line behind the preprocessor, each said once.
#pragma once

#include "asm/assemble.h"

#include <llvm/Support/SourceMgr.h>

namespace xs3::assembler {

/// Where the lines of a preprocessed text come from: its `# LINE "FILE"` markers.
class LineMarkers {
public:
  LineMarkers(std::string_view text, std::string fileName);

  /// File and line of a line of the text, counted from 1.
  std::pair<std::string, unsigned> origin(unsigned line) const;
  const std::string &fileName() const { return fileName_; }
  /// All files that are named, without the first and the preprocessor's own ("<built-in>").
  std::vector<std::string> includedFiles() const;

private:
  struct Marker {
    unsigned line; ///< The marker's own line in the text.
    unsigned originLine;
    std::string file;
  };
  std::vector<Marker> markers_;
  std::string fileName_;
};

/// Collects the diagnostics of one run. Registers itself with the source manager.
class DiagnosticCollector {
public:
  DiagnosticCollector(llvm::SourceMgr &sources, const LineMarkers &markers);

  void add(const llvm::SMDiagnostic &message);
  bool hasErrors() const;
  std::vector<Diagnostic> take();

private:
  llvm::SourceMgr &sources_;
  const LineMarkers &markers_;
  std::vector<Diagnostic> found_;
};

} // namespace xs3::assembler
