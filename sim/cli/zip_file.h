// Files inside a zip file (.npz), and reading a part of a file from front to back.
#pragma once

#include <cstdint>
#include <fstream>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace xs3::cli {

/// A member of a zip file, as its directory lists it.
struct ZipMember {
  std::string name;
  std::uint64_t headerOffset = 0;
  std::uint64_t storedBytes = 0; ///< In the file.
  std::uint64_t bytes = 0;       ///< Inflated.
  std::uint32_t crc32 = 0;
  bool deflated = false;
};

/// The directory of a zip file. Throws Error naming the file: no zip, damaged, encrypted, another
/// method than stored or deflated, 4 GiB or more.
std::vector<ZipMember> readZipDirectory(const std::string &path);

/// Bytes of a file from front to back, inflated on the way where they are deflated: a large array
/// never is in memory at once.
class ByteStream {
public:
  /// A whole file.
  explicit ByteStream(const std::string &path);
  /// A member of a zip file.
  ByteStream(const std::string &zipPath, const ZipMember &member);
  ~ByteStream();
  ByteStream(ByteStream &&) noexcept;
  ByteStream &operator=(ByteStream &&) noexcept;

  /// All bytes, read and unread.
  std::uint64_t size() const { return size_; }
  std::uint64_t left() const { return left_; }
  /// The file, and the member in it: "data.npz(x.npy)".
  const std::string &name() const { return name_; }

  /// The next bytes; there must be as many left. At the end of a zip member its checksum is
  /// compared. Throws Error when the file is shorter than it promised or damaged.
  void read(std::span<std::uint8_t> to);

private:
  struct Inflater;

  void readStored(std::span<std::uint8_t> to);

  std::string name_;
  std::ifstream file_;
  std::uint64_t size_ = 0, left_ = 0;
  std::uint64_t storedLeft_ = 0;        ///< Deflated bytes that were not read yet.
  std::uint32_t crc_ = 0;               ///< Of what was read.
  std::optional<std::uint32_t> wanted_; ///< What the zip file says it must be.
  std::unique_ptr<Inflater> inflater_;  ///< Where the bytes are deflated.
};

} // namespace xs3::cli
