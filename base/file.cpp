// Whole files in, whole files out.
#include "base/file.h"

#include "base/error.h"

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <memory>
#include <optional>
#include <unistd.h>

namespace xs3 {
namespace {

struct Closer {
  void operator()(std::FILE *file) const { std::fclose(file); }
};
using File = std::unique_ptr<std::FILE, Closer>;

template <typename Container> Container readAll(const std::string &path) {
  const bool isStandardInput = path == "-";
  if (!isStandardInput && std::filesystem::is_directory(path))
    throw Error(path + ": error: this is a folder; a file is wanted here");
  File opened;
  std::FILE *file = stdin;
  if (!isStandardInput) {
    opened.reset(std::fopen(path.c_str(), "rb"));
    file = opened.get();
    if (!file)
      throw Error(path + ": error: cannot be read: " + std::strerror(errno));
  }
  Container content;
  char buffer[1 << 16];
  while (const std::size_t count = std::fread(buffer, 1, sizeof buffer, file))
    content.insert(content.end(), buffer, buffer + count);
  if (std::ferror(file))
    throw Error(path + ": error: cannot be read: " + std::strerror(errno));
  return content;
}

void writeAll(std::FILE *file, const std::string &path, std::span<const std::uint8_t> bytes) {
  // Of no bytes fwrite must not even be told where they are.
  const bool written =
      bytes.empty() || std::fwrite(bytes.data(), 1, bytes.size(), file) == bytes.size();
  if (!written || std::fflush(file) != 0)
    throw Error(path + ": error: cannot be written: " + std::strerror(errno));
}

/// Whether the path names something that a rename must not replace: a device, a pipe.
bool isSpecialFile(const std::string &path) {
  std::error_code error;
  const auto status = std::filesystem::status(path, error);
  return !error && std::filesystem::exists(status) && !std::filesystem::is_regular_file(status);
}

/// Holds back the signals that end a process (Ctrl-C, a closed terminal) while a temporary file
/// exists: they arrive once the file is whole, or gone.
class SignalsHeld {
public:
  SignalsHeld() {
    sigset_t ending;
    sigemptyset(&ending);
    for (const int signal : {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGPIPE})
      sigaddset(&ending, signal);
    pthread_sigmask(SIG_BLOCK, &ending, &before_);
  }
  ~SignalsHeld() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }
  SignalsHeld(const SignalsHeld &) = delete;
  SignalsHeld &operator=(const SignalsHeld &) = delete;

private:
  sigset_t before_;
};

} // namespace

std::vector<std::uint8_t> readFile(const std::string &path) {
  return readAll<std::vector<std::uint8_t>>(path);
}

std::string readTextFile(const std::string &path) { return readAll<std::string>(path); }

void writeFile(const std::string &path, std::span<const std::uint8_t> bytes) {
  if (path == "-")
    return writeAll(stdout, "standard output", bytes);
  const bool inPlace = isSpecialFile(path);
  std::optional<SignalsHeld> held;
  if (!inPlace)
    held.emplace();
  const std::string temporary = inPlace ? path : path + ".part" + std::to_string(::getpid());
  try {
    File file(std::fopen(temporary.c_str(), "wb"));
    if (!file)
      throw Error(path + ": error: cannot be written: " + std::strerror(errno));
    writeAll(file.get(), path, bytes);
    if (std::fclose(file.release()) != 0 ||
        (!inPlace && std::rename(temporary.c_str(), path.c_str()) != 0))
      throw Error(path + ": error: cannot be written: " + std::strerror(errno));
  } catch (...) {
    if (!inPlace)
      std::remove(temporary.c_str());
    throw;
  }
}

void writeFile(const std::string &path, std::string_view text) {
  writeFile(path, std::span(reinterpret_cast<const std::uint8_t *>(text.data()), text.size()));
}

} // namespace xs3
