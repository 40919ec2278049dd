#include "sim/cli/wave_file.h"

#include "base/error.h"
#include "base/file.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace xs3::cli {
namespace {

using Bytes = std::span<const std::uint8_t>;

constexpr unsigned kPcm = 1;
constexpr unsigned kExtensible = 0xfffe; ///< The real format stands at byte 24 of the chunk.
constexpr std::size_t kExtensibleBytes = 40;

std::uint32_t little(Bytes bytes, std::size_t at, unsigned count) {
  std::uint32_t value = 0;
  for (unsigned i = 0; i < count; ++i)
    value |= std::uint32_t{bytes[at + i]} << (8 * i);
  return value;
}

std::string_view name(Bytes bytes, std::size_t at) {
  return {reinterpret_cast<const char *>(bytes.data()) + at, 4};
}

[[noreturn]] void fail(const std::string &path, const std::string &what) {
  throw Error(path + ": error: " + what);
}

struct Chunks {
  std::optional<Bytes> format, samples;
};

Chunks readChunks(Bytes file, const std::string &path) {
  if (file.size() < 12 || name(file, 0) != "RIFF" || name(file, 8) != "WAVE")
    fail(path, "this is no WAV file");
  Chunks chunks;
  for (Bytes rest = file.subspan(12); rest.size() >= 8;) {
    const std::uint32_t size = little(rest, 4, 4);
    if (size > rest.size() - 8)
      fail(path, "the WAV file is damaged: its chunk '" + std::string(name(rest, 0)) +
                     "' promises more bytes than there are");
    if (name(rest, 0) == "fmt ")
      chunks.format = rest.subspan(8, size);
    else if (name(rest, 0) == "data")
      chunks.samples = rest.subspan(8, size);
    rest = rest.subspan(std::min<std::size_t>(rest.size(), 8 + std::size_t{size} + size % 2));
  }
  if (!chunks.format || chunks.format->size() < 16 || !chunks.samples)
    fail(path, "the WAV file is damaged: it lacks its format or its samples");
  return chunks;
}

void checkFormat(Bytes format, const std::string &path) {
  unsigned encoding = little(format, 0, 2);
  if (encoding == kExtensible && format.size() >= kExtensibleBytes)
    encoding = little(format, 24, 2);
  const unsigned channels = little(format, 2, 2), rate = little(format, 4, 4),
                 bits = little(format, 14, 2);
  if (encoding == kPcm && channels == 1 && rate == kWaveRate && bits == 16)
    return;
  fail(path, "the sound is " + std::to_string(bits) + "-bit " +
                 (encoding == kPcm ? "PCM" : "of encoding " + std::to_string(encoding)) + ", " +
                 std::to_string(channels) + (channels == 1 ? " channel, " : " channels, ") +
                 std::to_string(rate) +
                 " Hz; 16-bit PCM of 1 channel at 16000 Hz is wanted; convert it with a sound "
                 "program first");
}

} // namespace

std::vector<float> readWave(const std::string &path) {
  const std::vector<std::uint8_t> file = readFile(path);
  const Chunks chunks = readChunks(file, path);
  checkFormat(*chunks.format, path);
  const Bytes samples = *chunks.samples;
  if (samples.size() != 2 * kWaveSamples)
    fail(path, "the sound has " + std::to_string(samples.size() / 2) +
                   " samples, and one second of 16000 is wanted; cut or pad it with a sound "
                   "program first");
  std::vector<float> values(kWaveSamples);
  for (std::size_t i = 0; i < values.size(); ++i)
    values[i] = static_cast<float>(static_cast<std::int16_t>(little(samples, 2 * i, 2))) / 32768;
  return values;
}

} // namespace xs3::cli
