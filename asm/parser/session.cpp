// Puts LLVM's assembler together.
#include "asm/parser/session.h"

#include <llvm/MC/MCAssembler.h>
#include <llvm/MC/MCObjectWriter.h>

namespace xs3::assembler {

namespace mc = isa::mc;

Session::Session(std::string_view text, const std::string &fileName, const AssembleOptions &options)
    : options_(options), markers_(text, fileName), diagnostics_(sources_, markers_),
      context_(mc::target().triple, mc::target().assembly.get(), mc::target().registers.get(),
               mc::target().single.get(), &sources_, &targetOptions_) {
  sources_.setIncludeDirs(options.includeFolders);
  sources_.AddNewSourceBuffer(
      // A copy, because the lexer wants a 0 behind the text, which a view need not have.
      MemoryBuffer::getMemBufferCopy(StringRef(text.data(), text.size()), fileName), SMLoc());
  context_.setDiagnosticHandler(
      [this](const SMDiagnostic &message, bool, const SourceMgr &, std::vector<const MDNode *> &) {
        diagnostics_.add(message);
      });
  objectFileInfo_.initMCObjectFileInfo(context_, /*PIC=*/false);
  context_.setObjectFileInfo(&objectFileInfo_);
  if (options.debugLines) {
    context_.setGenDwarfForAssembly(true);
    context_.setDwarfVersion(4);
    context_.setGenDwarfRootFile(fileName, StringRef(text.data(), text.size()));
  }
  auto backend = createAsmBackend(alignedPlaces_);
  auto writer = backend->createObjectWriter(out_);
  streamer_ = std::make_unique<ObjectStreamer>(context_, std::move(backend), std::move(writer),
                                               mc::createCodeEmitter(), alignedPlaces_,
                                               options.listing ? &emitted_ : nullptr);
}

void Session::run(bool dual) {
  const std::unique_ptr<MCAsmParser> parser(
      createMCAsmParser(sources_, context_, *streamer_, *mc::target().assembly));
  XS3AsmParser target(targetOptions_, options_, filesRead_);
  parser->setTargetParser(target);
  target.setDual(dual);
  parser->Run(/*NoInitialTextSection=*/false, /*NoFinalize=*/true);
  // Also after errors of the text: what does not fit or is not aligned is told in the same go.
  streamer_->finish();
}

} // namespace xs3::assembler
