// Messages to a person: everything that is not a result.
#pragma once

#include <memory>
#include <ostream>
#include <string_view>

namespace xs3::cli {

/// Writes messages as cli.md wants them: `xs3: FILE:LINE:COLUMN: error: sentence`. A message of
/// several lines may carry several sentences and the source text below them: the lines that are
/// sentences get the prefix.
class Console {
public:
  enum class Verbosity { Quiet, Normal, Verbose };

  /// `stream` is standard error, or a test's string. Colour only where a person looks at it.
  /// Progress only where `terminal` says that the stream is one.
  explicit Console(std::ostream &stream, bool colour = false, bool terminal = false);
  ~Console();

  /// What keeps the verb from going on. Always printed.
  void error(std::string_view sentence);
  /// What the user should know before trusting a result; "FILE:LINE: " may stand in front. Not with
  /// -q.
  void warning(std::string_view sentence);
  /// What happened, in a sentence. Not with -q.
  void note(std::string_view sentence);
  /// Only with -v.
  void detail(std::string_view sentence);
  /// A block of text as it is (a trap report): always printed, no prefix.
  void block(std::string_view text);

  /// Writes over the last line of progress; nothing takes it away. Only on a terminal, not with -q.
  void progress(std::string_view line);

  void setVerbosity(Verbosity verbosity);
  Verbosity verbosity() const { return verbosity_; }
  bool colour() const { return colour_; }

private:
  enum class Kind { Error, Warning, Note, Plain };
  void message(Kind kind, std::string_view sentence);

  struct Log;
  std::unique_ptr<Log> log_;
  std::ostream &stream_;
  Verbosity verbosity_ = Verbosity::Normal;
  bool colour_ = false;
  bool terminal_ = false;
  bool showsProgress_ = false;
};

} // namespace xs3::cli
