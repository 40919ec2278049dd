// Archives of objects: an 8-byte magic, then members with 60-byte headers of text fields, each
// member on an even offset. Member "/" is the symbol index, "//" holds names over 15 characters.
#include "asm/link/archive.h"

#include "asm/link/elf.h"
#include "asm/link/text.h"
#include "base/error.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <optional>
#include <string_view>

namespace xs3::assembler {
namespace {

constexpr std::string_view kMagic = "!<arch>\n", kThinMagic = "!<thin>\n";
constexpr std::size_t kHeaderBytes = 60;

std::string_view textOf(std::span<const std::uint8_t> bytes) {
  return {reinterpret_cast<const char *>(bytes.data()), bytes.size()};
}

std::string_view trimmed(std::string_view text) {
  const auto end = text.find_last_not_of(' ');
  return end == std::string_view::npos ? std::string_view() : text.substr(0, end + 1);
}

std::optional<std::size_t> decimal(std::string_view text) {
  std::size_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size())
    return std::nullopt;
  return value;
}

std::uint32_t bigEndian(std::span<const std::uint8_t> bytes, std::size_t offset) {
  return static_cast<std::uint32_t>(bytes[offset]) << 24 |
         static_cast<std::uint32_t>(bytes[offset + 1]) << 16 |
         static_cast<std::uint32_t>(bytes[offset + 2]) << 8 | bytes[offset + 3];
}

/// The names of the global and weak symbols that an object defines.
std::vector<std::string> definedSymbols(const ArchiveMember &member, const std::string &fileName) {
  const elf::File file(member.bytes, fileName + "(" + member.name + ")", elf::kRelocatable);
  std::vector<std::string> names;
  for (const elf::Symbol &symbol : file.symbols())
    if (symbol.binding != elf::kLocal && symbol.section != elf::kUndefined)
      names.emplace_back(symbol.name);
  return names;
}

class Reader {
public:
  Reader(std::span<const std::uint8_t> bytes, const std::string &fileName)
      : bytes_(bytes), fileName_(fileName) {}

  Archive read() {
    for (std::size_t offset = kMagic.size(); offset < bytes_.size();)
      offset = readMember(offset);
    if (indexBytes_)
      readIndex(*indexBytes_);
    else
      makeIndex();
    return std::move(archive_);
  }

private:
  /// Reads the member at `offset`; gives the next one's offset.
  std::size_t readMember(std::size_t offset) {
    if (bytes_.size() - offset < kHeaderBytes)
      fail(offset, "its header is cut off");
    const auto header = textOf(bytes_.subspan(offset, kHeaderBytes));
    if (header.substr(58) != "`\n")
      fail(offset, "there is no member header here");
    const auto size = decimal(trimmed(header.substr(48, 10)));
    if (!size)
      fail(offset, "its size is no number");
    const std::size_t begin = offset + kHeaderBytes;
    if (*size > bytes_.size() - begin)
      fail(offset, "it would have " + std::to_string(*size) + " bytes, but the file ends after " +
                       std::to_string(bytes_.size() - begin));
    const auto content = bytes_.subspan(begin, *size);
    const auto name = trimmed(header.substr(0, 16));
    if (name == "/")
      indexBytes_ = content;
    else if (name == "//")
      longNames_ = textOf(content);
    else {
      memberAt_[offset] = archive_.members.size();
      archive_.members.push_back({memberName(name, offset), content});
    }
    return begin + *size + (*size & 1);
  }

  std::string memberName(std::string_view name, std::size_t offset) const {
    if (name.starts_with("/")) {
      const auto place = decimal(name.substr(1));
      if (!place || *place >= longNames_.size())
        fail(offset, "its name lies outside the table of long names");
      const auto rest = longNames_.substr(*place);
      name = rest.substr(0, rest.find('\n'));
    }
    if (name.ends_with("/"))
      name.remove_suffix(1);
    return printable(name);
  }

  void readIndex(std::span<const std::uint8_t> index) {
    const std::size_t count = index.size() < 4 ? 0 : bigEndian(index, 0);
    if (index.size() < 4 || count > (index.size() - 4) / 4)
      throw Error(fileName_ + ": error: the archive's symbol index is cut off or damaged");
    std::string_view names = textOf(index.subspan(4 + 4 * count));
    for (std::size_t i = 0; i < count; ++i) {
      const auto end = names.find('\0');
      const auto member = memberAt_.find(bigEndian(index, 4 + 4 * i));
      if (end == std::string_view::npos || member == memberAt_.end())
        throw Error(fileName_ + ": error: entry " + std::to_string(i) +
                    " of the archive's symbol index leads nowhere");
      archive_.index.emplace_back(names.substr(0, end), member->second);
      names.remove_prefix(end + 1);
    }
  }

