#include "tests/cli/made_files.h"

#include <algorithm>
#include <stdexcept>
#include <zlib.h>

namespace xs3::cli::test {
namespace {

std::string little(std::uint64_t value, unsigned bytes) {
  std::string text;
  for (unsigned i = 0; i < bytes; ++i)
    text += static_cast<char>(value >> (8 * i) & 0xff);
  return text;
}

std::string big(std::uint32_t value) {
  std::string text = little(value, 4);
  std::reverse(text.begin(), text.end());
  return text;
}

const Bytef *bytes(const std::string &text) { return reinterpret_cast<const Bytef *>(text.data()); }

std::uint32_t checksum(const std::string &text) {
  return static_cast<std::uint32_t>(::crc32(0, bytes(text), static_cast<uInt>(text.size())));
}

/// `windowBits` below zero: without zlib's own header.
std::string packed(const std::string &text, int windowBits) {
  z_stream stream{};
  if (deflateInit2(&stream, 9, Z_DEFLATED, windowBits, 8, Z_DEFAULT_STRATEGY) != Z_OK)
    throw std::runtime_error("zlib");
  std::string out(deflateBound(&stream, text.size()), '\0');
  stream.next_in = const_cast<Bytef *>(bytes(text));
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef *>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  deflate(&stream, Z_FINISH);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

std::string chunk(const std::string &kind, const std::string &content) {
  const std::string covered = kind + content;
  return big(static_cast<std::uint32_t>(content.size())) + covered + big(checksum(covered));
}

} // namespace

std::string zipFile(const std::vector<std::pair<std::string, std::string>> &members,
                    bool deflated) {
  std::string file, directory;
  for (const auto &[name, content] : members) {
    const std::string stored = deflated ? packed(content, -MAX_WBITS) : content;
    // Version, flags, method, time, date, checksum, sizes, name's length, no extra field.
    const std::string common = little(20, 2) + little(0, 2) + little(deflated ? 8 : 0, 2) +
                               little(0, 4) + little(checksum(content), 4) +
                               little(stored.size(), 4) + little(content.size(), 4) +
                               little(name.size(), 2) + little(0, 2);
    directory +=
        "PK\1\2" + little(20, 2) + common + std::string(10, '\0') + little(file.size(), 4) + name;
    file += "PK\3\4" + common + name + stored;
  }
  return file + directory + "PK\5\6" + little(0, 4) + little(members.size(), 2) +
         little(members.size(), 2) + little(directory.size(), 4) + little(file.size(), 4) +
         little(0, 2);
}

std::string npzFile(const std::vector<std::pair<std::string, Array>> &arrays, bool deflated) {
  std::vector<std::pair<std::string, std::string>> members;
  for (const auto &[name, array] : arrays) {
    const std::vector<std::uint8_t> npy = formatNpy(array);
    members.emplace_back(name + ".npy", std::string(npy.begin(), npy.end()));
  }
  return zipFile(members, deflated);
}

std::string pngFile(std::uint32_t width, std::uint32_t height, unsigned depth, PngColour colour,
                    const std::vector<std::string> &rows) {
  std::string lines;
  for (const std::string &row : rows)
    lines += '\0' + row; // Filter 0: as it is.
  std::string file =
      "\x89PNG\r\n\x1a\n" + chunk("IHDR", big(width) + big(height) + static_cast<char>(depth) +
                                              static_cast<char>(colour) + std::string(3, '\0'));
  if (colour == PngColour::Palette)
    file += chunk("PLTE", "\1\2\3\4\5\6");
  return file + chunk("IDAT", packed(lines, MAX_WBITS)) + chunk("IEND", "");
}

std::string waveFile(const std::vector<std::int16_t> &samples, const WaveKind &kind) {
  std::string sound;
  for (const std::int16_t sample : samples)
    sound += little(static_cast<std::uint16_t>(sample), 2);
  const unsigned frame = kind.channels * kind.bits / 8;
  const std::string format = little(kind.encoding, 2) + little(kind.channels, 2) +
                             little(kind.rate, 4) + little(std::uint64_t{kind.rate} * frame, 4) +
                             little(frame, 2) + little(kind.bits, 2);
  // A chunk of another program stands between, with an odd length and its padding.
  const std::string chunks = "WAVEfmt " + little(format.size(), 4) + format + "LIST" +
                             little(3, 4) + "abc" + std::string(1, '\0') + "data" +
                             little(sound.size(), 4) + sound;
  return "RIFF" + little(chunks.size(), 4) + chunks;
}

} // namespace xs3::cli::test
