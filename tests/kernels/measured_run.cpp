#include "tests/kernels/measured_run.h"

#include "base/file.h"
#include "tests/cli/cli_run.h"

#include <fcntl.h>
#include <stdexcept>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

namespace xs3::test {
namespace {

double seconds(const timeval &time) {
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) * 1e-6;
}

void redirect(const std::string &path, int to) {
  const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
  if (file < 0 || ::dup2(file, to) < 0)
    ::_exit(127);
}

/// In the child: never returns.
[[noreturn]] void become(const std::vector<std::string> &command, std::uint64_t mostBytes,
                         const std::string &out, const std::string &err) {
  redirect(out, STDOUT_FILENO);
  redirect(err, STDERR_FILENO);
  const rlimit limit{mostBytes, mostBytes};
  if (mostBytes != 0 && ::setrlimit(RLIMIT_AS, &limit) != 0)
    ::_exit(127);
  std::vector<char *> arguments;
  for (const std::string &word : command)
    arguments.push_back(const_cast<char *>(word.c_str()));
  arguments.push_back(nullptr);
  ::execv(arguments[0], arguments.data());
  ::_exit(127);
}

} // namespace

MeasuredRun measured(const std::vector<std::string> &command, std::uint64_t mostBytes) {
  const cli::test::Folder folder;
  const std::string out = folder.path("out"), err = folder.path("err");
  const pid_t child = ::fork();
  if (child < 0)
    throw std::runtime_error("no process");
  if (child == 0)
    become(command, mostBytes, out, err);
  int status = 0;
  rusage used{};
  if (::wait4(child, &status, 0, &used) != child)
    throw std::runtime_error("no end of " + command[0]);
  MeasuredRun run;
  run.status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  run.out = readTextFile(out);
  run.err = readTextFile(err);
  run.cpuSeconds = seconds(used.ru_utime) + seconds(used.ru_stime);
  run.peakBytes = static_cast<std::uint64_t>(used.ru_maxrss) * 1024;
  return run;
}

} // namespace xs3::test
