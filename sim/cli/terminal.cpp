#include "sim/cli/terminal.h"

#include "base/file.h"
#include "sim/profile/table.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <cstdlib>
#include <string_view>
#include <sys/ioctl.h>
#include <unistd.h>

namespace xs3::cli {
namespace {

constexpr std::size_t kNarrowest = 40;

bool localeIsUtf8() {
  for (const char *name : {"LC_ALL", "LC_CTYPE", "LANG"})
    if (const char *value = std::getenv(name); value && *value) {
      std::string locale(value);
      std::transform(locale.begin(), locale.end(), locale.begin(),
                     [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
      return locale.find("utf-8") != locale.npos || locale.find("utf8") != locale.npos;
    }
  return false;
}

std::size_t columns(bool onTerminal) {
  std::size_t width = 0;
  if (const char *text = std::getenv("COLUMNS")) {
    const std::string_view digits(text);
    if (const auto [end, error] =
            std::from_chars(digits.data(), digits.data() + digits.size(), width);
        error != std::errc() || end != digits.data() + digits.size())
      width = 0;
  }
  if (winsize size{}; width == 0 && onTerminal && ::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0)
    width = size.ws_col;
  return width == 0 ? profile::kLineWidth : std::clamp(width, kNarrowest, profile::kLineWidth);
}

} // namespace

profile::ReportOptions terminalOptions(const Invocation &invocation, const std::string &file) {
  const bool onTerminal = invocation.outIsTerminal && file == "-";
  profile::ReportOptions options;
  options.utf8 = onTerminal && localeIsUtf8();
  options.width = columns(onTerminal);
  return options;
}

void deliverReport(Invocation &invocation, const std::string &file, const std::string &report) {
  if (file == "-")
    invocation.out << report;
  else
    writeFile(file, std::string_view(report));
}

} // namespace xs3::cli
