// Assembly text to an object file.
#pragma once

#include "base/types.h"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace xs3::assembler {

/// One message about a source text. `line` and `column` count from 1; 0 where there is none.
struct Diagnostic {
  enum class Kind { Error, Warning, Note };
  Kind kind = Kind::Error;
  std::string file;
  unsigned line = 0;
  unsigned column = 0;
  std::string message;
  std::string sourceLine;      ///< The text of that line.
  unsigned underlineBegin = 0; ///< Columns from 0 of the offending text, end exclusive.
  unsigned underlineEnd = 0;

  /// "FILE:LINE:COLUMN: error: message", the line and its underline, as printed behind "xs3: ".
  std::string text() const;
};

struct AssembleOptions {
  bool preprocess = false;                 ///< Run the C preprocessor first (files named .S).
  std::vector<std::string> includeFolders; ///< -I: searched by #include, .include and .incbin.
  std::vector<std::string> definitions;    ///< -D NAME or NAME=VALUE.
  bool debugLines = false;                 ///< -g: a line table for the assembly source itself.
  bool dependencies = false;               ///< -MD: fill AssembleResult::dependencies.
  bool listing = false;                    ///< Fill AssembleResult::listing.
  /// Files that exist only in memory (name, content), found by .incbin and .include before the
  /// disk's.
  std::vector<std::pair<std::string, std::vector<std::uint8_t>>> virtualFiles;
};

struct AssembleResult {
  std::vector<std::uint8_t> object; ///< ELF32, relocatable; empty when there is an error.
  std::vector<Diagnostic> diagnostics;
  std::string listing;
  std::vector<std::string> dependencies;

  bool hasErrors() const;
};

/// Assembles one file's text. All of its errors are collected; nothing is thrown for what the text
/// says wrong.
AssembleResult assemble(std::string_view text, const std::string &fileName,
                        const AssembleOptions &options = {});

/// The bits of one instruction or packet: 2 or 4 bytes, these as HI:LO.
struct Encoded {
  std::uint32_t word = 0;
  unsigned bytes = 0;
};

/// One instruction or packet by itself, for `xs3 encode`: no labels, symbols or directives;
/// branches take a signed distance in units. `dual` gives lone instructions their packet, as in
/// dual-issue code. Throws Error with the sentence of the diagnostic.
Encoded assembleInstruction(std::string_view text, bool dual = false);

/// Many of them, each by itself, at the speed of assemble().
struct EncodedLine {
  Encoded encoded;
  std::string error; ///< The sentence of the diagnostic; empty when all is well.
};
std::vector<EncodedLine> assembleInstructions(std::span<const std::string> lines,
                                              bool dual = false);

} // namespace xs3::assembler
