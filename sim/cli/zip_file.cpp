// The format: APPNOTE.TXT 6.3 of PKWARE, sections 4.3.7, 4.3.12, 4.3.16.
#include "sim/cli/zip_file.h"

#include "base/error.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <zlib.h>

namespace xs3::cli {
namespace {

constexpr std::uint32_t kLocalHeader = 0x04034b50, kDirectoryEntry = 0x02014b50,
                        kDirectoryEnd = 0x06054b50;
constexpr std::size_t kLocalHeaderBytes = 30, kEntryBytes = 46, kEndBytes = 22;
constexpr std::size_t kMostCommentBytes = 65'535;
constexpr std::uint32_t kInZip64 = 0xffffffff;

using Bytes = std::vector<std::uint8_t>;

[[noreturn]] void fail(const std::string &path, const std::string &what) {
  throw Error(path + ": error: " + what);
}

[[noreturn]] void failDamaged(const std::string &path) {
  fail(path, "the zip file is damaged or cut short; make it again with numpy.savez");
}

std::uint32_t little(std::span<const std::uint8_t> bytes, std::size_t at, unsigned count) {
  std::uint32_t value = 0;
  for (unsigned i = 0; i < count; ++i)
    value |= std::uint32_t{bytes[at + i]} << (8 * i);
  return value;
}

std::ifstream open(const std::string &path) {
  std::error_code ignored;
  if (std::filesystem::is_directory(path, ignored))
    fail(path, "this is a folder, not a file");
  errno = 0;
  std::ifstream file(path, std::ios::binary);
  if (!file)
    fail(path, std::string("cannot be read: ") +
                   (errno ? std::strerror(errno) : "the file cannot be opened"));
  return file;
}

std::uint64_t sizeOf(std::ifstream &file) {
  file.seekg(0, std::ios::end);
  return static_cast<std::uint64_t>(file.tellg());
}

/// Bytes of the file from `offset` on.
Bytes piece(std::ifstream &file, const std::string &path, std::uint64_t offset,
            std::uint64_t count) {
  Bytes bytes(count);
  file.clear();
  file.seekg(static_cast<std::streamoff>(offset));
  file.read(reinterpret_cast<char *>(bytes.data()), static_cast<std::streamsize>(count));
  if (!file)
    failDamaged(path);
  return bytes;
}

struct Directory {
  std::uint64_t offset = 0, bytes = 0;
  unsigned members = 0;
};

/// The end record stands at the file's end, before a comment.
Directory findDirectory(std::ifstream &file, const std::string &path) {
  const std::uint64_t size = sizeOf(file);
  const std::uint64_t tail = std::min<std::uint64_t>(size, kEndBytes + kMostCommentBytes);
  const Bytes bytes = piece(file, path, size - tail, tail);
  for (std::size_t at = bytes.size() + 1; at-- > kEndBytes;) {
    const std::size_t begin = at - kEndBytes;
    if (little(bytes, begin, 4) != kDirectoryEnd ||
        little(bytes, begin + 20, 2) != bytes.size() - at)
      continue;
    const Directory found{little(bytes, begin + 16, 4), little(bytes, begin + 12, 4),
                          little(bytes, begin + 10, 2)};
    if (found.offset > size || found.bytes > size - found.offset)
      failDamaged(path);
    return found;
  }
  fail(path, "this is no .npz file (a zip file of arrays); make it with numpy.savez");
}

ZipMember readMember(std::span<const std::uint8_t> entry, const std::string &path) {
  if (entry.size() < kEntryBytes || little(entry, 0, 4) != kDirectoryEntry ||
      entry.size() < kEntryBytes + little(entry, 28, 2))
    failDamaged(path);
  ZipMember member;
  member.name.assign(reinterpret_cast<const char *>(entry.data()) + kEntryBytes,
                     little(entry, 28, 2));
  member.headerOffset = little(entry, 42, 4);
  member.storedBytes = little(entry, 20, 4);
  member.bytes = little(entry, 24, 4);
  member.crc32 = little(entry, 16, 4);
  const unsigned flags = little(entry, 8, 2), method = little(entry, 10, 2);
  if (flags & 1)
    fail(path, "'" + member.name + "' in it is encrypted");
  if (method != 0 && method != 8)
    fail(path, "'" + member.name + "' in it is packed by method " + std::to_string(method) +
                   ", and only stored and deflated ones are read");
  if (member.headerOffset == kInZip64 || member.storedBytes == kInZip64 || member.bytes == kInZip64)
    fail(path, "'" + member.name + "' in it has 4 GiB or more, which is too large");
  member.deflated = method == 8;
  return member;
}

} // namespace

std::vector<ZipMember> readZipDirectory(const std::string &path) {
  std::ifstream file = open(path);
  const Directory directory = findDirectory(file, path);
  const Bytes bytes = piece(file, path, directory.offset, directory.bytes);
  std::vector<ZipMember> members;
  std::span<const std::uint8_t> rest = bytes;
  for (unsigned i = 0; i < directory.members; ++i) {
    members.push_back(readMember(rest, path));
    const std::size_t length =
        kEntryBytes + little(rest, 28, 2) + little(rest, 30, 2) + little(rest, 32, 2);
    rest = rest.subspan(std::min(rest.size(), length));
  }
  return members;
}

struct ByteStream::Inflater {
  Inflater() {
    if (inflateInit2(&stream, -MAX_WBITS) != Z_OK) // No header of zlib's own: zip has another.
      throw std::bad_alloc();
  }
  ~Inflater() { inflateEnd(&stream); }

