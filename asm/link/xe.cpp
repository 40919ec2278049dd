// The .xe container (isa/abi.md section 2): sectors of a type, a 64-bit length and a body with
// padding and a checksum.
#include "asm/link/program_file.h"

#include "asm/link/bytes.h"
#include "asm/link/text.h"
#include "base/error.h"

#include <algorithm>
#include <array>

namespace xs3::assembler {
namespace {

constexpr std::array<std::uint8_t, 4> kMagic{'X', 'M', 'O', 'S'};
constexpr std::uint16_t kVersion = 2;
constexpr std::size_t kContainerHeader = 8, kSectorHeader = 12;
/// A sector's length counts the padding field before the body and the checksum behind it.
constexpr std::uint64_t kBodyFrame = 8;

enum SectorType : std::uint16_t { kElf = 2, kNodeDescriptor = 4, kGoto = 5, kLast = 0x5555 };

/// CRC-32, reflected, polynomial 0xEDB88320: our choice, as abi.md names none.
std::uint32_t checksum(std::span<const std::uint8_t> bytes) {
  std::uint32_t crc = ~0u;
  for (const std::uint8_t byte : bytes) {
    crc ^= byte;
    for (int bit = 0; bit < 8; ++bit)
      crc = crc >> 1 ^ (crc & 1 ? 0xEDB88320u : 0);
  }
  return ~crc;
}

void appendSector(std::vector<std::uint8_t> &out, std::uint16_t type,
                  std::span<const std::uint8_t> body) {
  const std::size_t padding = (4 - body.size() % 4) % 4;
  appendLittleEndian<std::uint16_t>(out, type);
  appendLittleEndian<std::uint16_t>(out, 0);
  appendLittleEndian<std::uint64_t>(out, body.empty() ? 0 : body.size() + padding + kBodyFrame);
  if (body.empty())
    return;
  appendLittleEndian<std::uint32_t>(out, static_cast<std::uint32_t>(padding));
  out.insert(out.end(), body.begin(), body.end());
  out.resize(out.size() + padding);
  appendLittleEndian<std::uint32_t>(out, checksum(body));
}

/// The fields that name a tile at the beginning of an ELF, goto or call sector: u16 node, u16
/// tile, u64 address.
constexpr std::size_t kTargetBytes = 12;

std::vector<std::uint8_t> target(std::uint64_t address) {
  std::vector<std::uint8_t> bytes;
  appendLittleEndian<std::uint16_t>(bytes, 0);
  appendLittleEndian<std::uint16_t>(bytes, 0);
  appendLittleEndian<std::uint64_t>(bytes, address);
  return bytes;
}

struct Sector {
  std::uint16_t type = 0;
  std::span<const std::uint8_t> body;
};

class Reader {
public:
  Reader(std::span<const std::uint8_t> bytes, const std::string &fileName)
      : bytes_(bytes), fileName_(fileName), offset_(kContainerHeader) {
    if (bytes.size() < kContainerHeader)
      fail("the container's header is cut off");
    if (const auto version = littleEndian<std::uint16_t>(bytes, 4); version != kVersion)
      fail("this .xe container has version " + std::to_string(version) +
           "; only version 2 is supported");
  }

  Sector next() {
    if (bytes_.size() - offset_ < kSectorHeader)
      fail("the sector at offset " + hex(offset_) +
           " is cut off; every .xe ends with a sector of "
           "type 0x5555");
    const auto type = littleEndian<std::uint16_t>(bytes_, offset_);
    const auto length = littleEndian<std::uint64_t>(bytes_, offset_ + 4);
    const std::size_t begin = offset_ + kSectorHeader;
    if (length > bytes_.size() - begin)
      fail("the sector at offset " + hex(offset_) + " would have " + std::to_string(length) +
           " bytes, but the file ends after " + std::to_string(bytes_.size() - begin));
    const std::size_t at = offset_;
    offset_ = begin + static_cast<std::size_t>(length);
    if (length == 0)
      return {type, {}};
    const std::uint8_t padding = length < kBodyFrame ? std::uint8_t{0} : bytes_[begin];
    if (length < kBodyFrame + padding)
      fail("the sector at offset " + hex(at) + " is too short for its own padding");
    return {type,
            bytes_.subspan(begin + 4, static_cast<std::size_t>(length) - kBodyFrame - padding)};
  }

  [[noreturn]] void fail(const std::string &sentence) const {
    throw Error(fileName_ + ": error: " + sentence);
  }

private:
  std::span<const std::uint8_t> bytes_;
  const std::string &fileName_;
  std::size_t offset_;
};

} // namespace

bool isXe(std::span<const std::uint8_t> file) {
  return file.size() >= kMagic.size() && std::equal(kMagic.begin(), kMagic.end(), file.begin());
}

XeImage readXe(std::span<const std::uint8_t> bytes, const std::string &fileName, unsigned tile) {
  Reader reader(bytes, fileName);
  std::optional<XeImage> last;
  // A typical file holds two images for each tile: one that sets the tile up and is called, then
  // the program, which is started by a goto.
  for (Sector sector = reader.next(); sector.type != kLast; sector = reader.next()) {
    if (sector.type != kElf && sector.type != kGoto)
      continue;
    if (sector.body.size() < kTargetBytes)
      reader.fail("an image or start sector is too short to name its tile");
    if (littleEndian<std::uint16_t>(sector.body, 2) != tile)
      continue;
    if (sector.type == kElf)
      last = XeImage{sector.body.subspan(kTargetBytes), std::nullopt};
    else if (last) {
      const auto start = littleEndian<std::uint64_t>(sector.body, 4);
      if (start >> 32 != 0)
        reader.fail("the program of tile " + std::to_string(tile) + " would start at " +
                    hex(start) + ", which is no address");
      if (start != 0)
        last->start = static_cast<Address>(start);
    }
  }
  if (!last)
    reader.fail("there is no program for tile " + std::to_string(tile) + " in this .xe");
  return *last;
}

std::vector<std::uint8_t> writeXe(const Program &program) {
  std::vector<std::uint8_t> out(kMagic.begin(), kMagic.end());
  appendLittleEndian<std::uint16_t>(out, kVersion);
  appendLittleEndian<std::uint16_t>(out, 0);
  // Node 0; the number of an XS3 device is not known to us, so none is claimed.
  appendSector(out, kNodeDescriptor, std::vector<std::uint8_t>(8));
  std::vector<std::uint8_t> image = target(0);
  const auto elf = writeElf(program);
  image.insert(image.end(), elf.begin(), elf.end());
  appendSector(out, kElf, image);
  appendSector(out, kGoto, target(program.entry));
  appendSector(out, kLast, {});
  return out;
}

} // namespace xs3::assembler
