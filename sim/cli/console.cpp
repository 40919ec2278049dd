#include "sim/cli/console.h"

#include <spdlog/logger.h>
#include <spdlog/sinks/ostream_sink.h>

#include <array>
#include <string>

namespace xs3::cli {
namespace {

struct Style {
  std::string_view word; ///< Behind the place, before the sentence.
  std::string_view colour;
};

/// In the order of Console::Kind.
constexpr std::array<Style, 4> kStyles = {
    {{"error: ", "\033[1;31m"}, {"warning: ", "\033[1;35m"}, {"note: ", "\033[1;36m"}, {"", ""}}};
constexpr std::string_view kPlain = "\033[0m";

/// Where the word "error: " (or another kind's) stands in a line: at its start, or behind a place.
/// npos when the line has none.
std::size_t findWord(std::string_view line, std::string_view word) {
  if (line.starts_with(word))
    return 0;
  const std::size_t found = line.find(": " + std::string(word));
  return found == std::string_view::npos ? found : found + 2;
}

std::string coloured(std::string_view line, std::size_t at, const Style &style) {
  std::string text(line.substr(0, at));
  const std::string_view word = style.word.substr(0, style.word.size() - 1);
  return text.append(style.colour)
      .append(word)
      .append(kPlain)
      .append(line.substr(at + word.size()));
}

/// One line of a message with its prefix; `first` lines always are a sentence, later ones only when
/// they name their kind.
std::string formatLine(std::string_view line, const Style &own, bool first, bool colour) {
  for (const Style &style : kStyles) {
    if (style.word.empty())
      continue;
    if (const std::size_t at = findWord(line, style.word); at != std::string_view::npos)
      return "xs3: " + (colour ? coloured(line, at, style) : std::string(line));
  }
  if (!first)
    return std::string(line);
  const std::string whole = std::string(own.word) + std::string(line);
  return "xs3: " + (colour && !own.word.empty() ? coloured(whole, 0, own) : whole);
}

} // namespace

struct Console::Log {
  explicit Log(std::ostream &stream)
      : logger("xs3", std::make_shared<spdlog::sinks::ostream_sink_st>(stream, true)) {
    logger.set_pattern("%v");
    logger.set_level(spdlog::level::info);
  }

  spdlog::logger logger;
};

Console::Console(std::ostream &stream, bool colour, bool terminal)
    : log_(std::make_unique<Log>(stream)), stream_(stream), colour_(colour), terminal_(terminal) {}

Console::~Console() = default;

void Console::setVerbosity(Verbosity verbosity) {
  verbosity_ = verbosity;
  constexpr std::array levels = {spdlog::level::err, spdlog::level::info, spdlog::level::debug};
  log_->logger.set_level(levels[static_cast<std::size_t>(verbosity)]);
}

void Console::progress(std::string_view line) {
  if (!terminal_ || verbosity_ == Verbosity::Quiet || (line.empty() && !showsProgress_))
    return;
  stream_ << "\r\033[K" << line << std::flush;
  showsProgress_ = !line.empty();
}

void Console::message(Kind kind, std::string_view sentence) {
  progress("");
  const Style &style = kStyles[static_cast<std::size_t>(kind)];
  std::string text;
  for (bool first = true; !sentence.empty() || first; first = false) {
    const std::size_t end = sentence.find('\n');
    if (!first)
      text += '\n';
    text += formatLine(sentence.substr(0, end), style, first, colour_);
    sentence.remove_prefix(end == std::string_view::npos ? sentence.size() : end + 1);
  }
  constexpr std::array levels = {spdlog::level::err, spdlog::level::warn, spdlog::level::info,
                                 spdlog::level::debug};
  log_->logger.log(levels[static_cast<std::size_t>(kind)], spdlog::string_view_t(text));
}

void Console::error(std::string_view sentence) { message(Kind::Error, sentence); }
void Console::warning(std::string_view sentence) { message(Kind::Warning, sentence); }
void Console::note(std::string_view sentence) { message(Kind::Note, sentence); }
void Console::detail(std::string_view sentence) { message(Kind::Plain, sentence); }

void Console::block(std::string_view text) {
  progress("");
  while (text.ends_with('\n'))
    text.remove_suffix(1);
  log_->logger.log(spdlog::level::critical, spdlog::string_view_t(text.data(), text.size()));
}

} // namespace xs3::cli
