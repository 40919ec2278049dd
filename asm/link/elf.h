// The parts of ELF32 that XS3 objects and programs use, and a reader that survives damaged files.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace xs3::assembler::elf {

// Numbers from the System V ABI (gABI 4.1) and, where marked, isa/abi.md section 1 and
// isa/objects.md sections 1 to 4.
inline constexpr std::uint16_t kMachineXcore = 203; // abi.md
inline constexpr std::uint16_t kRelocatable = 1, kExecutable = 2;
inline constexpr std::uint32_t kLoad = 1; ///< Program header type.
inline constexpr std::uint32_t kSegmentExecute = 1, kSegmentWrite = 2, kSegmentRead = 4;

enum SectionType : std::uint32_t {
  kNull = 0,
  kProgbits = 1,
  kSymbolTable = 2,
  kStringTable = 3,
  kRela = 4,
  kNote = 7,
  kNobits = 8,
  kRel = 9,
  kInitArray = 14,
  kFiniArray = 15,
  kPreinitArray = 16,
  kGroup = 17,
  kExpressions = 0x14, // objects.md section 4: `.expr`
  kPiece = 0x60000000  // objects.md section 2
};

enum SectionFlag : std::uint32_t {
  kWrite = 1,
  kAlloc = 2,
  kExecute = 4,
  kFromDp = 0x10000000, // abi.md
  kFromCp = 0x20000000  // abi.md
};

inline constexpr std::uint16_t kUndefined = 0, kReservedIndex = 0xff00, kAbsolute = 0xfff1,
                               kCommon = 0xfff2, kExtendedIndex = 0xffff;
enum Binding : std::uint8_t { kLocal = 0, kGlobal = 1, kWeak = 2 };
enum SymbolType : std::uint8_t { kNoType = 0, kObject = 1, kFunction = 2, kSection = 3, kFile = 4 };

inline constexpr std::uint32_t kHeaderBytes = 52, kSegmentBytes = 32, kSectionBytes = 40,
                               kSymbolBytes = 16, kRelaBytes = 12;

struct Section {
  std::string_view name;
  std::uint32_t type, flags, address, offset, size, link, info, alignment, entrySize;
};

struct Segment {
  std::uint32_t type, offset, address, fileSize, memorySize, flags;
};

struct Symbol {
  std::string_view name;
  std::uint32_t value, size;
  Binding binding;
  SymbolType type;
  std::uint16_t section;
};

struct Relocation {
  std::uint32_t offset, symbol;
  std::uint8_t type;
  std::int32_t addend;
};

/// Whether a section that is not loaded is kept beside the program.
bool isNoteName(std::string_view sectionName);

/// Whether the bytes begin like an ELF file.
bool isElf(std::span<const std::uint8_t> bytes);

/// A view of an ELF32 little-endian file for this machine. Refers to `bytes`, which must outlive
/// it. Every member throws Error "NAME: error: ..." when the file contradicts itself.
class File {
public:
  /// Reads headers. `wanted` is the file type (kRelocatable or kExecutable).
  File(std::span<const std::uint8_t> bytes, std::string name, std::uint16_t wanted);

  const std::string &name() const { return name_; }
  std::uint32_t entry() const { return entry_; }
  std::span<const Section> sections() const { return sections_; }
  std::span<const Segment> segments() const { return segments_; }

  /// The bytes of a section in the file; none for NOBITS.
  std::span<const std::uint8_t> content(const Section &section) const;
  std::span<const std::uint8_t> content(const Segment &segment) const;

  /// The symbol table's entries, the null entry included, so that indices are those of the file.
  /// Empty when the file has no table.
  std::vector<Symbol> symbols() const;

  std::vector<Relocation> relocations(const Section &section) const;

  [[noreturn]] void fail(const std::string &sentence) const;

private:
  void readSections(std::uint32_t offset, std::uint32_t count, std::uint32_t nameTable);
  void readSegments(std::uint32_t offset, std::uint32_t count);
  std::span<const std::uint8_t> slice(std::uint64_t offset, std::uint64_t size,
                                      const std::string &what) const;
  std::string_view string(std::span<const std::uint8_t> table, std::uint32_t offset,
                          const std::string &what) const;
  Symbol symbol(std::span<const std::uint8_t> table, std::span<const std::uint8_t> strings,
                std::uint32_t index) const;

  std::span<const std::uint8_t> bytes_;
  std::string name_;
  std::uint32_t entry_ = 0;
  std::vector<Section> sections_;
  std::vector<Segment> segments_;
};

} // namespace xs3::assembler::elf
