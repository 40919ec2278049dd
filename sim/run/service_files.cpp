// Files on a POSIX host.
#include "sim/run/service_files.h"

#include <algorithm>
#include <fcntl.h>
#include <unistd.h>

namespace xs3::sim {

namespace fs = std::filesystem;

namespace {

constexpr Word kFailed = ~Word{0};
constexpr std::size_t kMostOpen = 256;

/// The program's flags (c-programs.md section 10) as the host's.
int hostFlags(Word flags) {
  int host = O_CLOEXEC;
  if ((flags & 4) != 0 || (flags & 3) == 3)
    host |= O_RDWR;
  else if ((flags & 2) != 0)
    host |= O_WRONLY;
  else
    host |= O_RDONLY;
  host |= (flags & 0x100) != 0 ? O_CREAT : 0;
  host |= (flags & 0x200) != 0 ? O_TRUNC : 0;
  host |= (flags & 0x800) != 0 ? O_APPEND : 0;
  return host;
}

} // namespace

HostServices::Files::Files(const std::optional<std::string> &folder) {
  std::error_code failed;
  if (folder)
    folder_ = fs::weakly_canonical(*folder, failed);
}

HostServices::Files::~Files() {
  for (const auto &[descriptor, host] : open_)
    ::close(host);
}

std::optional<fs::path> HostServices::Files::resolve(const std::string &path) const {
  if (!folder_ || path.empty())
    return std::nullopt;
  std::error_code failed;
  const fs::path whole = fs::weakly_canonical(*folder_ / path, failed);
  const auto end = std::ranges::mismatch(*folder_, whole).in1;
  if (failed || end != folder_->end())
    return std::nullopt;
  return whole;
}

Word HostServices::Files::open(const std::string &path, Word flags, Word mode) {
  const auto host = resolve(path);
  std::error_code failed;
  if (!host || open_.size() >= kMostOpen ||
      (fs::exists(*host, failed) && !fs::is_regular_file(*host, failed)))
    return kFailed;
  const auto rights = static_cast<mode_t>(mode != 0 ? mode & 0700 : 0600);
  const int opened = ::open(host->c_str(), hostFlags(flags), rights);
  if (opened < 0)
    return kFailed;
  Word descriptor = 3;
  while (open_.contains(descriptor))
    ++descriptor;
  open_[descriptor] = opened;
  return descriptor;
}

bool HostServices::Files::close(Word descriptor) {
  const auto file = open_.find(descriptor);
  if (file == open_.end())
    return descriptor <= 2; // The standard streams stay open; closing them does no harm.
  ::close(file->second);
  open_.erase(file);
  return true;
}

Word HostServices::Files::read(Word descriptor, std::span<std::uint8_t> bytes) {
  const auto file = open_.find(descriptor);
  if (file == open_.end())
    return kFailed;
  return static_cast<Word>(::read(file->second, bytes.data(), bytes.size()));
}

Word HostServices::Files::write(Word descriptor, std::span<const std::uint8_t> bytes) {
  const auto file = open_.find(descriptor);
  if (file == open_.end())
    return kFailed;
  return static_cast<Word>(::write(file->second, bytes.data(), bytes.size()));
}

Word HostServices::Files::seek(Word descriptor, std::int32_t offset, Word whence) {
  const auto file = open_.find(descriptor);
  if (file == open_.end() || whence > 2)
    return kFailed;
  const int from = whence == 0 ? SEEK_SET : whence == 1 ? SEEK_CUR : SEEK_END;
  return static_cast<Word>(::lseek(file->second, offset, from));
}

bool HostServices::Files::rename(const std::string &from, const std::string &to) {
  const auto source = resolve(from), target = resolve(to);
  std::error_code failed;
  if (!source || !target)
    return false;
  fs::rename(*source, *target, failed);
  return !failed;
}

bool HostServices::Files::remove(const std::string &path) {
  const auto host = resolve(path);
  std::error_code failed;
  return host && fs::is_regular_file(*host, failed) && fs::remove(*host, failed);
}

} // namespace xs3::sim
