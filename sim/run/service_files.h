// The files that a simulated program has open: inside one folder of the host, or none at all.
#pragma once

#include "sim/run/services.h"

#include <filesystem>
#include <map>

namespace xs3::sim {

/// Failure is ~0 or false. Descriptors begin at 3.
class HostServices::Files {
public:
  explicit Files(const std::optional<std::string> &folder);
  ~Files();
  Files(const Files &) = delete;
  Files &operator=(const Files &) = delete;

  Word open(const std::string &path, Word flags, Word mode);
  bool close(Word descriptor);
  Word read(Word descriptor, std::span<std::uint8_t> bytes);
  Word write(Word descriptor, std::span<const std::uint8_t> bytes);
  /// The new position. `whence`: 0 from the start, 1 from here, 2 from the end.
  Word seek(Word descriptor, std::int32_t offset, Word whence);
  bool rename(const std::string &from, const std::string &to);
  bool remove(const std::string &path);

private:
  /// The host's path, unless it leaves the folder.
  std::optional<std::filesystem::path> resolve(const std::string &path) const;

  std::optional<std::filesystem::path> folder_;
  std::map<Word, int> open_; ///< The host's descriptor by the program's.
};

} // namespace xs3::sim
