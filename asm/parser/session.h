// One run of LLVM's assembler over a text: all objects it takes, built and torn down together.
#pragma once

#include "asm/assemble.h"
#include "asm/object/object_streamer.h"
#include "asm/parser/asm_parser.h"
#include "asm/parser/diagnostics.h"

#include <llvm/MC/MCContext.h>
#include <llvm/MC/MCObjectFileInfo.h>
#include <llvm/MC/MCTargetOptions.h>

namespace xs3::assembler {

class Session {
public:
  /// `text` must live as long as the session.
  Session(std::string_view text, const std::string &fileName, const AssembleOptions &options);

  /// Parses all and writes the object. `dual`: the issue mode at the beginning.
  void run(bool dual = false);

  DiagnosticCollector &diagnostics() { return diagnostics_; }
  const LineMarkers &markers() const { return markers_; }
  std::span<const char> object() const { return {bytes_.data(), bytes_.size()}; }
  const std::vector<EmittedPlace> &emitted() const { return emitted_; }
  const std::vector<std::string> &filesRead() const { return filesRead_; }
  const SourceMgr &sources() const { return sources_; }
  MCAssembler &assembler() { return streamer_->getAssembler(); }

private:
  const AssembleOptions &options_;
  SourceMgr sources_;
  LineMarkers markers_;
  DiagnosticCollector diagnostics_;
  MCTargetOptions targetOptions_;
  MCContext context_;
  MCObjectFileInfo objectFileInfo_;
  AlignedPlaces alignedPlaces_;
  std::vector<EmittedPlace> emitted_;
  std::vector<std::string> filesRead_;
  SmallString<0> bytes_;
  raw_svector_ostream out_{bytes_};
  std::unique_ptr<ObjectStreamer> streamer_;
};

} // namespace xs3::assembler
