#include "tests/cli/cli_run.h"

#include "base/file.h"
#include "sim/cli/verb.h"

#include <algorithm>
#include <cstdlib>
#include <pty.h>
#include <sstream>
#include <stdexcept>
#include <sys/wait.h>
#include <unistd.h>

namespace xs3::cli::test {
namespace {

int statusOf(int waited) {
  return WIFEXITED(waited) ? WEXITSTATUS(waited) : 128 + WTERMSIG(waited);
}

} // namespace

Result xs3(std::vector<std::string> arguments) {
  std::ostringstream out, err;
  Console console(err);
  Result result;
  result.status = runXs3(std::move(arguments), out, console, false);
  result.out = out.str();
  result.err = err.str();
  return result;
}

Result shell(const std::string &command) {
  const Folder folder;
  const std::string whole = "export XS3='" XS3_PROGRAM "'; ( " + command + " ) >'" +
                            folder.path("out") + "' 2>'" + folder.path("err") + "'";
  Result result;
  result.status = statusOf(std::system(whole.c_str()));
  result.out = readTextFile(folder.path("out"));
  result.err = readTextFile(folder.path("err"));
  return result;
}

Result onTerminal(const std::string &command) {
  int terminal = 0;
  const pid_t child = ::forkpty(&terminal, nullptr, nullptr, nullptr);
  if (child < 0)
    throw std::runtime_error("no terminal");
  if (child == 0) {
    ::setenv("XS3", XS3_PROGRAM, 1);
    ::execl("/bin/sh", "sh", "-c", command.c_str(), static_cast<char *>(nullptr));
    ::_exit(127);
  }
  Result result;
  char buffer[4096];
  for (ssize_t count; (count = ::read(terminal, buffer, sizeof buffer)) > 0;)
    result.out.append(buffer, static_cast<std::size_t>(count));
  int waited = 0;
  ::waitpid(child, &waited, 0);
  ::close(terminal);
  result.status = statusOf(waited);
  return result;
}

Folder::Folder() {
  std::string name = (std::filesystem::temp_directory_path() / "xs3_test_XXXXXX").string();
  if (!::mkdtemp(name.data()))
    throw std::runtime_error("no folder for the test");
  path_ = name;
}

Folder::~Folder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

std::string Folder::file(const std::string &name, const std::string &content) const {
  writeFile(path(name), std::string_view(content));
  return path(name);
}

std::vector<std::string> Folder::names() const {
  std::vector<std::string> names;
  for (const auto &entry : std::filesystem::directory_iterator(path_))
    names.push_back(entry.path().filename().string());
  std::sort(names.begin(), names.end());
  return names;
}

} // namespace xs3::cli::test
