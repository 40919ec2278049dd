// The text of a listing, line by line.
#include "asm/dis/listing.h"

#include "asm/dis/code_map.h"
#include "asm/dis/region.h"
#include "asm/link/archive.h"
#include "asm/link/bytes.h"
#include "asm/link/elf.h"
#include "asm/link/object_file.h"
#include "asm/link/program_file.h"
#include "asm/link/relocate.h"
#include "asm/link/text.h"
#include "base/error.h"
#include "isa/print.h"

#include <algorithm>
#include <cctype>
#include <set>

namespace xs3::assembler {
namespace {

constexpr std::uint32_t kFewestZeros = 16; ///< From this many zero bytes on they are one .space.

/// A name as assembly takes it: in quotes where it has odd letters.
std::string quotedName(const std::string &name) {
  const auto isPlain = [](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) || c == '_' || c == '.' || c == '$';
  };
  if (!name.empty() && !std::isdigit(static_cast<unsigned char>(name[0])) &&
      std::all_of(name.begin(), name.end(), isPlain))
    return name;
  std::string text = "\"";
  for (const char c : printable(name))
    text += (c == '"' || c == '\\' ? "\\" : "") + std::string(1, c);
  return text + "\"";
}

/// Writes one region. `names` holds the labels that have been written: a second one of the same
/// name, which can only be a local one of another object, gets its address as a suffix.
class RegionWriter {
public:
  RegionWriter(const Region &region, std::set<std::string> &names, std::string &out)
      : region_(region), lines_(codeLines(region)), names_(names), out_(out) {
    nameLabels();
  }

  /// Everything, with the directives that make it a section.
  void write() {
    out_ += "\n" + region_.directive + "\n";
    if (region_.alignment > 1)
      out_ += ".align " + std::to_string(region_.alignment) + "\n";
    write(region_.base, region_.end());
    if (region_.zeros > 0) {
      writeLabels(region_.end());
      writeZeros(region_.end(), region_.zeros);
    }
    writeLabels(region_.end() + region_.zeros);
  }

  /// The bytes from `begin` to `end`.
  void write(Address begin, Address end) {
    for (Address address = begin; address < end;) {
      writeLabels(address);
      const auto line = lines_.find(address);
      address += line != lines_.end() ? writeCode(address, line->second) : writeData(address, end);
    }
  }

private:
  bool isBoundary(Address address) const {
    const auto next = lines_.upper_bound(address);
    return next == lines_.begin() || std::prev(next)->first == address ||
           std::prev(next)->first + std::prev(next)->second.size <= address;
  }

  void nameLabels() {
    for (const Label &label : region_.labels) {
      if (!isBoundary(label.address))
        continue;
      std::string name = label.name;
      if (!names_.insert(name).second) {
        name += "_" + hexDigits(label.address, 8);
        names_.insert(name);
      }
      labels_.emplace(label.address, std::pair(quotedName(name), &label));
    }
    for (const auto &[address, line] : lines_)
      for (const Address target : targetsOf(line, address))
        if (region_.holds(target) && isBoundary(target) && !labels_.contains(target) &&
            !relocationIn(address, line.size))
          labels_.emplace(target, std::pair(".L_" + hexDigits(target, 8), nullptr));
  }

  void writeLabels(Address address) {
    const auto [first, last] = labels_.equal_range(address);
    for (auto label = first; label != last; ++label) {
      const auto &[name, symbol] = label->second;
      if (symbol && symbol->binding != Label::Binding::Local)
        out_ += (symbol->binding == Label::Binding::Weak ? ".weak " : ".globl ") + name + "\n";
      if (symbol && symbol->kind == SymbolKind::Function)
        out_ += ".type " + name + ", @function\n";
      out_ += name + ":\n";
    }
  }

  void writeLine(Address address, std::uint64_t value, unsigned digits, const std::string &text,
                 const std::string &remark = "") {
    out_ += "/* " + hexDigits(address, 8) + "  " + hexDigits(value, digits) +
            std::string(8 - digits, ' ') + " */    " + text;
    if (!remark.empty())
      out_ += "  // " + remark;
    out_ += "\n";
  }