  z_stream stream{};
  std::array<std::uint8_t, 1 << 15> packed;
};

ByteStream::ByteStream(const std::string &path) : name_(path), file_(open(path)) {
  size_ = left_ = sizeOf(file_);
  file_.seekg(0);
}

ByteStream::ByteStream(const std::string &zipPath, const ZipMember &member)
    : name_(zipPath + "(" + member.name + ")"), file_(open(zipPath)), size_(member.bytes),
      left_(member.bytes), storedLeft_(member.storedBytes), wanted_(member.crc32) {
  const Bytes header = piece(file_, zipPath, member.headerOffset, kLocalHeaderBytes);
  if (little(header, 0, 4) != kLocalHeader || (!member.deflated && storedLeft_ != size_))
    failDamaged(zipPath);
  file_.seekg(static_cast<std::streamoff>(member.headerOffset + kLocalHeaderBytes +
                                          little(header, 26, 2) + little(header, 28, 2)));
  if (member.deflated)
    inflater_ = std::make_unique<Inflater>();
}

ByteStream::~ByteStream() = default;
ByteStream::ByteStream(ByteStream &&) noexcept = default;
ByteStream &ByteStream::operator=(ByteStream &&) noexcept = default;

void ByteStream::readStored(std::span<std::uint8_t> to) {
  file_.read(reinterpret_cast<char *>(to.data()), static_cast<std::streamsize>(to.size()));
  if (!file_)
    fail(name_, "it ends too early");
}

void ByteStream::read(std::span<std::uint8_t> to) {
  if (to.empty())
    return;
  if (to.size() > left_)
    fail(name_, "it ends too early");
  if (!inflater_) {
    readStored(to);
  } else {
    z_stream &stream = inflater_->stream;
    stream.next_out = to.data();
    stream.avail_out = static_cast<uInt>(to.size());
    while (stream.avail_out > 0) {
      if (stream.avail_in == 0) {
        const std::size_t count = std::min<std::uint64_t>(storedLeft_, inflater_->packed.size());
        readStored(std::span(inflater_->packed).first(count));
        storedLeft_ -= count;
        stream.next_in = inflater_->packed.data();
        stream.avail_in = static_cast<uInt>(count);
      }
      const int status = inflate(&stream, Z_NO_FLUSH);
      if ((status != Z_OK && status != Z_STREAM_END) ||
          (status == Z_STREAM_END && stream.avail_out > 0))
        fail(name_, "it is damaged: what is packed there cannot be unpacked");
    }
  }
  left_ -= to.size();
  crc_ = static_cast<std::uint32_t>(::crc32(crc_, to.data(), static_cast<uInt>(to.size())));
  if (left_ == 0 && wanted_ && *wanted_ != crc_)
    fail(name_, "it is damaged: its checksum is wrong");
}

} // namespace xs3::cli