  void makeIndex() {
    for (std::size_t i = 0; i < archive_.members.size(); ++i)
      if (elf::isElf(archive_.members[i].bytes))
        for (std::string &name : definedSymbols(archive_.members[i], fileName_))
          archive_.index.emplace_back(std::move(name), i);
  }

  [[noreturn]] void fail(std::size_t offset, const std::string &what) const {
    throw Error(fileName_ + ": error: the archive member at offset " + std::to_string(offset) +
                " is damaged: " + what);
  }

  std::span<const std::uint8_t> bytes_;
  const std::string &fileName_;
  Archive archive_;
  std::map<std::size_t, std::size_t> memberAt_; ///< By file offset of the header.
  std::optional<std::span<const std::uint8_t>> indexBytes_;
  std::string_view longNames_;
};

void appendPadded(std::vector<std::uint8_t> &out, std::string text, std::size_t width) {
  text.resize(width, ' ');
  out.insert(out.end(), text.begin(), text.end());
}

void appendHeader(std::vector<std::uint8_t> &out, const std::string &name, std::size_t size) {
  appendPadded(out, name, 16);
  appendPadded(out, "0", 12);  // date
  appendPadded(out, "0", 6);   // user
  appendPadded(out, "0", 6);   // group
  appendPadded(out, "644", 8); // mode, octal
  appendPadded(out, std::to_string(size), 10);
  appendPadded(out, "`\n", 2);
}

void appendMember(std::vector<std::uint8_t> &out, const std::string &name,
                  std::span<const std::uint8_t> content) {
  appendHeader(out, name, content.size());
  out.insert(out.end(), content.begin(), content.end());
  if (content.size() & 1)
    out.push_back('\n');
}

std::size_t memberBytes(std::size_t size) { return kHeaderBytes + size + (size & 1); }

void appendBigEndian(std::vector<std::uint8_t> &out, std::size_t value) {
  for (unsigned shift : {24u, 16u, 8u, 0u})
    out.push_back(static_cast<std::uint8_t>(value >> shift));
}

} // namespace

bool isArchive(std::span<const std::uint8_t> bytes) {
  return textOf(bytes).starts_with(kMagic) || textOf(bytes).starts_with(kThinMagic);
}

Archive readArchive(std::span<const std::uint8_t> bytes, const std::string &fileName) {
  if (textOf(bytes).starts_with(kThinMagic))
    throw Error(fileName + ": error: this is a thin archive, which only names its members; make it "
                           "again without the thin option");
  if (!isArchive(bytes))
    throw Error(fileName + ": error: this is no archive");
  return Reader(bytes, fileName).read();
}

std::vector<std::uint8_t> writeArchive(std::span<const ArchiveMember> members) {
  std::vector<std::vector<std::string>> defined;
  std::vector<std::string> shortNames;
  std::string longNames;
  std::size_t symbolCount = 0, symbolText = 0;
  for (const ArchiveMember &member : members) {
    defined.push_back(definedSymbols(member, "archive"));
    symbolCount += defined.back().size();
    for (const std::string &name : defined.back())
      symbolText += name.size() + 1;
    const bool fits = member.name.size() <= 15 && !member.name.starts_with('/');
    shortNames.push_back(fits ? member.name + "/" : "/" + std::to_string(longNames.size()));
    if (!fits)
      longNames += member.name + "/\n";
  }
  const std::size_t indexSize = 4 + 4 * symbolCount + symbolText;
  std::size_t offset = kMagic.size() + memberBytes(indexSize);
  if (!longNames.empty())
    offset += memberBytes(longNames.size());

  std::vector<std::uint8_t> index;
  appendBigEndian(index, symbolCount);
  for (std::size_t i = 0; i < members.size(); ++i) {
    for (std::size_t j = 0; j < defined[i].size(); ++j)
      appendBigEndian(index, offset);
    offset += memberBytes(members[i].bytes.size());
  }
  for (const auto &names : defined)
    for (const std::string &name : names)
      index.insert(index.end(), name.c_str(), name.c_str() + name.size() + 1);

  std::vector<std::uint8_t> out(kMagic.begin(), kMagic.end());
  appendMember(out, "/", index);
  if (!longNames.empty())
    appendMember(out, "//",
                 {reinterpret_cast<const std::uint8_t *>(longNames.data()), longNames.size()});
  for (std::size_t i = 0; i < members.size(); ++i)
    appendMember(out, shortNames[i], members[i].bytes);
  return out;
}

} // namespace xs3::assembler
