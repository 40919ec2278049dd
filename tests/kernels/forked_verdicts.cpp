#include "tests/kernels/forked_verdicts.h"

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <map>
#include <numeric>
#include <sstream>
#include <stdexcept>
#include <sys/wait.h>
#include <unistd.h>

namespace xs3::test {
namespace {

/// A verdict as lines of text: what a process tells its parent.
std::string written(const Verdict &verdict) {
  std::ostringstream text;
  text << static_cast<int>(verdict.kind) << '\n'
       << verdict.bytes << '\n'
       << verdict.slots << '\n'
       << verdict.compared << '\n'
       << verdict.vendor << '\n'
       << verdict.text << '\n';
  return text.str();
}

Verdict read(const std::string &text, int status) {
  std::istringstream lines(text);
  Verdict verdict;
  int kind = 0;
  lines >> kind >> verdict.bytes >> verdict.slots;
  lines.ignore();
  std::getline(lines, verdict.compared);
  std::getline(lines, verdict.vendor);
  std::getline(lines, verdict.text);
  if (lines && WIFEXITED(status) && WEXITSTATUS(status) == 0) {
    verdict.kind = static_cast<Verdict::Kind>(kind);
    return verdict;
  }
  verdict = {};
  verdict.text = WIFSIGNALED(status)
                     ? std::string("WRONG: ended by ") + strsignal(WTERMSIG(status))
                     : "WRONG: ended with status " + std::to_string(WEXITSTATUS(status));
  return verdict;
}

/// The processes at work.
class Team {
public:
  void begin(std::size_t number, const ModelFile &file, Effort effort) {
    int ends[2];
    if (::pipe(ends) != 0)
      throw std::runtime_error("no pipe");
    std::fflush(nullptr); // or the child would write it again
    const pid_t child = ::fork();
    if (child < 0)
      throw std::runtime_error("no process");
    if (child == 0) {
      const std::string text = written(examine(file, effort));
      // Shorter than a pipe holds, so it never waits for the parent.
      ::_exit(::write(ends[1], text.data(), text.size()) == static_cast<ssize_t>(text.size()) ? 0
                                                                                              : 1);
    }
    ::close(ends[1]);
    working_[child] = {number, ends[0]};
  }

  /// Waits for one to end: its file's number and verdict.
  std::pair<std::size_t, Verdict> finish() {
    int status = 0;
    const pid_t child = ::wait(&status);
    const Member member = working_.at(child);
    working_.erase(child);
    std::string text;
    char buffer[4096];
    for (ssize_t count; (count = ::read(member.pipe, buffer, sizeof buffer)) > 0;)
      text.append(buffer, static_cast<std::size_t>(count));
    ::close(member.pipe);
    return {member.number, read(text, status)};
  }

  std::size_t size() const { return working_.size(); }

private:
  struct Member {
    std::size_t number;
    int pipe;
  };
  std::map<pid_t, Member> working_;
};

} // namespace

std::vector<Verdict> forkedVerdicts(std::span<const ModelFile> files, Effort effort,
                                    unsigned jobs) {
  std::vector<std::size_t> order(files.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return files[a].bytes > files[b].bytes; });
  const bool onTerminal = ::isatty(STDERR_FILENO) == 1;
  std::vector<Verdict> verdicts(files.size());
  Team team;
  for (std::size_t begun = 0, finished = 0; finished < files.size(); ++finished) {
    for (; begun < files.size() && team.size() < jobs; ++begun)
      team.begin(order[begun], files[order[begun]], effort);
    const auto [number, verdict] = team.finish();
    verdicts[number] = verdict;
    if (onTerminal)
      std::fprintf(stderr, "\r%zu of %zu files%s", finished + 1, files.size(),
                   finished + 1 == files.size() ? "\r\033[K" : "");
  }
  return verdicts;
}

} // namespace xs3::test
