#include "tests/kernels/model_files.h"

#include "base/error.h"
#include "base/file.h"
#include "kernels/compiler/import/import.h"

#include <cmath>
#include <cstring>
#include <iomanip>
#include <sstream>
#include <stdexcept>
#include <zlib.h>

namespace xs3::test {
namespace {

using compiler::Bytes;
using compiler::ElementType;

template <typename T> T littleEndian(const Bytes &bytes, std::size_t offset) {
  T value;
  if (offset + sizeof value > bytes.size())
    throw std::runtime_error("npz: cut off");
  std::memcpy(&value, bytes.data() + offset, sizeof value);
  return value;
}

Bytes inflated(std::span<const std::uint8_t> packed, std::size_t size) {
  Bytes content(size);
  z_stream stream{};
  stream.next_in = const_cast<Bytef *>(packed.data());
  stream.avail_in = static_cast<uInt>(packed.size());
  stream.next_out = content.data();
  stream.avail_out = static_cast<uInt>(content.size());
  if (inflateInit2(&stream, -MAX_WBITS) != Z_OK)
    throw std::runtime_error("npz: zlib");
  const int status = inflate(&stream, Z_FINISH);
  inflateEnd(&stream);
  if (status != Z_STREAM_END)
    throw std::runtime_error("npz: damaged");
  return content;
}

/// What follows the header of a .npy file.
Bytes arrayOf(const Bytes &npy) {
  const bool isVersion1 = npy.at(6) == 1;
  const std::size_t header = isVersion1 ? 10 + littleEndian<std::uint16_t>(npy, 8)
                                        : 12 + littleEndian<std::uint32_t>(npy, 8);
  return {npy.begin() + static_cast<std::ptrdiff_t>(header), npy.end()};
}

template <typename T> std::string element(const Bytes &bytes, std::size_t index) {
  const T value = littleEndian<T>(bytes, index * sizeof(T));
  return sizeof(T) == 1 ? std::to_string(static_cast<int>(value)) : std::to_string(value);
}

std::string element(const Bytes &bytes, std::size_t index, ElementType type) {
  switch (type) {
  case ElementType::Float32:
    return element<float>(bytes, index);
  case ElementType::Int32:
    return element<std::int32_t>(bytes, index);
  default:
    return element<std::int8_t>(bytes, index);
  }
}

} // namespace

std::filesystem::path bundled(const std::string &name) {
  return std::filesystem::path(XS3_SOURCE_DIR) / "kernels" / "models" / name;
}

std::filesystem::path shared(const std::string &name) {
  return std::filesystem::path(XS3_SOURCE_DIR) / ".." / "shared" / "models" / name;
}

compiler::Network load(const std::filesystem::path &path) {
  return compiler::importNetwork(bytesOf(path), path.filename().string());
}

std::string refusal(std::span<const std::uint8_t> file) {
  try {
    compiler::importNetwork(file, "x.tflite");
  } catch (const Error &error) {
    return error.what();
  }
  return {};
}

Bytes bytesOf(const std::filesystem::path &path) { return readFile(path.string()); }

std::map<std::string, Bytes> readNpz(const std::filesystem::path &path) {
  const Bytes zip = bytesOf(path);
  constexpr std::size_t kEndRecord = 22; // without a comment, as numpy writes it
  const std::size_t end = zip.size() - kEndRecord;
  if (zip.size() < kEndRecord || littleEndian<std::uint32_t>(zip, end) != 0x06054b50)
    throw std::runtime_error(path.string() + ": no zip file");
  std::map<std::string, Bytes> arrays;
  std::size_t entry = littleEndian<std::uint32_t>(zip, end + 16);
  for (int i = littleEndian<std::uint16_t>(zip, end + 10); i > 0; --i) {
    const auto method = littleEndian<std::uint16_t>(zip, entry + 10);
    const std::size_t packedSize = littleEndian<std::uint32_t>(zip, entry + 20);
    const std::size_t size = littleEndian<std::uint32_t>(zip, entry + 24);
    const std::size_t nameSize = littleEndian<std::uint16_t>(zip, entry + 28);
    const std::size_t local = littleEndian<std::uint32_t>(zip, entry + 42);
    const std::string name(reinterpret_cast<const char *>(zip.data()) + entry + 46, nameSize);
    const std::size_t content = local + 30 + littleEndian<std::uint16_t>(zip, local + 26) +
                                littleEndian<std::uint16_t>(zip, local + 28);
    const auto packed = std::span(zip).subspan(content, packedSize);
    const Bytes npy = method == 0 ? Bytes(packed.begin(), packed.end()) : inflated(packed, size);
    arrays[name.substr(0, name.rfind(".npy"))] = arrayOf(npy);
    entry += 46 + nameSize + littleEndian<std::uint16_t>(zip, entry + 30) +
             littleEndian<std::uint16_t>(zip, entry + 32);
  }
  return arrays;
}

std::string crc32Of(const Bytes &bytes) {
  std::ostringstream text;
  text << std::hex << std::setw(8) << std::setfill('0')
       << crc32(0, bytes.data(), static_cast<uInt>(bytes.size()));
  return text.str();
}

/// Which of the many NaNs an operation gives differs between processors.
static bool isNan(const Bytes &floats, std::size_t index) {
  float value = 0;
  std::memcpy(&value, &floats[index * sizeof value], sizeof value);
  return std::isnan(value);
}

std::string firstDifference(const Bytes &got, const Bytes &expected, ElementType type) {
  if (got.size() != expected.size())
    return std::to_string(got.size()) + " bytes, not " + std::to_string(expected.size());
  const std::size_t width = compiler::elementBytes(type);
  std::size_t differing = 0, first = 0;
  for (std::size_t i = 0; i < got.size() / width; ++i)
    if (std::memcmp(&got[i * width], &expected[i * width], width) != 0 &&
        !(type == ElementType::Float32 && isNan(got, i) && isNan(expected, i)) && differing++ == 0)
      first = i;
  if (differing == 0)
    return "";
  return std::to_string(differing) + " elements differ; the first is " + std::to_string(first) +
         ": " + element(got, first, type) + ", not " + element(expected, first, type);
}

} // namespace xs3::test
