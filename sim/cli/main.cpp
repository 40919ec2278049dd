// The program xs3: hands the process's arguments and streams to the verbs.
#include "sim/cli/verb.h"

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <iostream>
#include <unistd.h>

namespace {

/// Standard output must have taken everything: a full disk is an error, not a short result.
bool flushResults() {
  errno = 0;
  std::cout.flush();
  return std::fflush(stdout) == 0 && std::cout.good() && std::ferror(stdout) == 0;
}

} // namespace

int main(int count, char **arguments) {
  // A reader that closes the pipe ends us quietly, whatever the parent process chose.
  std::signal(SIGPIPE, SIG_DFL);
  const char *noColour = std::getenv("NO_COLOR");
  const bool terminal = ::isatty(STDERR_FILENO) != 0;
  const bool colour = terminal && (!noColour || !*noColour);
  xs3::cli::Console console(std::cerr, colour, terminal);
  const int status =
      xs3::cli::runXs3(std::vector<std::string>(arguments + (count > 0 ? 1 : 0), arguments + count),
                       std::cout, console, ::isatty(STDOUT_FILENO) != 0);
  if (!flushResults()) {
    console.error(std::string("standard output: error: cannot be written: ") +
                  (errno ? std::strerror(errno) : "the write failed"));
    return status ? status : 1;
  }
  return status;
}