  std::uint32_t writeCode(Address address, const CodeLine &line) {
    if (!mode_ || *mode_ != line.dual) {
      mode_ = line.dual;
      out_ += std::string(".issue_mode ") + (line.dual ? "dual" : "single") + "\n";
    }
    const std::size_t offset = address - region_.base;
    const std::uint64_t value = line.size == 4 ? littleEndian<std::uint32_t>(region_.bytes, offset)
                                               : littleEndian<std::uint16_t>(region_.bytes, offset);
    writeLine(address, value, line.size * 2u, codeText(address, line), remark(address, line));
    return line.size;
  }

  const SymbolOperand *relocationIn(Address address, std::uint32_t size) const {
    const auto found = region_.relocations.lower_bound(address);
    return found != region_.relocations.end() && found->first < address + size ? &found->second
                                                                               : nullptr;
  }

  std::string codeText(Address address, const CodeLine &line) const {
    const SymbolOperand *symbol = relocationIn(address, line.size);
    const auto kind = symbol ? relocatedOperand(symbol->type) : std::nullopt;
    isa::PrintOptions options;
    options.dual = line.dual;
    options.target = [&](std::int64_t distance) {
      return kind == OperandKind::Branch ? symbol->text : targetText(address, line, distance);
    };
    if (!symbol && line.dual)
      return isa::print(line.packet, options);
    // The assembler takes the long form for what it cannot bind, so no suffix is needed.
    std::string text = line.packet.count == 1
                           ? isa::print(line.packet.half[0], options, symbol == nullptr)
                           : isa::print(line.packet, options);
    if (kind == OperandKind::FromDp || kind == OperandKind::FromCp)
      replaceBetween(text, '[', ']', symbol->text);
    else if (kind == OperandKind::Absolute)
      text = text.substr(0, text.rfind(' ') + 1) + symbol->text;
    return text;
  }

  static void replaceBetween(std::string &text, char open, char close, const std::string &inner) {
    const auto begin = text.rfind(open), end = text.rfind(close);
    if (begin != std::string::npos && end != std::string::npos && begin < end)
      text = text.substr(0, begin + 1) + inner + text.substr(end);
  }

  std::string targetText(Address address, const CodeLine &line, std::int64_t distance) const {
    if (const auto target = targetAt(line, address, distance))
      if (const auto label = labels_.find(*target); label != labels_.end())
        return label->second.first;
    return std::to_string(distance);
  }

  /// What the line reaches and does not name: a branch to a place without a label, a pool's word.
  std::string remark(Address address, const CodeLine &line) const {
    if (relocationIn(address, line.size))
      return "";
    std::string text;
    const auto add = [&](const std::string &part) { text += (text.empty() ? "" : ", ") + part; };
    for (const Address target : targetsOf(line, address))
      if (!labels_.contains(target))
        add("to " + hexDigits(target, 8) + nameElsewhere(target));
    for (const Address place : poolPlaces(line, region_.cp, region_.dp))
      if (const std::string name = nameElsewhere(place); !name.empty())
        add(name.substr(1));
    return text;
  }

  /// " name" of a place in another region; empty when it has none.
  std::string nameElsewhere(Address address) const {
    const auto found = region_.elsewhere.find(address);
    return found == region_.elsewhere.end() ? "" : " " + printable(found->second);
  }

  /// Zeros from here that no label, relocation or code interrupts.
  std::uint32_t zerosFrom(Address address, Address end) const {
    Address stop = address;
    while (stop < end && region_.bytes[stop - region_.base] == 0 &&
           (stop == address || isUnbroken(stop)))
      ++stop;
    return stop - address;
  }

  bool isUnbroken(Address address) const {
    return !labels_.contains(address) && !region_.relocations.contains(address) &&
           !lines_.contains(address);
  }

  std::uint32_t writeData(Address address, Address end) {
    if (!relocationIn(address, 1))
      if (const std::uint32_t zeros = zerosFrom(address, end); zeros >= kFewestZeros) {
        writeZeros(address, zeros);
        return zeros;
      }
    const SymbolOperand *symbol = relocationIn(address, 1);
    if (symbol && relocatedOperand(symbol->type) == OperandKind::Half)
      return writeNumber<std::uint16_t>(address, ".short", symbol);
    if (fits(address, end, 4) && (symbol || address % 4 == 0))
      return writeNumber<std::uint32_t>(address, ".word", symbol);
    return writeNumber<std::uint8_t>(address, ".byte", nullptr);
  }

  bool fits(Address address, Address end, std::uint32_t size) const {
    if (end - address < size)
      return false;
    for (std::uint32_t i = 1; i < size; ++i)
      if (!isUnbroken(address + i))
        return false;
    return true;
  }

  template <typename Number>
  std::uint32_t writeNumber(Address address, const std::string &directive,
                            const SymbolOperand *symbol) {
    const auto value = littleEndian<Number>(region_.bytes, address - region_.base);
    const unsigned digits = 2 * sizeof(Number);
    writeLine(address, value, digits,
              directive + " " + (symbol ? symbol->text : "0x" + hexDigits(value, digits)));
    return sizeof(Number);
  }

  /// Zeros with the labels inside of them; the first byte's are written by the caller.
  void writeZeros(Address address, std::uint32_t count) {
    const Address end = address + count;
    while (address < end) {
      const auto next = labels_.upper_bound(address);
      const Address stop = next == labels_.end() ? end : std::min(next->first, end);
      if (address != end - count)
        writeLabels(address);
      writeLine(address, 0, 8, ".space " + std::to_string(stop - address));
      address = stop;
    }
  }

  const Region &region_;
  std::map<Address, CodeLine> lines_;
  std::set<std::string> &names_;
  std::string &out_;
  std::multimap<Address, std::pair<std::string, const Label *>> labels_;
  std::optional<bool> mode_; ///< The issue mode that was last said: dual or not.
};

void writeRegions(const std::vector<Region> &regions, std::string &out) {
  std::set<std::string> names;
  for (const Region &region : regions)
    RegionWriter(region, names, out).write();
}

/// Writes the symbol's part of the region that holds it; false when none does.
bool writeSymbol(const std::vector<Region> &regions, const std::string &name, std::string &out) {
  for (const Region &region : regions) {
    const auto label =
        std::find_if(region.labels.begin(), region.labels.end(), [&](const Label &candidate) {
          return candidate.name == name && region.holds(candidate.address);
        });
    if (label == region.labels.end())
      continue;
    Address end = region.end();
    if (label->size > 0 && label->size <= end - label->address)
      end = label->address + label->size;
    else
      for (const Label &next : region.labels)
        if (next.address > label->address &&
            (next.kind == SymbolKind::Function || next.binding != Label::Binding::Local)) {
          end = std::min(end, next.address);
          break;
        }
    std::set<std::string> names;
    out += region.directive + "\n";
    RegionWriter(region, names, out).write(label->address, end);
    return true;
  }
  return false;
}

/// A file as named lists of regions: one list, or one for each member of an archive.
struct Unit {
  std::string title;
  std::vector<Region> regions;
};

std::vector<Unit> unitsOf(std::span<const std::uint8_t> file, const std::string &fileName,
                          const ListingOptions &options) {
  if (options.rawBase && file.size() >= (std::uint64_t{1} << 32) - *options.rawBase)
    throw Error(fileName + ": error: this image would not fit behind address " +
                hex(*options.rawBase) + "; give a lower --base");
  if (options.rawBase)
    return {{fileName + ", raw at " + hex(*options.rawBase), {rawRegion(file, *options.rawBase)}}};
  if (isArchive(file)) {
    std::vector<Unit> units;
    for (const ArchiveMember &member : readArchive(file, fileName).members) {
      const std::string name = fileName + "(" + member.name + ")";
      units.push_back({name, regionsOf(*readObject(member.bytes, name))});
    }
    return units;
  }
  constexpr std::size_t kTypeOffset = 16;
  if (elf::isElf(file) && file.size() > kTypeOffset + 1 &&
      littleEndian<std::uint16_t>(file, kTypeOffset) == elf::kRelocatable)
    return {{fileName, regionsOf(*readObject(file, fileName))}};
  const Program program = readProgram(file, fileName);
  return {{fileName + ", entry " + hex(program.entry) + " " + program.describe(program.entry),
           regionsOf(program)}};
}

} // namespace

std::string listing(std::span<const std::uint8_t> file, const std::string &fileName,
                    const ListingOptions &options) {
  std::string out;
  bool found = options.symbol.empty();
  for (const Unit &unit : unitsOf(file, fileName, options)) {
    const std::string title = "// " + printable(unit.title) + "\n";
    if (options.symbol.empty()) {
      out += title;
      writeRegions(unit.regions, out);
    } else if (std::string part; writeSymbol(unit.regions, options.symbol, part)) {
      out += title + part;
      found = true;
    }
  }
  if (!found)
    throw Error(fileName + ": error: there is no code or data of a symbol " + options.symbol +
                " in this file; xs3 dis without --symbol lists what there is");
  return out;
}

} // namespace xs3::assembler
